import type { Columns } from './columns.ts';
import type { EntryKind } from '../entry/kind.ts';
import { labelTest } from './labels.ts';
import { FLAG_DELETED, FLAG_LATEST } from './layout.ts';
import { compareName, compareVersion, lowerBound, nameAt, partitionPoint, rangeOf, versionAt } from './lookup.ts';

/** The place after which a list goes on. */
export interface After {
  readonly name: string;
  readonly version: string;
}

/** A question for a page of the list. */
export interface ListQuery {
  /** What is listed; servers if absent. */
  readonly kind?: EntryKind | undefined;
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
  /** Only rows whose key begins with this. */
  readonly prefix?: string | undefined;
  /** Labels: only rows that have one of each list. Upper and lower case are alike. */
  readonly labels?: readonly (readonly string[])[] | undefined;
}

/** Positions of the rows of a page, and where the next one begins; none when this is the last. */
export interface PositionPage {
  readonly positions: readonly number[];
  readonly next?: After;
}

/** The positions that answer a list question. */
export function listPositions(columns: Columns, query: ListQuery): PositionPage {
  // Control characters separate the texts that are searched; they belong to none of them.
  if (query.search !== undefined && /\p{Cc}/u.test(query.search)) return { positions: [] };
  const labels = labelTest(columns, query.labels);
  if (labels === 'none') return { positions: [] };
  const view = viewFor(columns, query);
  let index = query.after === undefined ? 0 : firstAfter(columns, view, query.after);
  if (isWholeView(query)) return nextOf(columns, view, index, query.limit);
  const positions: number[] = [];
  const matches = matcher(columns, query, labels);
  for (; index < view.length; index += 1) {
    const position = view[index] ?? 0;
    const jump = matches(position);
    if (jump !== position) {
      // Nothing before `jump` matches: go on there.
      if (jump >= columns.flags.length) break;
      index = lowerBound(view, jump) - 1;
      continue;
    }
    if (positions.length === query.limit) return { positions, next: placeOf(columns, positions.at(-1) ?? 0) };
    positions.push(position);
  }
  return { positions };
}

/** Whether every row of the view answers the question. */
function isWholeView({ search, updatedSince, version, labels, prefix, includeDeleted }: ListQuery): boolean {
  const isView = version === undefined || (version === 'latest' && includeDeleted !== true);
  const isAll = (search === undefined || search === '') && updatedSince === undefined && prefix === undefined;
  return isView && isAll && (labels === undefined || labels.length === 0);
}

/** So many positions of a view from an index on. */
function nextOf(columns: Columns, view: Uint32Array, index: number, limit: number): PositionPage {
  const end = Math.min(index + limit, view.length);
  const positions = Array.from(view.subarray(index, end));
  return end === view.length ? { positions } : { positions, next: placeOf(columns, view[end - 1] ?? 0) };
}

/** Positions of a name's versions, the last published first. */
export function versionPositions(columns: Columns, name: string, includeDeleted: boolean): number[] {
  const [start, end] = rangeOf(columns, name);
  const positions: number[] = [];
  for (let position = start; position < end; position += 1) {
    if (includeDeleted || !isDeleted(columns, position)) positions.push(position);
  }
  return positions.sort((a, b) => (columns.publishedAt[b] ?? 0) - (columns.publishedAt[a] ?? 0) || b - a);
}

/** The position of a name's latest version, -1 when there is none. */
export function findLatest(columns: Columns, name: string): number {
  const [start, end] = rangeOf(columns, name);
  for (let position = start; position < end; position += 1) if (isLatest(columns, position)) return position;
  return -1;
}

/** Whether the row is a tombstone. */
export function isDeleted(columns: Columns, position: number): boolean {
  return ((columns.flags[position] ?? 0) & FLAG_DELETED) !== 0;
}

function isLatest(columns: Columns, position: number): boolean {
  return ((columns.flags[position] ?? 0) & FLAG_LATEST) !== 0;
}

function viewFor(columns: Columns, query: ListQuery): Uint32Array {
  // Only with an incremental question do tombstones matter for "latest" too: a name may have nothing else left.
  const view = columns.view(query.kind ?? 'server');
  if (query.includeDeleted === true) return view.all;
  return query.version === 'latest' ? view.latest : view.active;
}

/** Returns for a position itself when it matches, or else a later position before which nothing matches. */
function matcher(columns: Columns, query: ListQuery, labels: ((position: number) => boolean) | undefined): (position: number) => number {
  const since = query.updatedSince;
  const latestOnly = query.version === 'latest';
  const version = query.version === undefined || latestOnly ? undefined : Buffer.from(query.version);
  const needle = query.search === undefined || query.search === '' ? undefined : Buffer.from(query.search.toLowerCase());
  const prefix = query.prefix === undefined ? undefined : Buffer.from(query.prefix);
  return (position) => {
    if (since !== undefined && (columns.updatedAt[position] ?? 0) <= since) return position + 1;
    if (latestOnly && !isLatest(columns, position)) return position + 1;
    if (version !== undefined && compareVersion(columns, position, version) !== 0) return position + 1;
    if (prefix !== undefined && !startsWith(columns, position, prefix)) return position + 1;
    if (labels !== undefined && !labels(position)) return position + 1;
    if (needle === undefined) return position;
    const found = columns.search.indexOf(needle, columns.searchOffsets[position]);
    return found < 0 ? columns.flags.length : lowerBound(columns.searchOffsets, found + 1) - 1;
  };
}

function startsWith({ names, nameOffsets }: Columns, position: number, prefix: Buffer): boolean {
  const start = nameOffsets[position] ?? 0;
  const end = Math.min(start + prefix.length, nameOffsets[position + 1] ?? 0);
  return names.compare(prefix, 0, prefix.length, start, end) === 0;
}

function placeOf(columns: Columns, position: number): After {
  return { name: nameAt(columns, position), version: versionAt(columns, position) };
}

/** The first index of a view that stands behind a place, whether or not that place still exists. */
function firstAfter(columns: Columns, view: Uint32Array, after: After): number {
  const name = Buffer.from(after.name);
  const version = Buffer.from(after.version);
  return partitionPoint(view.length, (index) => {
    const position = view[index] ?? 0;
    return (compareName(columns, position, name) || compareVersion(columns, position, version)) <= 0;
  });
}
