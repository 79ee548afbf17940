import { parseExact } from '../exact-json.ts';
import { CatalogEntries, type ComparisonRules, type EntryText } from './catalog-entries.ts';
import type { Differences } from './difference.ts';
import { differences } from './differences.ts';
import { factsOf, type CatalogItem, type FactRules, type ItemKey } from './facts.ts';

/** An entry that only one of two catalogs has. */
export interface ListedEntry extends ItemKey {
  /** For an added one: everything in it, as differences from nothing. Absent beyond {@link ComparisonLimits.details} and for a removed one. */
  readonly differences?: Differences;
}

/** An entry that differs between the two catalogs. */
export interface ChangedEntry extends Omit<ItemKey, 'version'> {
  readonly versionBefore: string;
  readonly versionAfter: string;
  /** Between the facts of both: pointers begin with `/server` or `/_meta`. Absent beyond {@link ComparisonLimits.details}. */
  readonly differences?: Differences;
}

/** How two catalogs differ. Lists are sorted by kind, name and version: servers first, then skills and plugins. */
export interface CatalogComparison {
  readonly by: 'version' | 'server';
  readonly added: readonly ListedEntry[];
  readonly removed: readonly ListedEntry[];
  readonly changed: readonly ChangedEntry[];
  /** Number of entries that are equal in both. */
  readonly unchanged: number;
  /** Items that were ignored because an earlier one has the same kind, name and version. */
  readonly repeated: { readonly before: number; readonly after: number };
}

/** How much of a comparison is kept in memory. */
export interface ComparisonLimits {
  /** Entries of each list whose differences are kept; the others are only named. */
  readonly details?: number;
}

/** Default number of entries of each list whose differences are kept: for real ones some 100 MB. */
const MAX_DETAILS = 10_000;

/** How two versions of an entry differ, or two entries. */
export function itemDifferences(before: CatalogItem, after: CatalogItem, rules: FactRules = {}): Differences {
  return differences(factsOf(before, rules), factsOf(after, rules));
}

/** Compares two catalogs by their items, in any order. Throws CatalogError for an item without name or version. */
export function compareCatalogs(
  before: Iterable<CatalogItem>,
  after: Iterable<CatalogItem>,
  rules: ComparisonRules & ComparisonLimits = {},
): CatalogComparison {
  const [from, to] = [new CatalogEntries(rules), new CatalogEntries(rules)];
  for (const item of before) from.add(item);
  for (const item of after) to.add(item);
  return compareEntries(from, to, rules);
}

/** Compares two catalogs whose entries were added one by one. Throws RangeError if they were added by different rules. */
export function compareEntries(
  before: CatalogEntries,
  after: CatalogEntries,
  { details = MAX_DETAILS }: ComparisonLimits = {},
): CatalogComparison {
  const by = after.rules.by ?? 'version';
  if ((before.rules.by ?? 'version') !== by) throw new RangeError('both catalogs must be collected by "server" or both by "version"');
  const added: ListedEntry[] = [];
  const changed: ChangedEntry[] = [];
  let unchanged = 0;
  for (const [id, entry] of after.sorted()) {
    const { kind, name, version, text } = entry;
    const was = before.get(id);
    if (was === undefined) {
      added.push({ kind, name, version, ...(added.length < details ? { differences: differences({}, parseExact(text)) } : {}) });
      continue;
    }
    const found = textDifferences(was, entry);
    if (found === undefined) unchanged += 1;
    else
      changed.push({
        kind,
        name,
        versionBefore: was.version,
        versionAfter: version,
        ...(changed.length < details ? { differences: found } : {}),
      });
  }
  const removed = before
    .sorted()
    .flatMap(([id, { kind, name, version }]) => (after.get(id) === undefined ? [{ kind, name, version }] : []));
  const repeated = { before: before.repeated, after: after.repeated };
  return { by, added, removed, changed, unchanged, repeated };
}

/** Undefined for equal entries. Almost all are equal, with the same text; some only differ in the order of keys. */
function textDifferences(before: EntryText, after: EntryText): Differences | undefined {
  if (before.text === after.text) return undefined;
  const found = differences(parseExact(before.text), parseExact(after.text));
  return found.listed.length === 0 ? undefined : found;
}
