import { itemsOf } from '@toolhive-registry/catalog';
import {
  CatalogEntries,
  compareEntries,
  type CatalogComparison,
  type ComparisonLimits,
  type ComparisonRules,
} from '@toolhive-registry/catalog/compare';
import { openCatalog, type Findings, type OpenOptions } from '../catalog-file/open-catalog.ts';

/** One of the two catalogs that are compared. */
export interface DiffSide {
  /** What it is called: a file, a URL, a registry. */
  readonly label: string;
  readonly entries: CatalogEntries;
  /** What could not be read of it, and so is not compared. Absent where a registry was asked, which has said so itself. */
  readonly findings?: Findings;
}

/** Two catalogs and how they differ. */
export interface CatalogDiff {
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly comparison: CatalogComparison;
}

/** A side from the bytes of a catalog in any known form. Throws CatalogError for bytes that cannot be used at all. */
export function sideOfBytes(label: string, bytes: Uint8Array, options: OpenOptions & ComparisonRules): DiffSide {
  const { snapshot, findings } = openCatalog(bytes, options);
  const entries = new CatalogEntries(options);
  for (const item of itemsOf(snapshot)) entries.add(item);
  return { label, entries, findings };
}

/** Compares two sides, which were collected by the same rules. */
export function diffOf(before: DiffSide, after: DiffSide, limits: ComparisonLimits = {}): CatalogDiff {
  return { before, after, comparison: compareEntries(before.entries, after.entries, limits) };
}
