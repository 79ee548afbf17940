import { UNSEEN, escapeUnseen } from '@toolhive-registry/catalog/unseen';
import type { JSX } from 'preact';

/** Characters that join letters and emoji, and line layout. */
const KEPT = /[\n\t\u200c\u200d]/;

/** A text of the catalog that is safe to display: invisible characters are escaped. Line feeds and tabs stay. */
export function seen(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(UNSEEN, (character) => (KEPT.test(character) ? character : escapeUnseen(character)));
}

/** The beginning of a text: at most that many UTF-16 units, without half of a character at its end. */
export function beginning(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most);
}

/** A text of the catalog, with its own isolated text direction. */
export function Plain({ text, most }: { readonly text: string; /** Longest text, in characters. */ readonly most?: number }): JSX.Element {
  const shown = most !== undefined && text.length > most ? `${beginning(text, most)}…` : text;
  return <bdi>{seen(shown)}</bdi>;
}
