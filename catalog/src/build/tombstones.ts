import { OFFICIAL_META } from '../entry/entry.ts';
import { isObject, own, type Json, type JsonObject } from '../json.ts';
import { encodeSnapshot, rowRun, type RowRun, type SnapshotRow } from '../snapshot/encode.ts';
import { NO_SOURCE } from '../snapshot/layout.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { findingsOf } from './merge.ts';

/** How long an entry that no source has any more is told of, in milliseconds: a client that asks by `updated_since` less often reads anew. */
const KEPT_MS = 90 * 24 * 3_600_000;
/** No entry has this hash: one that comes back counts as changed. */
const NO_CONTENT = '0'.repeat(32);

/**
 * The catalog with tombstones of what the one before it had and no source has any more, so that `include_deleted` and `updated_since` tell
 * clients of it. `gone` are the rows of the catalog before, in order; those that were tombstones already stay until their time is over.
 */
export function withTombstones(merged: Snapshot, gone: readonly SnapshotRow[], now: number): Uint8Array<ArrayBuffer> {
  const kept = gone.filter(({ deleted, updatedAt }) => !deleted || updatedAt > now - KEPT_MS);
  if (kept.length === 0) return merged.block;
  const tombstones = kept.map((row) => {
    const latest = row.latest && merged.versions(row.name, { includeDeleted: true }).count === 0;
    return row.deleted ? withLatest(row, latest) : tombstoneOf(row, latest, now);
  });
  const { registry, createdAt, serverCount, sources } = merged.header;
  const findings = sources.map(({ name }) => findingsOf(merged, name));
  return encodeSnapshot({ registry, createdAt, serverCount, sources }, interleaved(merged, tombstones), findings);
}

function tombstoneOf(row: SnapshotRow, latest: boolean, now: number): SnapshotRow {
  const time = new Date(now).toISOString();
  const item = changedItem(row.item, { status: 'deleted', statusChangedAt: time, updatedAt: time, isLatest: latest });
  return { ...row, item, updatedAt: now, contentHash: NO_CONTENT, latest, deleted: true };
}

function withLatest(row: SnapshotRow, latest: boolean): SnapshotRow {
  return row.latest === latest ? row : { ...row, latest, item: changedItem(row.item, { isLatest: latest }) };
}

function changedItem(text: string, official: JsonObject): string {
  const item = JSON.parse(text) as { readonly server: Json; readonly _meta: JsonObject };
  const before = own(item._meta, OFFICIAL_META);
  const changed = { ...(isObject(before) ? before : {}), ...official };
  return JSON.stringify({ ...item, _meta: { ...item._meta, [OFFICIAL_META]: changed } });
}

/** Both are sorted: what lies between two tombstones goes over as it is. */
function* interleaved(merged: Snapshot, tombstones: readonly SnapshotRow[]): Generator<RowRun> {
  let from = 0;
  for (const tombstone of tombstones) {
    const to = placeOf(merged, tombstone, from);
    if (to > from) yield merged.rows(from, to);
    yield rowRun(tombstone, NO_SOURCE);
    from = to;
  }
  if (from < merged.rowCount) yield merged.rows(from, merged.rowCount);
}

function placeOf(merged: Snapshot, { name, version }: SnapshotRow, from: number): number {
  const [nameBytes, versionBytes] = [Buffer.from(name), Buffer.from(version)];
  let [low, high] = [from, merged.rowCount];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((merged.nameAt(middle).compare(nameBytes) || merged.versionAt(middle).compare(versionBytes)) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
