import type { JSX } from 'preact';

/** Characters of a hash or commit that are shown: enough to tell them apart, and what Git tools take. */
const SHOWN = 12;

/** A hash or commit. */
export function Hash({ of }: { readonly of: string }): JSX.Element {
  return <code title={of}>{of.slice(0, SHOWN)}</code>;
}
