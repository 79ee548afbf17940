import { compareVersions, type VersionFacts } from '../entry/latest.ts';
import { rowKey } from '../entry/kind.ts';
import { statusOf } from '../entry/status.ts';
import { asText, own } from '../json.ts';
import { parseTime } from '../time.ts';
import { factsOf, keyOf, officialOf, type CatalogItem, type FactRules, type ItemKey } from './facts.ts';

/** How the entries of two catalogs are compared. */
export interface ComparisonRules extends FactRules {
  /** `version`: each version of an entry separately. `server`: one entry for each name, by its latest version, without deleted ones. Absent: `version`. */
  readonly by?: 'version' | 'server';
}

/** An entry as text: parsed it would take ten times the memory. */
export interface EntryText extends ItemKey {
  readonly text: string;
}

/** What decides between the versions of an entry. */
interface Standing extends VersionFacts {
  /** Its registry marks it as the latest. */
  readonly isLatest: boolean;
}

/**
 * The entries of one catalog, to be compared with those of another. They may be added one by one as they arrive, in any order; each takes about 1.5 KB of
 * memory.
 */
export class CatalogEntries {
  readonly rules: ComparisonRules;
  readonly #entries = new Map<string, EntryText>();
  /** For entries that are kept by their latest version. */
  readonly #standings = new Map<string, Standing>();
  readonly #seen = new Set<string>();
  #repeated = 0;

  constructor(rules: ComparisonRules = {}) {
    this.rules = rules;
  }

  /** Adds an item. Of two with the same kind, name and version the first one counts. Throws CatalogError for one without name or version. */
  add(item: CatalogItem): void {
    const key = keyOf(item);
    const version = JSON.stringify([key.kind, key.name, key.version]);
    if (this.#seen.has(version)) {
      this.#repeated += 1;
      return;
    }
    this.#seen.add(version);
    const id = this.rules.by === 'server' ? this.#latest(item, key) : version;
    if (id !== undefined) this.#entries.set(id, { ...key, text: JSON.stringify(factsOf(item, this.rules)) });
  }

  /** Number of items that were ignored because an earlier one has the same kind, name and version. */
  get repeated(): number {
    return this.#repeated;
  }

  /** Number of entries. */
  get size(): number {
    return this.#entries.size;
  }

  /** The entry under a key that {@link sorted} returned. */
  get(key: string): EntryText | undefined {
    return this.#entries.get(key);
  }

  /** The entries by their keys, sorted by kind, name and version: servers first. */
  sorted(): (readonly [key: string, entry: EntryText])[] {
    return [...this.#entries].sort(([, a], [, b]) => order(rowKey(a.kind, a.name), rowKey(b.kind, b.name)) || order(a.version, b.version));
  }

  /** The key of an entry if this is the latest version added so far; undefined: another one is, or it is deleted. */
  #latest(item: CatalogItem, key: ItemKey): string | undefined {
    const standing = standingOf(item, key);
    if (standing.deleted) return undefined;
    const id = rowKey(key.kind, key.name);
    const before = this.#standings.get(id);
    if (before !== undefined && compareStandings(standing, before) <= 0) return undefined;
    this.#standings.set(id, standing);
    return id;
  }
}

function standingOf({ server, _meta = {} }: CatalogItem, { kind, version }: ItemKey): Standing {
  const official = kind === 'server' ? officialOf(_meta) : {};
  const publishedAt = parseTime(asText(own(official, 'publishedAt')) ?? '') ?? 0;
  const deleted = kind === 'server' && statusOf(server, official) === 'deleted';
  return { version, publishedAt, deleted, isLatest: own(official, 'isLatest') === true };
}

/** Negative if the first is older. The registry's mark counts before what can be computed. */
function compareStandings(a: Standing, b: Standing): number {
  return Number(a.isLatest) - Number(b.isLatest) || compareVersions(a, b);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
