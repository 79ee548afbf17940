import { hash } from 'node:crypto';
import { OFFICIAL_META, type CatalogEntry } from '../entry/entry.ts';
import { rowKey } from '../entry/kind.ts';
import type { SourcePlace } from '../entry/place.ts';
import { labelsOf } from '../entry/labels.ts';
import { latestIndex } from '../entry/latest.ts';
import { statusOf } from '../entry/status.ts';
import { asText, canonicalText, isObject, own } from '../json.ts';
import type { Predecessor, RowFacts } from '../snapshot/predecessor.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { parseTime } from '../time.ts';
import type { ByteArena } from './arena.ts';
import { itemText } from './item.ts';
import type { WordCollector } from '../search/entry-words.ts';
import type { RowWords } from '../search/vocabulary.ts';
import { searchText } from './search-text.ts';

/** What decides the position of a version, and which one is the latest. */
export interface RowKey {
  /** The row's key, see rowKey: for a server its name. */
  readonly name: string;
  readonly version: string;
  /** The status is `deleted`: a tombstone. */
  readonly deleted: boolean;
  /** The source provided the official metadata itself. */
  readonly hasOfficial: boolean;
  /** From the source, else when the entry was first seen. Milliseconds since 1970, microseconds as the fraction. */
  readonly publishedAt: number;
}

/**
 * A version of a server as it will be stored, except for whether it is the latest of its name. Bytes instead of objects: a parsed entry takes ten times as much
 * memory.
 */
export interface NewRow extends RowKey {
  /** From the source, else when its content last changed; never before an earlier reported time. Also in milliseconds. */
  readonly updatedAt: number;
  /** 32 hexadecimal digits: equal if the source's data for the entry are equal, whatever the order of keys. */
  readonly contentHash: string;
  /** {@link searchTextOf} and {@link headOf}, concatenated: separate views would take more memory than some of them have content. */
  readonly text: Buffer;
  /** Number of bytes of the first one. */
  readonly searchLength: number;
  /** The item's JSON after the literal that says whether it is the latest. */
  readonly tail: Buffer;
  /** The words by which it is found. */
  readonly words: RowWords;
  /** The labels by which lists can be filtered. */
  readonly labels: readonly string[];
  /** It is in a group, and may also be in the list of servers. */
  readonly inGroup?: boolean;
  /** The file that it comes from, if its source has several. */
  readonly file?: string;
  /** Where its entry is, if places are requested. */
  readonly place?: SourcePlace;
  /** Identifies the bytes from which it was built, if the same bytes would give the same row. */
  readonly origin?: string | undefined;
}

/** A row that a snapshot already has. */
export interface KnownRow extends RowKey {
  readonly stored: Snapshot;
  readonly position: number;
  /** Whether it is the latest there. */
  readonly latest: boolean;
  /** Where in its JSON the literal for that is. */
  readonly latestAt: number;
  readonly origin: string;
}

export type Row = NewRow | KnownRow;

export function isKnown(row: Row): row is KnownRow {
  return 'stored' in row;
}

/** The text that `search` looks at. */
export function searchTextOf({ text, searchLength }: NewRow): Buffer {
  return text.subarray(0, searchLength);
}

/** The item's JSON before the literal that says whether it is the latest. */
export function headOf({ text, searchLength }: NewRow): Buffer {
  return text.subarray(searchLength);
}

/** A row with its bytes, to be reassembled. */
export function toNewRow(row: Row): NewRow {
  if (!isKnown(row)) return row;
  const { name, version, deleted, hasOfficial, stored, position, latestAt, origin } = row;
  const item = stored.itemAt(position);
  const searched = stored.searchTextAt(position);
  return {
    name,
    version,
    deleted,
    hasOfficial,
    origin,
    ...stored.factsAt(position),
    text: Buffer.concat([searched, item.subarray(0, latestAt)]),
    searchLength: searched.length,
    tail: item.subarray(item.indexOf('}', latestAt)),
    words: stored.wordsAt(position),
    labels: stored.labelsAt(position),
  };
}

/** The context in which rows are built. */
export interface RowContext {
  /** Shares equal lists of labels: most rows have one of a few lists. */
  readonly intern: (labels: readonly string[]) => readonly string[];
  /** Collects the words of all rows. */
  readonly words: WordCollector;
  readonly previous?: Predecessor | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The memory for their bytes. */
  readonly arena: ByteArena;
  readonly origin: string | undefined;
}

/** Determines status and times of an entry, and encodes it. Times that the source does not have are carried over from the predecessor. */
export function rowOf(entry: CatalogEntry, context: RowContext): NewRow {
  return entry.kind === 'server' ? serverRow(entry, context) : extraRow(entry, context);
}

/** Skills and plugins are served unchanged. */
function extraRow(entry: CatalogEntry, { previous, now, arena, intern, words }: RowContext): NewRow {
  const name = rowKey(entry.kind, entry.name);
  const contentHash = contentHashOf(entry);
  const known = previous?.rowFacts(name, entry.version);
  return {
    name,
    version: entry.version,
    deleted: false,
    hasOfficial: false,
    publishedAt: known?.publishedAt ?? now,
    updatedAt: updateTime(undefined, contentHash, known, now),
    contentHash,
    ...textOf(searchText(entry), JSON.stringify(entry.server), arena),
    tail: NO_BYTES,
    words: words.ofEntry(entry),
    labels: intern(labelsOf(entry, asText(own(entry.server, 'status')) ?? 'active')),
    ...placeOf(entry),
  };
}

function textOf(searched: string, head: string, arena: ByteArena): Pick<NewRow, 'text' | 'searchLength'> {
  return { text: arena.add(searched + head), searchLength: Buffer.byteLength(searched) };
}

function placeOf({ file, place }: CatalogEntry): Pick<NewRow, 'file' | 'place'> {
  return { ...(file === undefined ? {} : { file }), ...(place === undefined ? {} : { place }) };
}

const NO_BYTES = Buffer.alloc(0);

function serverRow(entry: CatalogEntry, { previous, now, arena, intern, words, origin }: RowContext): NewRow {
  const given = own(entry.meta, OFFICIAL_META);
  const official = isObject(given) ? given : {};
  const contentHash = contentHashOf(entry);
  const known = previous?.rowFacts(entry.name, entry.version);
  const status = statusOf(entry.server, official);
  const publishedAt = timeOf(own(official, 'publishedAt')) ?? known?.publishedAt ?? now;
  const said = timeOf(own(official, 'updatedAt'));
  const updatedAt = updateTime(said, contentHash, known, now);
  const { updatedAt: _said, ...others } = official;
  const text = itemText({ entry, official: updatedAt === said ? official : others, status, publishedAt, updatedAt });
  return {
    name: entry.name,
    version: entry.version,
    deleted: status === 'deleted',
    hasOfficial: Object.keys(official).length > 0,
    publishedAt,
    updatedAt,
    contentHash,
    ...textOf(searchText(entry), text.head, arena),
    tail: arena.addShared(text.tail),
    words: words.ofEntry(entry),
    labels: intern(labelsOf(entry, status)),
    ...(entry.inGroup === true ? { inGroup: true } : {}),
    ...placeOf(entry),
    origin,
  };
}

/**
 * When an entry was changed: the source's time, unless those who follow `updated_since` would miss it. An entry that differs from the previous catalog, or that
 * was reported as deleted, has changed now if the source's time is not later than the one reported before.
 */
function updateTime(said: number | undefined, contentHash: string, known: RowFacts | undefined, now: number): number {
  if (known === undefined) return said ?? now;
  if (known.contentHash === contentHash) return Math.max(said ?? known.updatedAt, known.updatedAt);
  return said !== undefined && said > known.updatedAt ? said : now;
}

function contentHashOf({ server, meta }: CatalogEntry): string {
  return hash('sha256', canonicalText([server, meta]), 'hex').slice(0, 32);
}

function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parsed = parseTime(value) ?? Date.parse(value);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** Sorts rows by name, then version. Equal rows stay in their order. */
export function sortRows(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => order(a.name, b.name) || order(a.version, b.version));
}

/** Admitted names and versions are ASCII, so that their order as strings equals that of their bytes, which the snapshot needs. */
function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The latest version of each name, of sorted rows. */
export function latestRows(rows: readonly Row[]): ReadonlySet<Row> {
  const latest = new Set<Row>();
  for (let start = 0; start < rows.length;) {
    let end = start + 1;
    while (end < rows.length && rows[end]?.name === rows[start]?.name) end += 1;
    const found = rows[start + (end - start === 1 ? 0 : latestIndex(rows.slice(start, end)))];
    if (found !== undefined) latest.add(found);
    start = end;
  }
  return latest;
}
