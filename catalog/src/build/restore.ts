import { OFFICIAL_META, type CatalogEntry } from '../entry/entry.ts';
import type { Filter } from '../entry/filter.ts';
import { isServerKey, keyPrefix, kindOfKey } from '../entry/kind.ts';
import { parseExact } from '../exact-json.ts';
import { isObject, own, type JsonObject } from '../json.ts';
import { encodeSnapshot } from '../snapshot/encode.ts';
import { piecesOf, textRun, type RowRun, type SnapshotRow } from '../snapshot/runs.ts';
import type { Predecessor } from '../snapshot/predecessor.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { entryOfItem } from '../views/toolhive.ts';
import { findingsOf } from './merge.ts';

/** The input for restoring an earlier snapshot. */
export interface RestoreInput {
  readonly stored: Snapshot;
  /** The current filters for each source; they may exclude more than those at the time. */
  readonly filtersOf: (source: string | undefined) => readonly Filter[];
  /** What is served now: anything that differs from it has changed now. */
  readonly previous?: Predecessor | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * An earlier catalog under the current filters. Entries that differ from what is served count as changed now, so that clients that follow `updated_since` go
 * back as well; the rest is as it was. Tombstones are left out: the caller creates new ones for what is gone.
 */
export function restoreSnapshot({ stored, filtersOf, previous, now }: RestoreInput): Uint8Array<ArrayBuffer> {
  const sources = stored.header.sources.map((facts) => ({ ...facts }));
  const filters = new Map<string | undefined, readonly Filter[]>();
  const names = sources.map(() => new Set<string>());
  const runs: RowRun[] = [];
  for (let position = 0; position < stored.rowCount; position += 1) {
    const index = stored.sourceAt(position);
    const source = sources[index];
    // A tombstone of ours has no source.
    if (source === undefined) continue;
    const row = stored.rowAt(position);
    const of = filters.get(source.name) ?? filtersOf(source.name);
    filters.set(source.name, of);
    if (of.length > 0) {
      const entry = entryOf(row);
      if (of.some((filter) => filter(entry) !== undefined)) {
        source.filtered += 1;
        continue;
      }
    }
    if (!row.deleted && isServerKey(row.name)) names[index]?.add(row.name);
    runs.push({ ...stored.rows(position, position + 1), ...changesOf(row, previous, now), sources: Uint8Array.of(index) });
  }
  for (const [index, source] of sources.entries()) source.serverCount = names[index]?.size ?? 0;
  const serverCount = sources.reduce((sum, source) => sum + source.serverCount, 0);
  const { registry } = stored.header;
  const findings = sources.map(({ name }) => findingsOf(stored, name));
  return encodeSnapshot({ registry, createdAt: new Date(now).toISOString(), serverCount, sources }, runs, findings);
}

/** The entry for filters. */
function entryOf({ name: key, version, item }: SnapshotRow): CatalogEntry {
  const kind = kindOfKey(key);
  if (kind !== 'server')
    return { kind, name: key.slice(keyPrefix(kind).length), version, server: parseExact(item) as JsonObject, meta: {} };
  return entryOfItem(key, version, item);
}

/** What differs from the stored row: the time, if the row differs from what is served. */
function changesOf(row: SnapshotRow, previous: Predecessor | undefined, now: number): Partial<RowRun> {
  const served = previous?.rowFacts(row.name, row.version);
  const updatedAt = served?.contentHash === row.contentHash ? served.updatedAt : now;
  if (updatedAt === row.updatedAt || previous === undefined) return {};
  const time = { updatedAt: Float64Array.of(updatedAt) };
  if (!isServerKey(row.name)) return time;
  const item = parseExact(row.item) as unknown as { readonly server: JsonObject; readonly _meta: JsonObject };
  const official = own(item._meta, OFFICIAL_META);
  const changed = { ...(isObject(official) ? official : {}), updatedAt: new Date(updatedAt).toISOString() };
  const text = JSON.stringify({ ...item, _meta: { ...item._meta, [OFFICIAL_META]: changed } });
  return { ...time, items: piecesOf(textRun(`${text},`)) };
}
