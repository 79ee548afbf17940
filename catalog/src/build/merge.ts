import type { CatalogEntry } from '../entry/entry.ts';
import { FindingList, type Findings } from '../entry/findings.ts';

/** The entries of one source, ready to be merged. */
export interface SourceEntries {
  readonly name: string;
  readonly entries: readonly CatalogEntry[];
  readonly findings: Findings;
}

/** An entry and the source it is served from. */
export interface MergedEntry {
  readonly source: string;
  readonly entry: CatalogEntry;
}

/** The entries that are served, and the findings of each source with what merging left out of it. */
export interface Merged {
  readonly entries: readonly MergedEntry[];
  /** By the source's name. */
  readonly findings: ReadonlyMap<string, Findings>;
}

/**
 * Merges sources by precedence: the first source that has a name serves it, with all its versions; the same name in a later
 * source is shadowed and reported. Within a source the first of two equal versions stays.
 */
export function mergeSources(sources: readonly SourceEntries[]): Merged {
  const owner = new Map<string, string>();
  const entries: MergedEntry[] = [];
  const findings = new Map<string, Findings>();
  for (const { name: source, entries: candidates, findings: before } of sources) {
    const found = new FindingList(before);
    const seen = new Set<string>();
    for (const entry of candidates) {
      const holder = owner.get(entry.name) ?? source;
      const id = `${entry.name}\n${entry.version}`;
      if (holder !== source) {
        found.add({
          entry: entry.name,
          pointer: '',
          rule: 'shadowed',
          message: `source "${holder}" stands earlier and has this name`,
          served: false,
        });
      } else if (seen.has(id)) {
        found.add({
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
    findings.set(source, found);
  }
  return { entries, findings };
}
