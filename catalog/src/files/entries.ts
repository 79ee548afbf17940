import { OFFICIAL_META, type CatalogEntry } from '../entry/entry.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { entryOfItem } from '../views/toolhive.ts';

/** The server of a row as in its source: without values that were computed because the source had none. */
export function entryAt(snapshot: Snapshot, row: number): CatalogEntry {
  const { name, version } = snapshot.keyAt(row);
  const entry = entryOfItem(name, version, snapshot.itemAt(row).toString());
  if (snapshot.keyAt(row).hasOfficial) return entry;
  const { [OFFICIAL_META]: _official, ...meta } = entry.meta;
  return { ...entry, meta };
}

/** Rows of the other versions of a server that are not deleted. */
export function otherRows(snapshot: Snapshot, latest: number): number[] {
  const [start, end] = snapshot.positionsOf(snapshot.keyAt(latest).name);
  const rows = Array.from({ length: end - start }, (_, index) => start + index);
  return rows.filter((row) => row !== latest && !snapshot.keyAt(row).deleted);
}
