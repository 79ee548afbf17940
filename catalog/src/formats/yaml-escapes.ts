import { UNSEEN } from '../unseen.ts';

/** Characters that are written by number: line feeds and tabs are left to the YAML library. A backslash is included where it could be mistaken for a mark. */
const MARKED = new RegExp(`(?![\\n\\t])${UNSEEN.source}|\\\\(?=0x)`, 'gu');

/** A mark as the YAML library escapes it: NUL is written `\0`, and a text that has one is in double quotes. */
const WRITTEN_MARK = /\\0x([0-9a-f]+);/g;

/** A text with marks in place of what {@link withEscapes} writes by number: the YAML library leaves most of these characters as they are. */
export function withMarks(text: string): string {
  return text.replaceAll(MARKED, (character) => `\u0000x${(character.codePointAt(0) ?? 0).toString(16)};`);
}

/** YAML that was written from marked texts, with escapes in place of the marks: it means the same as the original texts. */
export function withEscapes(yaml: string): string {
  return yaml.replaceAll(WRITTEN_MARK, (_, hex: string) => (hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`));
}
