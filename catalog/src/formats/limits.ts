import { CatalogError } from '../entry/entry.ts';
import { isNestedDeeper, type Json } from '../json.ts';

/** Most entries of one catalog file; the official registry has about 80,000. */
export const MAX_CATALOG_ENTRIES = 200_000;
/** Deepest nesting of one entry. Real ones have about ten levels; JSON.stringify fails at some thousands. */
const MAX_NESTING = 200;

/** Throws {@link CatalogError} for too many entries. Called before they are read: bad entries cost as much as good ones. */
export function checkEntryCount(count: number): void {
  if (count <= MAX_CATALOG_ENTRIES) return;
  throw new CatalogError(`the catalog has ${count} entries; the limit is ${MAX_CATALOG_ENTRIES}. Split it or filter it at its origin`);
}

/** Returns what is wrong when an entry is nested so deeply that it could not be serialized again; undefined otherwise. */
export function checkNesting(entry: Json): string | undefined {
  return isNestedDeeper(entry, MAX_NESTING) ? `nested more than ${MAX_NESTING} levels deep; the server was left out` : undefined;
}
