import type { Hit, Wanted } from '../search/rank.ts';
import { marked, type Columns } from './columns.ts';
import { labelTest } from './labels.ts';
import { findLatest, listPositions, type ListQuery, type Steps } from './list.ts';
import { lastRowUpTo, nameAt } from './lookup.ts';

/** A place in a ranking: that of a server. */
export interface RankPlace {
  readonly name: string;
  /** None in an order by name. */
  readonly score?: number;
}

/** A question in words. The latest versions of servers answer it. */
export interface RankQuery extends Pick<ListQuery, 'search' | 'labels' | 'limit'> {
  readonly question: string;
  /** The best first, or by name. */
  readonly order: 'relevance' | 'name';
  /** Only what comes behind this place, whether or not its server still exists. */
  readonly after?: RankPlace | undefined;
}

/** Answers, how many there are in all, and where the next ones begin; none when these are the last. */
export interface RankPage {
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly next?: RankPlace;
}

/** Ranks what passes the filters. A text to search for is looked for in slices, the ranking itself is one. */
export function* rankRows(columns: Columns, { question, order, limit, after, ...filters }: RankQuery): Steps<RankPage> {
  const filter = yield* filterRows(columns, filters);
  if (filter === 'none') return { hits: [], total: 0 };
  const place = after === undefined ? undefined : { score: after.score ?? 0, row: lastRowUpTo(columns, after.name) };
  const named = findLatest(columns, question.trim());
  const { hits, total, hasMore } = columns.ranker.rank(question, { limit, order, after: place, named, ...filter });
  const last = hits.at(-1);
  if (!hasMore || last === undefined) return { hits, total };
  const name = nameAt(columns, last.row);
  return { hits, total, next: order === 'name' ? { name } : { name, score: last.score } };
}

function* filterRows(
  columns: Columns,
  { search, labels }: Pick<ListQuery, 'search' | 'labels'>,
): Steps<Pick<Wanted, 'among' | 'passes'> | 'none'> {
  if (search !== undefined && search !== '') {
    const { positions } = yield* listPositions(columns, { search, labels, version: 'latest', limit: columns.flags.length });
    return { among: marked(columns, positions) };
  }
  const passes = labelTest(columns, labels);
  return passes === 'none' ? passes : { among: columns.latestServers, passes };
}
