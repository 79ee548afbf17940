import type { CatalogEntry } from '../entry/entry.ts';
import type { FindingList } from '../entry/findings.ts';

/** The entries of one source, ready to be merged. */
export interface SourceEntries {
  readonly source: string;
  readonly entries: readonly CatalogEntry[];
  /** What is left out is added here. */
  readonly findings: FindingList;
}

/** An entry and the source it is served from. */
export interface MergedEntry {
  readonly source: string;
  readonly entry: CatalogEntry;
}

/**
 * Merges sources by precedence: the first source that has a name serves it, with all its versions; the same name in a later
 * source is shadowed and reported. Within a source the first of two equal versions stays.
 */
export function mergeSources(sources: readonly SourceEntries[]): MergedEntry[] {
  const owner = new Map<string, string>();
  const entries: MergedEntry[] = [];
  for (const { source, entries: candidates, findings } of sources) {
    const seen = new Set<string>();
    for (const entry of candidates) {
      const holder = owner.get(entry.name) ?? source;
      const id = `${entry.name}\n${entry.version}`;
      if (holder !== source) {
        findings.add({
          entry: entry.name,
          pointer: '',
          rule: 'shadowed',
          message: `source "${holder}" stands earlier and has this name`,
          served: false,
        });
      } else if (seen.has(id)) {
        findings.add({
          entry: entry.name,
          pointer: '/version',
          rule: 'duplicate',
          message: `version ${entry.version} occurs twice; the first one is served`,
          served: false,
        });
      } else {
        owner.set(entry.name, source);
        seen.add(id);
        entries.push({ source, entry });
      }
    }
  }
  return entries;
}
