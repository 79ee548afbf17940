import { First, isBefore } from '../search/first.ts';
import type { Columns } from './columns.ts';
import { listPositions, type ListQuery, type Steps } from './list.ts';
import { lastRowUpTo, nameAt } from './lookup.ts';
import type { RankFilters, RankPlace } from './ranked.ts';

/** Which servers are wanted, and after which place. */
export interface NewestQuery extends RankFilters, Pick<ListQuery, 'limit'> {
  readonly after?: RankPlace | undefined;
}

/** Rows, their number on all pages, and where the next page begins; absent for the last one. */
export interface NewestPage {
  readonly rows: readonly number[];
  readonly total: number;
  readonly next?: RankPlace;
}

/** The latest versions of servers in the order in which they were changed, the last one first; equal times are ordered by name. */
export function* newestRows(columns: Columns, { limit, after, ...filters }: NewestQuery): Steps<NewestPage> {
  const { positions } = yield* listPositions(columns, { ...filters, version: 'latest', limit: columns.flags.length });
  const place = after === undefined ? undefined : { time: after.score ?? 0, row: lastRowUpTo(columns, after.name) };
  const first = new First(limit);
  let behind = 0;
  for (const row of positions) {
    const time = columns.updatedAt[row] ?? 0;
    if (place !== undefined && !isBefore(place.time, place.row, time, row)) continue;
    behind += 1;
    if (first.takes(time, row)) first.add(time, row);
  }
  const last = first.rows.at(-1);
  const page = { rows: first.rows, total: positions.length };
  if (last === undefined || behind <= first.rows.length) return page;
  return { ...page, next: { name: nameAt(columns, last), score: columns.updatedAt[last] ?? 0 } };
}
