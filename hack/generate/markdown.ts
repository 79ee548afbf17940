/** A Markdown table, laid out as the formatter does it. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** A part of a document that is generated: the word at its ends, and what it is generated from. */
export interface GeneratedPart {
  readonly word: string;
  readonly from: string;
}

/** The document with the part as it has to be. Throws when it has no place for it. */
export function withPart(document: string, path: string, { word, from }: GeneratedPart, content: string): string {
  const [first, last] = [`<!-- ${word}: generated from ${from} by \`npm run generate\` -->`, `<!-- /${word} -->`];
  const begin = document.indexOf(first);
  const end = document.indexOf(last);
  if (begin < 0 || end < begin) throw new Error(`${path}: put the line ${first} and, behind it, ${last} where the ${word} belong`);
  return `${document.slice(0, begin)}${first}\n\n${content}\n\n${document.slice(end)}`;
}
