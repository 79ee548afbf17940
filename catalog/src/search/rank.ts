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
  /** Higher is better. Comparable among the answers to one question only. */
  readonly score: number;
  /** Why: fields of the entry, and the words in them that the question is about. */
  readonly matched: readonly Match[];
}

/** Words that were found in a field. */
export interface Match {
  readonly field: FieldName;
  readonly words: readonly string[];
}

/** Some answers to a question, how many there are in all, and whether others come behind these. */
export interface Ranking {
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** Which answers are wanted. */
export interface Wanted {
  /** Most answers. */
  readonly limit: number;
  /** The best first, in order of rows, or what has the highest of some values, one for each row. */
  readonly order: 'relevance' | 'name' | Float64Array;
  /** Only what comes behind this in that order; in that of rows the score does not count, in one by values it is such a value. */
  readonly after?: { readonly score: number; readonly row: number } | undefined;
  /** A row that comes before all others if it is an answer. */
  readonly named?: number | undefined;
  /** Which rows may answer: 1 for those. */
  readonly among: Uint8Array;
  /** What else they have to be. */
  readonly passes?: ((row: number) => boolean) | undefined;
}

/** Most words of an entry that are told for one of the question, beside its other forms. */
const MAX_NAMED = 2;
/** More than any score is by itself. */
const NAMED_SCORE = 1000;

/** Answers questions by an index. Keeps memory for one question at a time. */
export class Ranker {
  readonly #words: Words;
  readonly #scores: Scores;

  constructor(index: WordIndex) {
    this.#words = new Words(index);
    this.#scores = new Scores(this.#words);
  }

  /** The answers to a question. Of equally good ones that whose name comes first is before the others. */
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

  /** All rows that answer a question, in no order. */
  matching(question: string, { among, passes }: Pick<Wanted, 'among' | 'passes'>): number[] {
    try {
      const passesAll = isWanted({ among, passes });
      this.#scores.add(inOrder(termsOf(this.#words, question)), passesAll);
      return Array.from(this.#scores.rows).filter(passesAll);
    } finally {
      this.#scores.clear();
    }
  }

  /** Of each word of the question all forms that the entry has, or some of what else stands for it. */
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

/** The first rows in an order that pass. Its loop sees most rows of a catalog where a word is common. */
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
