import { UNSEEN, escapeUnseen } from '@toolhive-registry/catalog/unseen';

/** What becomes of the ends of lines: `escape` makes one line of a text, `keep` leaves line feeds and tabs as they are. */
export type LineEnds = 'escape' | 'keep';

/**
 * A text from outside as it may be shown in a terminal or a log: no sequence of it moves the cursor, sets a color or turns the reading direction
 * around. What is not shown is written `\xNN` or `\u{NNNN}`.
 */
export function printable(text: string, lineEnds: LineEnds = 'escape'): string {
  return text.replace(UNSEEN, (character) => (lineEnds === 'keep' && /[\n\t]/.test(character) ? character : escapeUnseen(character)));
}

/** JSON of a value in which the same characters are escaped as JSON does it: it means the same, and may be shown. */
export function printableJson(value: unknown, indent?: number): string {
  return escapedJson(JSON.stringify(value, undefined, indent));
}

/** JSON with the same characters escaped. */
export function escapedJson(json: string): string {
  // Line feeds and tabs are those of the indentation: in a text JSON has none.
  return json.replace(UNSEEN, (character) =>
    /[\n\t\r]/.test(character) ? character : Array.from({ length: character.length }, (_, at) => unit(character.charCodeAt(at))).join(''),
  );
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
