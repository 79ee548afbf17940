import { createHash } from 'node:crypto';
import { OFFICIAL_META, type CatalogEntry } from '../entry/entry.ts';
import { latestIndex } from '../entry/latest.ts';
import { statusOf } from '../entry/status.ts';
import { canonicalText, isObject, own, type JsonObject } from '../json.ts';
import type { Predecessor } from '../snapshot/predecessor.ts';
import { parseTime } from '../time.ts';

/** A version of a server, with all that a catalog decides about it. Times are milliseconds since 1970, microseconds as the fraction. */
export interface Row {
  readonly entry: CatalogEntry;
  /** What the source says below the official `_meta` key; empty when nothing. */
  readonly official: JsonObject;
  readonly status: string;
  /** The status is `deleted`: a tombstone. */
  readonly deleted: boolean;
  /** The latest version of its name. */
  readonly latest: boolean;
  /** As the source says, else when the entry was first seen. */
  readonly publishedAt: number;
  /** As the source says, else when its content last changed. */
  readonly updatedAt: number;
  /** 32 hexadecimal digits: equal when the source says the same of the entry, in whatever order. */
  readonly contentHash: string;
}

/**
 * Decides status, times and the latest version of each name. Times that a source does not give are carried over from the predecessor.
 * The rows come sorted by name, then version.
 */
export function rowsOf(entries: readonly CatalogEntry[], previous: Predecessor | undefined, now: number): Row[] {
  const rows = entries.map((entry) => toRow(entry, previous, now)).sort((a, b) => inOrder(a.entry, b.entry));
  return groupsByName(rows).flatMap(markLatest);
}

type UnmarkedRow = Omit<Row, 'latest'>;

function toRow(entry: CatalogEntry, previous: Predecessor | undefined, now: number): UnmarkedRow {
  const given = own(entry.meta, OFFICIAL_META);
  const official = isObject(given) ? given : {};
  const contentHash = contentHashOf(entry);
  const known = previous?.rowFacts(entry.name, entry.version);
  const unchangedSince = known?.contentHash === contentHash ? known.updatedAt : undefined;
  const status = statusOf(entry.server, official);
  return {
    entry,
    official,
    status,
    deleted: status === 'deleted',
    publishedAt: timeOf(own(official, 'publishedAt')) ?? known?.publishedAt ?? now,
    updatedAt: timeOf(own(official, 'updatedAt')) ?? unchangedSince ?? now,
    contentHash,
  };
}

function contentHashOf({ server, meta }: CatalogEntry): string {
  return createHash('sha256')
    .update(canonicalText([server, meta]))
    .digest('hex')
    .slice(0, 32);
}

function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parsed = parseTime(value) ?? Date.parse(value);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** Names and versions that were admitted are ASCII: their order as texts is that of their bytes, which the snapshot wants. */
function inOrder(a: CatalogEntry, b: CatalogEntry): number {
  return order(a.name, b.name) || order(a.version, b.version);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Rows of one name stand together, since they are sorted. */
function groupsByName(rows: readonly UnmarkedRow[]): UnmarkedRow[][] {
  const groups: UnmarkedRow[][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    if (group?.[0]?.entry.name === row.entry.name) group.push(row);
    else groups.push([row]);
  }
  return groups;
}

function markLatest(versions: readonly UnmarkedRow[]): Row[] {
  const latest = latestIndex(versions.map(({ entry, publishedAt, deleted }) => ({ version: entry.version, publishedAt, deleted })));
  return versions.map((row, index) => ({ ...row, latest: index === latest }));
}
