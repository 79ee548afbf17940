/**
 * Characters that change how a text is shown instead of being shown, and can make one thing look like another: controls (C0, C1, DEL), formats
 * (bidirectional controls, zero-width characters, the byte order mark, tags), separators of lines and paragraphs, and halves of characters. By general
 * category: Unicode Standard, 4.5; why: Unicode Technical Report 36.
 */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Such a character as it is written for people: `\xNN` or `\u{NNNN}`. */
export function escapeUnseen(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16).toUpperCase();
  return code <= 0xff ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
}
