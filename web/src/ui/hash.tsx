import type { JSX } from 'preact';

/** Displayed length of a hash or commit: unique in practice, and accepted by Git tools. */
const SHOWN = 12;

/** A hash or commit. */
export function Hash({ of }: { readonly of: string }): JSX.Element {
  return <code title={of}>{of.slice(0, SHOWN)}</code>;
}
