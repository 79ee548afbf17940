import { UNSEEN } from '../unseen.ts';

/** What is written by its number: line feeds and tabs are those that YAML lays out itself. A backslash is among it where it could pass for a mark. */
const MARKED = new RegExp(`(?![\\n\\t])${UNSEEN.source}|\\\\(?=0x)`, 'gu');

/** A mark as the writer of YAML escapes it: NUL is written `\0`, and a text that has one stands in double quotes. */
const WRITTEN_MARK = /\\0x([0-9a-f]+);/g;

/** A text with marks in place of what {@link withEscapes} writes by its number: the writer of YAML leaves most of these characters as they are. */
export function withMarks(text: string): string {
  return text.replaceAll(MARKED, (character) => `\u0000x${(character.codePointAt(0) ?? 0).toString(16)};`);
}

/** YAML that was written of texts with marks, with the escapes of YAML in their places: it means the same as that of the texts themselves. */
export function withEscapes(yaml: string): string {
  return yaml.replaceAll(WRITTEN_MARK, (_, hex: string) => (hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`));
}
