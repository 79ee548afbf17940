/**
 * Characters that affect how a text is shown instead of being visible, and can disguise one thing as another: controls (C0, C1, DEL), formats (bidirectional
 * controls, zero-width characters, the byte order mark, tags), line and paragraph separators, and lone surrogates. By general category: Unicode Standard, 4.5;
 * rationale: Unicode Technical Report 36.
 */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The visible form of such a character: `\xNN` or `\u{NNNN}`. */
export function escapeUnseen(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16).toUpperCase();
  return code <= 0xff ? `\\x${digits.padStart(2, '0')}` : `\\u{${digits}}`;
}
