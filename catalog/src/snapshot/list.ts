import type { Columns } from './columns.ts';
import type { EntryKind } from '../entry/kind.ts';
import { FLAG_DELETED, FLAG_LATEST } from './layout.ts';
import { narrowed, type Narrowing } from './narrowed.ts';
import { passing, searching, type Matcher } from './matcher.ts';
import { compareName, compareVersion, lowerBound, nameAt, partitionPoint, rangeOf, versionAt } from './lookup.ts';

/** The place after which a list continues. */
export interface After {
  readonly name: string;
  readonly version: string;
}

/** A query for a page of the list. */
export interface ListQuery extends Narrowing {
  /** What is listed; servers if absent. */
  readonly kind?: EntryKind | undefined;
  /** Most items of the page. */
  readonly limit: number;
  readonly after?: After | undefined;
  /** Part of name, title or description, ignoring case. With a control character nothing is found. */
  readonly search?: string | undefined;
  /** Only what changed after this time, see parseTime. */
  readonly updatedSince?: number | undefined;
  /** `latest`, or exactly this version. */
  readonly version?: string | undefined;
  readonly includeDeleted?: boolean | undefined;
  /** Only rows whose key begins with this. */
  readonly prefix?: string | undefined;
}

/** Positions of the rows of a page, and where the next one begins; none for the last page. */
export interface PositionPage {
  readonly positions: readonly number[];
  readonly next?: After;
}

/** Work in slices, so that other work can run in between. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Runs all slices of some work at once. */
export function allSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The positions that match a list query, computed in slices of a few milliseconds at most. */
export function* listPositions(columns: Columns, query: ListQuery): Steps<PositionPage> {
  // Control characters separate the searched texts; they belong to none of them.
  if (query.search !== undefined && /\p{Cc}/u.test(query.search)) return { positions: [] };
  const test = narrowed(columns, query);
  if (test === 'none') return { positions: [] };
  const view = viewFor(columns, query);
  const index = query.after === undefined ? 0 : firstAfter(columns, view, query.after);
  if (isWholeView(query)) return nextOf(columns, view, index, query.limit);
  const passes = filterOf(columns, query, test);
  const text = query.search === undefined || query.search === '' ? undefined : query.search.toLowerCase();
  const matches = text === undefined ? passing(passes) : searching(columns, text, passes);
  return yield* collect(columns, { view, index, limit: query.limit }, matches);
}

/** The rest of a view, and how much of it is wanted. */
interface Rest {
  readonly view: Uint32Array;
  readonly index: number;
  readonly limit: number;
}

function* collect(columns: Columns, { view, index: first, limit }: Rest, matches: Matcher): Steps<PositionPage> {
  const positions: number[] = [];
  let index = first;
  while (index < view.length) {
    const position = view[index] ?? 0;
    const jump = matches(position);
    if (jump === 'rest') {
      yield undefined;
      continue;
    }
    if (jump !== position) {
      // Nothing before `jump` matches: continue there.
      if (jump >= columns.flags.length) break;
      index = jump === position + 1 ? index + 1 : lowerBound(view, jump);
      continue;
    }
    if (positions.length === limit) return { positions, next: placeOf(columns, positions.at(-1) ?? 0) };
    positions.push(position);
    index += 1;
  }
  return { positions };
}

/** Whether every row of the view matches the query. */
function isWholeView({ search, updatedSince, version, prefix, includeDeleted, ...narrowing }: ListQuery): boolean {
  const isView = version === undefined || (version === 'latest' && includeDeleted !== true);
  const isAll = (search === undefined || search === '') && updatedSince === undefined && prefix === undefined;
  const { labels = [], sources, rows } = narrowing;
  return isView && isAll && labels.length === 0 && sources === undefined && rows === undefined;
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

/** The position of a name's latest version, -1 if there is none. */
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
  // Only for an incremental query do tombstones matter for "latest" too: a name may have nothing else left.
  const view = columns.view(query.kind ?? 'server');
  if (query.includeDeleted === true) return view.all;
  return query.version === 'latest' ? view.latest : view.active;
}

/** A test for all conditions except the text. */
type Filter = (position: number) => boolean;

function filterOf(columns: Columns, query: ListQuery, test: Filter | undefined): Filter {
  const since = query.updatedSince;
  const latestOnly = query.version === 'latest';
  const version = query.version === undefined || latestOnly ? undefined : Buffer.from(query.version);
  const prefix = query.prefix === undefined ? undefined : Buffer.from(query.prefix);
  return (position) =>
    (since === undefined || (columns.updatedAt[position] ?? 0) > since) &&
    (!latestOnly || isLatest(columns, position)) &&
    (version === undefined || compareVersion(columns, position, version) === 0) &&
    (prefix === undefined || startsWith(columns, position, prefix)) &&
    (test === undefined || test(position));
}

function startsWith({ names, nameOffsets }: Columns, position: number, prefix: Buffer): boolean {
  const start = nameOffsets[position] ?? 0;
  const end = Math.min(start + prefix.length, nameOffsets[position + 1] ?? 0);
  return names.compare(prefix, 0, prefix.length, start, end) === 0;
}

function placeOf(columns: Columns, position: number): After {
  return { name: nameAt(columns, position), version: versionAt(columns, position) };
}

/** The first index of a view that comes after a place, whether or not that place still exists. */
function firstAfter(columns: Columns, view: Uint32Array, after: After): number {
  const name = Buffer.from(after.name);
  const version = Buffer.from(after.version);
  return partitionPoint(view.length, (index) => {
    const position = view[index] ?? 0;
    return (compareName(columns, position, name) || compareVersion(columns, position, version)) <= 0;
  });
}
