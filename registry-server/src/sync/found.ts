import type { SourceStatus } from '@toolhive-registry/api';
import type { FindingCounts, Snapshot, SourceFinding } from '@toolhive-registry/catalog';

/** What was found in the data of one source that are served. */
export interface Found {
  /** The first findings, as many as the status spells out. All are in the snapshot. */
  readonly first: readonly SourceFinding[];
  readonly counts: FindingCounts;
  /** Entries that filters left out. */
  readonly filtered: number;
}

/** Maximum number of findings that are kept in memory. */
const MAX_SPELLED_OUT = 20;

/** The findings of a source of which nothing is served. */
export const NO_FINDINGS: Found = { first: [], counts: { leftOut: 0, shadowed: 0, repaired: 0, noted: 0 }, filtered: 0 };

/** What a snapshot knows of the entries of one of its sources. */
export function findingsIn(snapshot: Snapshot, source: string): Found {
  const facts = snapshot.header.sources.find(({ name }) => name === source);
  if (facts === undefined) return NO_FINDINGS;
  const { findings } = snapshot.findings({ source, limit: MAX_SPELLED_OUT });
  // A snapshot that an earlier version stored does not count what is noted.
  return { first: findings, counts: { ...NO_FINDINGS.counts, ...facts.found }, filtered: facts.filtered };
}

/** The counts of entries of a source for status, report, metrics and log. */
export function countsOf(
  source: { readonly name: string; readonly found: Found },
  snapshot: Snapshot | undefined,
): NonNullable<SourceStatus['counts']> {
  const facts = snapshot?.header.sources.find(({ name }) => name === source.name);
  return { served: facts?.serverCount ?? 0, ...source.found.counts, filtered: source.found.filtered };
}
