import type { JSX } from 'preact';

/**
 * What changes the direction of a text or is not seen, though it may make one thing look like another (Unicode Technical Report 36). Line feeds are laid
 * out; what joins letters and emoji stays.
 */
const UNSEEN = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text of the catalog as it may be shown: characters that would not be seen stand there by their numbers. */
export function seen(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}

/** A text of the catalog. Its own direction stays within it. */
export function Plain({ text, most }: { readonly text: string; /** Longest text, in characters. */ readonly most?: number }): JSX.Element {
  const shown = most !== undefined && text.length > most ? `${text.slice(0, most)}…` : text;
  return <bdi>{seen(shown)}</bdi>;
}
