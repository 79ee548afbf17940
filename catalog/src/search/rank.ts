import { FIELD_NAMES, type FieldName } from './fields.ts';
import { First, isBefore } from './first.ts';
import { termsOf, type Term } from './question.ts';
import { inOrder, Scores } from './scores.ts';
import { OWN_WEIGHT } from './variants.ts';
import { fieldsOf, wordAt, type WordIndex } from './word-index.ts';
import { Words } from './words.ts';

/** A row that answers a question. */
export interface Hit {
  readonly row: number;
  /** Higher is better. Comparable only among the answers to one question. */
  readonly score: number;
  /** Why it matches: fields of the entry, with the matching words in them. */
  readonly matched: readonly Match[];
}

/** Words found in a field. */
export interface Match {
  readonly field: FieldName;
  readonly words: readonly string[];
}

/** Some answers to a question, the total number, and whether more follow. */
export interface Ranking {
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** Which answers are wanted. */
export interface Wanted {
  /** Most answers. */
  readonly limit: number;
  /** The best first, in order of rows, or the highest value first, from one value per row. */
  readonly order: 'relevance' | 'name' | Float64Array;
  /** Only what comes after this in that order; in the order of rows the score is ignored, in one by values it is such a value. */
  readonly after?: { readonly score: number; readonly row: number } | undefined;
  /** A row that comes before all others if it is an answer. */
  readonly named?: number | undefined;
  /** Which rows may be answers: 1 for those. */
  readonly among: Uint8Array;
  /** Further conditions. */
  readonly passes?: ((row: number) => boolean) | undefined;
}

/** Most words of an entry that are named for one of the question, besides its other forms. */
const MAX_NAMED = 2;
/** Higher than any score. */
const NAMED_SCORE = 1000;

/** Answers questions from an index. Keeps memory for one question at a time. */
export class Ranker {
  readonly #words: Words;
  readonly #scores: Scores;

  constructor(index: WordIndex) {
    this.#words = new Words(index);
    this.#scores = new Scores(this.#words);
  }

  /** The answers to a question. Equally good ones are ordered by name. */
  rank(question: string, wanted: Wanted): Ranking {
    const terms = inOrder(termsOf(this.#words, question));
    try {
      this.#scores.add(terms, isWanted(wanted));
      const { rows, scores, total, hasMore } = firstOf(this.#scores, wanted);
      const hits = rows.map((row, place) => ({ row, score: scores[place] ?? 0, matched: this.#matched(row, terms) }));
      return { hits, total, hasMore };
    } finally {
      this.#scores.clear();
    }
  }

  /** All rows that answer a question, unordered. */
  matching(question: string, { among, passes }: Pick<Wanted, 'among' | 'passes'>): number[] {
    try {
      const passesAll = isWanted({ among, passes });
      this.#scores.add(inOrder(termsOf(this.#words, question)), passesAll);
      return Array.from(this.#scores.rows).filter(passesAll);
    } finally {
      this.#scores.clear();
    }
  }

  /** For each word of the question all of its forms in the entry, or some of the other matching words. */
  #matched(row: number, terms: readonly Term[]): Match[] {
    const byField = new Map<FieldName, Set<string>>();
    for (const [number, { variants }] of terms.entries()) {
      if (!this.#scores.has(row, number)) continue;
      let named = 0;
      for (const { id, weight } of variants) {
        if (named >= MAX_NAMED && weight < OWN_WEIGHT) break;
        const fields = fieldsOf(this.#words.index, id, row);
        if (fields === 0) continue;
        named += 1;
        for (const [name, bits] of FIELD_NAMES) {
          if ((fields & bits) === 0) continue;
          const words = byField.get(name) ?? new Set();
          byField.set(name, words.add(wordAt(this.#words.index, id)));
        }
      }
    }
    return FIELD_NAMES.flatMap(([field]) => {
      const words = byField.get(field);
      return words === undefined ? [] : [{ field, words: [...words] }];
    });
  }
}

function isWanted({ among, passes }: Pick<Wanted, 'among' | 'passes'>): (row: number) => boolean {
  return (row) => among[row] === 1 && (passes === undefined || passes(row));
}

/** The first rows in an order that pass. If a word is common, its loop visits most rows of a catalog. */
function firstOf(
  all: Scores,
  { limit, order, after, named = -1, among, passes }: Wanted,
): { rows: number[]; scores: number[]; total: number; hasMore: boolean } {
  const touched = all.rows;
  const { sums, terms, parts } = all.factors;
  // In an order by name all are equally good.
  const isRanked = order === 'relevance';
  const values = typeof order === 'string' ? undefined : order;
  const first = new First(limit);
  let [total, behind] = [0, 0];
  for (let place = 0; place < touched.length; place += 1) {
    const row = touched[place] ?? 0;
    if (among[row] !== 1 || (passes !== undefined && !passes(row))) continue;
    total += 1;
    let score = isRanked ? (sums[row] ?? 0) * (parts[terms[row] ?? 0] ?? 0) : (values?.[row] ?? 0);
    if (row === named && isRanked) score += NAMED_SCORE;
    if (after !== undefined && !isBefore(after.score, after.row, score, row)) continue;
    behind += 1;
    if (first.takes(score, row)) first.add(score, row);
  }
  return { rows: first.rows, scores: first.scores, total, hasMore: behind > first.rows.length };
}
