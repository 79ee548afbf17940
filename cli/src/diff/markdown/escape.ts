/** Makes a text from a catalog safe to display on one line. */
export type Printable = (text: string) => string;

/** Longest text that is shown as code, once it has been made printable, which may make many characters of one. No name or version that is served is longer. */
const MAX_CODE = 260;

/**
 * A text as code in Markdown, in a list and in a table. Within code nothing is Markdown or HTML, and GitHub makes no links, mentions or references of
 * it (GitHub Flavored Markdown, 6.3). A bar would end the cell of a table even there (4.10), so it is written out.
 */
export function code(text: string, printable: Printable): string {
  const shown = oneLine(printable(text)).replaceAll('|', String.raw`\u{7c}`);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  // A backtick at an end would become one of the fence, and of a text between two spaces both would go.
  const pad = /^`|`$|^ .* $/.test(shown) ? ' ' : '';
  return shown.trim() === '' ? `${fence}(empty)${fence}` : `${fence}${pad}${shown}${pad}${fence}`;
}

/** A text as code where HTML is in Markdown, such as in a summary. */
export function htmlCode(text: string, printable: Printable): string {
  const shown = oneLine(printable(text)).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<code>${shown}</code>`;
}

/** A line break would end the code, the cell or the HTML. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ');
  return line.length > MAX_CODE ? `${line.slice(0, MAX_CODE).toWellFormed()}…` : line;
}
