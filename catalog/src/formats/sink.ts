import type { CatalogEntry } from '../entry/entry.ts';
import type { FindingList } from '../entry/findings.ts';

/** The items of a list, not parsed. */
export interface ItemBytes {
  readonly count: number;
  at(index: number): Uint8Array;
}

/** Where the entries of a catalog go, one after the other. */
export interface EntrySink {
  entry(entry: CatalogEntry): void;
  /**
   * Is shown the items of a list that is cut into them, before any is parsed. What it returns is asked when an item's turn has come; true: what
   * it gives is known, and it is not parsed. Otherwise all that comes of it follows before the next one.
   */
  recognize?(items: ItemBytes): (index: number) => boolean;
  readonly findings: FindingList;
}
