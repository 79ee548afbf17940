import type { CatalogEntry, Finding } from './entry.ts';

/** The entries of one source, ready to be merged. */
export interface SourceEntries {
  readonly source: string;
  readonly entries: readonly CatalogEntry[];
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
export function mergeSources(sources: readonly SourceEntries[]): { entries: MergedEntry[]; findings: Map<string, Finding[]> } {
  const owner = new Map<string, string>();
  const entries: MergedEntry[] = [];
  const findings = new Map<string, Finding[]>();
  for (const { source, entries: candidates } of sources) {
    const own: Finding[] = [];
    const seen = new Set<string>();
    for (const entry of candidates) {
      const holder = owner.get(entry.name) ?? source;
      const id = `${entry.name}\n${entry.version}`;
      if (holder !== source) {
        own.push({
          entry: entry.name,
          pointer: '',
          rule: 'shadowed',
          message: `source "${holder}" stands earlier and has this name`,
          served: false,
        });
      } else if (seen.has(id)) {
        own.push({
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
    findings.set(source, own);
  }
  return { entries, findings };
}
