/** What is not seen, or changes how the rest is seen: control and format characters, separators of lines, halves of pairs. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether a text has characters that are not seen. In a command somebody pastes they can pass for something else. */
export function hasHidden(text: string): boolean {
  return HIDDEN.test(text);
}

/** A text for people: on one line, no longer than `most` characters, without what is not seen. */
export function plainText(text: string, most: number): string {
  const line = text.replaceAll(new RegExp(HIDDEN, 'gu'), ' ').replaceAll(/\s+/g, ' ').trim();
  const all = Array.from(line);
  return all.length <= most ? line : `${all.slice(0, most - 1).join('')}…`;
}
