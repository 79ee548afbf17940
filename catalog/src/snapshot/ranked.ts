import type { Hit, Wanted } from '../search/rank.ts';
import { marked, type Columns } from './columns.ts';
import { findLatest, listPositions, type ListQuery, type Steps } from './list.ts';
import { lastRowUpTo, nameAt } from './lookup.ts';
import { narrowed, type Narrowing } from './narrowed.ts';

/** A place in a ranking: that of a server. */
export interface RankPlace {
  readonly name: string;
  /** The value by which it is ranked: the score, or when it was changed, in milliseconds since 1970. None in an order by name. */
  readonly score?: number;
}

/** Filters for answers. */
export interface RankFilters extends Narrowing, Pick<ListQuery, 'search'> {}

/** A question in words, answered by the latest versions of servers. */
export interface RankQuery extends RankFilters, Pick<ListQuery, 'limit'> {
  readonly question: string;
  /** The best first, by name, or the last changed first. */
  readonly order: 'relevance' | 'name' | 'updated';
  /** Only what comes after this place, whether or not its server still exists. */
  readonly after?: RankPlace | undefined;
}

/** Answers, their total number, and where the next ones begin; none if these are the last. */
export interface RankPage {
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly next?: RankPlace;
}

/** Ranks what passes the filters. A text is searched in slices; ranking is one step. */
export function* rankRows(columns: Columns, { question, order, limit, after, ...filters }: RankQuery): Steps<RankPage> {
  const filter = yield* filterRows(columns, filters);
  if (filter === 'none') return { hits: [], total: 0 };
  const place = after === undefined ? undefined : { score: after.score ?? 0, row: lastRowUpTo(columns, after.name) };
  const named = findLatest(columns, question.trim());
  const { hits, total, hasMore } = columns.ranker.rank(question, {
    limit,
    order: order === 'updated' ? columns.updatedAt : order,
    after: place,
    named,
    ...filter,
  });
  const last = hits.at(-1);
  if (!hasMore || last === undefined) return { hits, total };
  const name = nameAt(columns, last.row);
  return { hits, total, next: order === 'name' ? { name } : { name, score: last.score } };
}

/** The rows of all answers to a question, unordered. */
export function* answeringRows(
  columns: Columns,
  { question, ...filters }: RankFilters & Pick<RankQuery, 'question'>,
): Steps<readonly number[]> {
  const filter = yield* filterRows(columns, filters);
  return filter === 'none' ? [] : columns.ranker.matching(question, filter);
}

function* filterRows(columns: Columns, { search, ...narrowing }: RankFilters): Steps<Pick<Wanted, 'among' | 'passes'> | 'none'> {
  if (search !== undefined && search !== '') {
    const { positions } = yield* listPositions(columns, { search, ...narrowing, version: 'latest', limit: columns.flags.length });
    return { among: marked(columns, positions) };
  }
  const passes = narrowed(columns, narrowing);
  return passes === 'none' ? passes : { among: columns.latestServers, passes };
}
