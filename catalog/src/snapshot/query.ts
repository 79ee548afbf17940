import { FLAG_DELETED, FLAG_LATEST } from './layout.ts';
import type { Snapshot } from './open.ts';

/** The place after which a list goes on. */
export interface After {
  readonly name: string;
  readonly version: string;
}

/** A question for a page of the list. */
export interface ListQuery {
  /** Most items of the page. */
  readonly limit: number;
  readonly after?: After | undefined;
  /** Part of name, title or description; upper and lower case are alike. With a control character nothing is found. */
  readonly search?: string | undefined;
  /** Only what changed after this time, see parseTime. */
  readonly updatedSince?: number | undefined;
  /** `latest`, or exactly this version. */
  readonly version?: string | undefined;
  readonly includeDeleted?: boolean | undefined;
}

/** Positions of the entries of a page, and where the next one begins; none when this is the last. */
export interface Page {
  readonly positions: readonly number[];
  readonly next?: After;
}

/** Answers a list question. Pages follow each other without gaps whatever was added or removed in between. */
export function listPage(snapshot: Snapshot, query: ListQuery): Page {
  // Control characters separate the texts that are searched; they belong to none of them.
  if (query.search !== undefined && /\p{Cc}/u.test(query.search)) return { positions: [] };
  const view = viewFor(snapshot, query);
  const positions: number[] = [];
  const matches = matcher(snapshot, query);
  let index = query.after === undefined ? 0 : firstAfter(snapshot, view, query.after);
  for (; index < view.length; index += 1) {
    const position = view[index] ?? 0;
    const jump = matches(position);
    if (jump !== position) {
      // Nothing before `jump` matches: go on there.
      if (jump >= snapshot.flags.length) break;
      index = lowerBound(view, jump) - 1;
      continue;
    }
    if (positions.length === query.limit) return { positions, next: placeOf(snapshot, positions.at(-1) ?? 0) };
    positions.push(position);
  }
  return { positions };
}

/** Positions of a name's versions, the last published first. */
export function versionsOf(snapshot: Snapshot, name: string, options: { readonly includeDeleted: boolean }): number[] {
  const [start, end] = rangeOf(snapshot, name);
  const positions: number[] = [];
  for (let position = start; position < end; position += 1) {
    if (options.includeDeleted || !isDeleted(snapshot, position)) positions.push(position);
  }
  return positions.sort((a, b) => (snapshot.publishedAt[b] ?? 0) - (snapshot.publishedAt[a] ?? 0) || b - a);
}

/** The position of a name's version, -1 when there is none. */
export function findVersion(snapshot: Snapshot, name: string, version: string): number {
  const [start, end] = rangeOf(snapshot, name);
  const wanted = Buffer.from(version);
  for (let position = start; position < end; position += 1) if (snapshot.version(position).equals(wanted)) return position;
  return -1;
}

/** The position of a name's latest version, -1 when there is none. */
export function findLatest(snapshot: Snapshot, name: string): number {
  const [start, end] = rangeOf(snapshot, name);
  for (let position = start; position < end; position += 1) if (((snapshot.flags[position] ?? 0) & FLAG_LATEST) !== 0) return position;
  return -1;
}

/** Whether the entry is a tombstone. */
export function isDeleted(snapshot: Snapshot, position: number): boolean {
  return ((snapshot.flags[position] ?? 0) & FLAG_DELETED) !== 0;
}

/** The JSON of one entry. */
export function itemBytes(snapshot: Snapshot, position: number): Buffer {
  return snapshot.body.subarray(snapshot.bodyOffsets[position], (snapshot.bodyOffsets[position + 1] ?? 1) - 1);
}

/** The JSON of several entries, joined by commas. Neighbours are one slice, without a copy. */
export function itemsBytes(snapshot: Snapshot, positions: readonly number[]): Buffer[] {
  const slices: Buffer[] = [];
  for (let index = 0; index < positions.length;) {
    let end = index + 1;
    while (end < positions.length && positions[end] === (positions[end - 1] ?? 0) + 1) end += 1;
    const last = end === positions.length;
    const stop = snapshot.bodyOffsets[(positions[end - 1] ?? 0) + 1] ?? 0;
    slices.push(snapshot.body.subarray(snapshot.bodyOffsets[positions[index] ?? 0], last ? stop - 1 : stop));
    index = end;
  }
  return slices;
}

function viewFor(snapshot: Snapshot, query: ListQuery): Uint32Array {
  // Only with an incremental question do tombstones matter for "latest" too: a name may have nothing else left.
  if (query.includeDeleted === true) return snapshot.views.all;
  return query.version === 'latest' ? snapshot.views.latest : snapshot.views.active;
}

/** Returns for a position itself when it matches, or else a later position before which nothing matches. */
function matcher(snapshot: Snapshot, query: ListQuery): (position: number) => number {
  const since = query.updatedSince;
  const latestOnly = query.version === 'latest';
  const version = query.version === undefined || latestOnly ? undefined : Buffer.from(query.version);
  const needle = query.search === undefined || query.search === '' ? undefined : Buffer.from(query.search.toLowerCase());
  return (position) => {
    if (since !== undefined && (snapshot.updatedAt[position] ?? 0) <= since) return position + 1;
    if (latestOnly && ((snapshot.flags[position] ?? 0) & FLAG_LATEST) === 0) return position + 1;
    if (version !== undefined && !snapshot.version(position).equals(version)) return position + 1;
    if (needle === undefined) return position;
    const found = snapshot.search.indexOf(needle, snapshot.searchOffsets[position]);
    return found < 0 ? snapshot.flags.length : lowerBound(snapshot.searchOffsets, found + 1) - 1;
  };
}

function placeOf(snapshot: Snapshot, position: number): After {
  return { name: snapshot.name(position).toString(), version: snapshot.version(position).toString() };
}

/** The first index of a view that stands behind a place, whether or not that place still exists. */
function firstAfter(snapshot: Snapshot, view: Uint32Array, after: After): number {
  const name = Buffer.from(after.name);
  const version = Buffer.from(after.version);
  return partitionPoint(view.length, (index) => {
    const position = view[index] ?? 0;
    return (Buffer.compare(snapshot.name(position), name) || Buffer.compare(snapshot.version(position), version)) <= 0;
  });
}

function rangeOf(snapshot: Snapshot, name: string): [start: number, end: number] {
  const wanted = Buffer.from(name);
  const count = snapshot.flags.length;
  const start = partitionPoint(count, (position) => Buffer.compare(snapshot.name(position), wanted) < 0);
  let end = start;
  while (end < count && snapshot.name(end).equals(wanted)) end += 1;
  return [start, end];
}

/** The first index whose value is not below `value`. */
function lowerBound(sorted: Uint32Array, value: number): number {
  return partitionPoint(sorted.length, (index) => (sorted[index] ?? 0) < value);
}

/** The first index for which the predicate is false, when it is true for all before. */
function partitionPoint(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
