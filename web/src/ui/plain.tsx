import { UNSEEN, escapeUnseen } from '@toolhive-registry/catalog/unseen';
import type { JSX } from 'preact';

/** What joins letters and emoji, and what lays out lines. */
const KEPT = /[\n\t\u200c\u200d]/;

/** A text of the catalog as it may be shown: characters that would not be seen are written by their numbers. Line feeds and tabs are laid out. */
export function seen(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(UNSEEN, (character) => (KEPT.test(character) ? character : escapeUnseen(character)));
}

/** The beginning of a text: at most so many UTF-16 units, without half of a character at its end. */
export function beginning(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most);
}

/** A text of the catalog. Its own direction stays within it. */
export function Plain({ text, most }: { readonly text: string; /** Longest text, in characters. */ readonly most?: number }): JSX.Element {
  const shown = most !== undefined && text.length > most ? `${beginning(text, most)}…` : text;
  return <bdi>{seen(shown)}</bdi>;
}
