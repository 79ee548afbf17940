import { counted } from '../output/counted.ts';
import type { CatalogDiff, DiffSide } from './side.ts';

/** What is not compared of two catalogs, as sentences without their labels' names escaped: pieces of words, and labels. */
export interface Gap {
  /** The catalog that it is about. */
  readonly label: string;
  readonly what: string;
}

/** What was left out of the comparison: what could not be read, and items that were there twice. */
export function gapsOf({ before, after, comparison: { repeated } }: CatalogDiff): Gap[] {
  return [...gapsOfSide(before, repeated.before), ...gapsOfSide(after, repeated.after)];
}

function gapsOfSide({ label, findings }: DiffSide, repeated: number): Gap[] {
  const leftOut = findings?.counts.leftOut ?? 0;
  return [
    ...(leftOut === 0 ? [] : [{ label, what: `${counted(leftOut, 'entry', 'entries')} that cannot be served` }]),
    ...(repeated === 0 ? [] : [{ label, what: counted(repeated, 'entry that occurs twice', 'entries that occur twice') }]),
  ];
}
