import { OFFICIAL_META } from '../entry/entry.ts';
import { isServerKey } from '../entry/kind.ts';
import { labelOf, readLabel } from '../entry/labels.ts';
import { latestIndex } from '../entry/latest.ts';
import { parseExact } from '../exact-json.ts';
import { isObject, own, type Json, type JsonObject } from '../json.ts';
import { encodeSnapshot } from '../snapshot/encode.ts';
import { WordCollector } from '../search/entry-words.ts';
import { rowRun, type RowRun, type SnapshotRow } from '../snapshot/runs.ts';
import { NO_SOURCE } from '../snapshot/layout.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { findingsOf } from './merge.ts';

/** How long an entry that no source has any more is reported, in milliseconds: a client that polls by `updated_since` less often reads everything again. */
const KEPT_MS = 90 * 24 * 3_600_000;
/** No entry has this hash: an entry that comes back counts as changed. */
const NO_CONTENT = '0'.repeat(32);

/**
 * The catalog with tombstones for what the previous one had and no source has any more, so that `include_deleted` and `updated_since` report it to clients.
 * `gone` are the rows of the previous catalog, in order; rows that were already tombstones stay until they expire.
 */
export function withTombstones(merged: Snapshot, gone: readonly SnapshotRow[], now: number): Uint8Array<ArrayBuffer> {
  // Nobody can ask for deleted skills and plugins.
  const kept = gone
    .filter(({ name, deleted, updatedAt }) => isServerKey(name) && (!deleted || updatedAt > now - KEPT_MS))
    // It is in no file any more.
    .map(({ file: _file, ...row }) => row);
  if (kept.length === 0) return merged.block;
  const placed = [...Map.groupBy(kept, ({ name }) => name)].flatMap(([name, rows]) => placedRows(merged, name, rows, now));
  const { registry, createdAt, serverCount, sources } = merged.header;
  const findings = sources.map(({ name }) => findingsOf(merged, name));
  return encodeSnapshot({ registry, createdAt, serverCount, sources }, interleaved(merged, placed), findings);
}

/** A row to insert among those of the merged catalog, or to replace one. */
interface PlacedRow {
  readonly row: SnapshotRow;
  readonly source: number;
  readonly replaces: boolean;
}

/** The tombstones of one name. If only deleted versions remain, the latest of them all is the latest (see latestIndex). */
function placedRows(merged: Snapshot, name: string, gone: readonly SnapshotRow[], now: number): PlacedRow[] {
  const [start, end] = merged.positionsOf(name);
  const present = Array.from({ length: end - start }, (_, index) => ({
    row: merged.rowAt(start + index),
    source: merged.sourceAt(start + index),
  }));
  const isAlive = present.some(({ row }) => !row.deleted);
  const all = [...present.map(({ row }) => row), ...gone];
  const latest = isAlive ? undefined : all[latestIndex(all.map(({ version, publishedAt }) => ({ version, publishedAt, deleted: true })))];
  const tombstones = gone.map((row): PlacedRow => ({
    row: row.deleted ? withLatest(row, row === latest) : tombstoneOf(row, row === latest, now),
    source: NO_SOURCE,
    replaces: false,
  }));
  if (isAlive) return tombstones;
  const changed = present.flatMap(({ row, source }): PlacedRow[] => {
    const next = withLatest(row, row === latest);
    return next === row ? [] : [{ row: next, source, replaces: true }];
  });
  return [...tombstones, ...changed].toSorted((a, b) => (a.row.version < b.row.version ? -1 : 1));
}

function tombstoneOf(row: SnapshotRow, latest: boolean, now: number): SnapshotRow {
  const time = new Date(now).toISOString();
  const item = changedItem(row.item, { status: 'deleted', statusChangedAt: time, updatedAt: time, isLatest: latest });
  const labels = [...row.labels.filter((label) => readLabel(label).facet !== 'status'), labelOf('status', 'deleted')];
  return { ...row, item, labels, updatedAt: now, contentHash: NO_CONTENT, latest, deleted: true };
}

function withLatest(row: SnapshotRow, latest: boolean): SnapshotRow {
  return row.latest === latest ? row : { ...row, latest, item: changedItem(row.item, { isLatest: latest }) };
}

function changedItem(text: string, official: JsonObject): string {
  const item = parseExact(text) as unknown as { readonly server: Json; readonly _meta: JsonObject };
  const before = own(item._meta, OFFICIAL_META);
  const changed = { ...(isObject(before) ? before : {}), ...official };
  return JSON.stringify({ ...item, _meta: { ...item._meta, [OFFICIAL_META]: changed } });
}

/** Both are sorted: rows between two of the placed ones are copied as they are. */
function* interleaved(merged: Snapshot, placed: readonly PlacedRow[]): Generator<RowRun> {
  const words = new WordCollector();
  let from = 0;
  for (const { row, source, replaces } of placed) {
    const to = placeOf(merged, row, from);
    if (to > from) yield merged.rows(from, to);
    yield rowRun(row, source, words);
    from = replaces ? to + 1 : to;
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
