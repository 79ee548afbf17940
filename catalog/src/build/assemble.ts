import type { Findings } from '../entry/findings.ts';
import { encodeSnapshot, type SnapshotRow } from '../snapshot/encode.ts';
import type { Predecessor } from '../snapshot/predecessor.ts';
import { itemJson } from './item.ts';
import { mergeSources } from './merge.ts';
import type { SourceDraft } from './read-source.ts';
import { rowsOf, type Row } from './rows.ts';
import { searchText } from './search-text.ts';

/** What a snapshot is made of. */
export interface AssembleInput {
  readonly registry: { readonly name: string; readonly namespace: string };
  /** In order of precedence. Names are unique. */
  readonly drafts: readonly SourceDraft[];
  /** What was served before: entries keep their first-seen and last-changed times. */
  readonly previous?: Predecessor | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The finished snapshot. */
export interface AssembledSnapshot {
  /** Owns its memory, so it may be transferred to another thread. */
  readonly block: Uint8Array<ArrayBuffer>;
  /** The findings of each draft, by its name, with what merging left out of it. */
  readonly findings: ReadonlyMap<string, Findings>;
}

/** Merges drafts by precedence, decides the rows and encodes them. */
export function assembleSnapshot({ registry, drafts, previous, now }: AssembleInput): AssembledSnapshot {
  const { entries, findings } = mergeSources(drafts);
  const rows = rowsOf(entries, previous, now);
  const counts = serverCounts(rows);
  const sources = drafts.map(({ name, hash, info }) => ({ name, hash, info, serverCount: counts.get(name) ?? 0 }));
  const serverCount = sources.reduce((sum, source) => sum + source.serverCount, 0);
  const block = encodeSnapshot({ registry, createdAt: new Date(now).toISOString(), serverCount, sources }, encodable(rows));
  return { block, findings };
}

/** Names with at least one version that is not deleted, by source. */
function serverCounts(rows: readonly Row[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { source, latest, deleted } of rows) if (latest && !deleted) counts.set(source, (counts.get(source) ?? 0) + 1);
  return counts;
}

/** One at a time, so that the JSON of all items never exists as texts at once. */
function* encodable(rows: readonly Row[]): Generator<SnapshotRow> {
  for (const row of rows) {
    const { entry, publishedAt, updatedAt, contentHash, latest, deleted } = row;
    const { name, version } = entry;
    yield { name, version, item: itemJson(row), searchText: searchText(entry), publishedAt, updatedAt, contentHash, latest, deleted };
  }
}
