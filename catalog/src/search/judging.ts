import { draft, snapshotOf, testdata } from '../testing.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** For tests: a question and how well servers answer it, as judged by people; servers that are not named do not answer it. See testdata/search/README.md. */
export interface JudgedQuery {
  readonly query: string;
  readonly kind: string;
  /** By name of server: 3 is what was asked for, 2 is useful, 1 is related. */
  readonly grades: Readonly<Record<string, 1 | 2 | 3>>;
}

/** For tests: NDCG@10 of each judged question, and the average; 1 is the best possible order. */
export interface Figures {
  readonly mean: number;
  readonly queries: Readonly<Record<string, number>>;
}

/** Positions that count. */
const PLACES = 10;

/** For tests: the questions. */
export function judgedQueries(): readonly JudgedQuery[] {
  return JSON.parse(testdata('search/judged.json').toString()) as JudgedQuery[];
}

/** For tests: the catalogs that were judged. */
export function judgedCatalogs(): Snapshot {
  return snapshotOf([
    draft('toolhive', testdata('toolhive-catalog-2026-08-24.json')),
    draft('dump', testdata('official-registry-dump-2026-02-06.json')),
  ]);
}

/** For tests: the recorded figures, from `node hack/judge.ts`. */
export function recordedFigures(): Figures {
  return JSON.parse(testdata('search/ndcg.json').toString()) as Figures;
}

/** For tests: the quality of a ranking, which returns the names of the first servers for a question. */
export function figuresOf(rankedNames: (query: string, limit: number) => readonly string[]): Figures {
  const queries: Record<string, number> = {};
  for (const { query, grades } of judgedQueries()) queries[query] = rounded(ndcg(rankedNames(query, PLACES), grades));
  const all = Object.values(queries);
  return { mean: rounded(all.reduce((sum, figure) => sum + figure, 0) / all.length), queries };
}

/** For tests: the figures of the ranking that is served. */
export function servedFigures(snapshot: Snapshot): Figures {
  return figuresOf((question, limit) =>
    snapshot.rank({ question, limit, order: 'relevance' }).hits.map(({ row }) => snapshot.keyAt(row).name),
  );
}

function ndcg(names: readonly string[], grades: JudgedQuery['grades']): number {
  const ideal = Object.values(grades).sort((a, b) => b - a);
  return gain(names.map((name) => grades[name] ?? 0)) / gain(ideal);
}

/** The gain of the first positions: each counts less than the one before. */
function gain(grades: readonly number[]): number {
  return grades.slice(0, PLACES).reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0);
}

function rounded(figure: number): number {
  return Math.round(figure * 1000) / 1000;
}
