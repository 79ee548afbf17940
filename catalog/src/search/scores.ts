import { Best } from './best.ts';
import { NAMESPACE } from './fields.ts';
import { MAX_TERMS, type RankedWord, type Term } from './question.ts';
import { rarity, Weights } from './weights.ts';
import { fieldsOf, frequency, type WordIndex } from './word-index.ts';
import type { Words } from './words.ts';

/** Most postings that are read for one question, so that it takes no more than a millisecond; the first word of a term is always read completely. */
const MAX_POSTINGS = 20_000;
/** With more answers than this, only the best are looked up among the rows of common words. */
const FEW_ROWS = 200;
/** Most words that are looked up for a common term. */
const MAX_LOOKED_UP = 6;
/** The bonus for an entry with all words of the question. */
const ALL_WORDS = 1;

/** The terms by priority, among equal ones the rarest first: they are read as long as that does not take too long. */
export function inOrder(terms: readonly Term[]): Term[] {
  return terms.toSorted((a, b) => b.weight - a.weight || a.rows - b.rows);
}

/** The score of each row for the terms of one question. The memory is reused for the next question. */
export class Scores {
  readonly #words: Words;
  readonly #index: WordIndex;
  readonly #weights: Weights;
  readonly #sums: Float32Array;
  /** What the current term has added to each row. Between two terms it serves other purposes. */
  readonly #added: Float32Array;
  /** The terms of each row, one bit each. */
  readonly #terms: Uint16Array;
  readonly #touched: Uint32Array;
  readonly #best = new Best(FEW_ROWS);
  /** By term bits: the fraction of all terms that a row has. */
  readonly #parts = new Float64Array(2 ** MAX_TERMS);
  #count = 0;
  #read = 0;

  constructor(words: Words) {
    const { index } = words;
    const rows = index.wordCounts.length;
    this.#words = words;
    this.#index = index;
    this.#weights = new Weights(index);
    this.#sums = new Float32Array(rows);
    this.#added = new Float32Array(rows);
    this.#terms = new Uint16Array(rows);
    this.#touched = new Uint32Array(rows);
  }

  /** Rows with a score, in no particular order. Like everything that is read here, valid until {@link clear}. */
  get rows(): Uint32Array {
    return this.#touched.subarray(0, this.#count);
  }

  /** The score of a row: its sum, times the fraction of the question that its terms cover. */
  get factors(): { readonly sums: Float32Array; readonly terms: Uint16Array; readonly parts: Float64Array } {
    return { sums: this.#sums, terms: this.#terms, parts: this.#parts };
  }

  /** Whether a row has a term. */
  has(row: number, term: number): boolean {
    return ((this.#terms[row] ?? 0) & (1 << term)) !== 0;
  }

  /**
   * Adds all terms, in the order of {@link inOrder}. Common ones, and those of little weight, are not read unless there is nothing else: they are looked up for
   * the rows with other terms, the best ones if these are many. Rows that nobody wants, such as those of another kind, do not suffice: a rare word that only
   * they have must not hide the answers from the other words.
   */
  add(terms: readonly Term[], isWanted: (row: number) => boolean): void {
    const all = this.#sums.length;
    const values = terms.map(({ ownRows, weight }) => weight * rarity(Math.min(ownRows, all), all));
    this.#setParts(values);
    const late: number[] = [];
    for (const [number, term] of terms.entries()) {
      const isRead = number === 0 || (term.weight === 1 && !this.#words.isCommon(term.rows) && this.#read + term.rows <= MAX_POSTINGS);
      if (isRead) this.#readTerm(term, number, values[number] ?? 0);
      else late.push(number);
    }
    while (late.length > 0 && !this.rows.some(isWanted)) {
      const number = late.shift() ?? 0;
      const term = terms[number];
      if (term !== undefined) this.#readTerm(term, number, values[number] ?? 0);
    }
    if (late.length === 0) return;
    const rows = this.#count <= FEW_ROWS ? this.rows : this.#bestRows();
    for (const number of late) {
      for (const word of (terms[number]?.variants ?? []).slice(0, MAX_LOOKED_UP)) this.#lookUp(word, rows, number, values[number] ?? 0);
    }
  }

  /** Resets the memory for the next question. */
  clear(): void {
    if (this.#count > this.#sums.length / 8) {
      this.#sums.fill(0);
      this.#terms.fill(0);
    } else {
      for (const row of this.rows) {
        this.#sums[row] = 0;
        this.#terms[row] = 0;
      }
    }
    this.#count = 0;
    this.#read = 0;
  }

  /** The fraction of the question that a row covers, by the values of terms. */
  #setParts(values: readonly number[]): void {
    const parts = this.#parts;
    parts[0] = 0;
    for (const [number, value] of values.entries()) {
      const bit = 1 << number;
      for (let bits = 0; bits < bit; bits += 1) parts[bits | bit] = (parts[bits] ?? 0) + value;
    }
    const count = 2 ** values.length;
    const whole = parts[count - 1] ?? 1;
    for (let bits = 1; bits < count; bits += 1) parts[bits] = ((parts[bits] ?? 0) / whole) ** ALL_WORDS;
  }

  #readTerm({ variants }: Term, number: number, value: number): void {
    for (const [place, word] of variants.entries()) {
      const rows = frequency(this.#index, word.id);
      if (place > 0 && this.#read + rows > MAX_POSTINGS) continue;
      this.#read += rows;
      this.#readWord(word, number, value * word.weight);
    }
  }

  /** If several words match one term, the best counts. */
  #readWord({ id, isHost }: RankedWord, number: number, value: number): void {
    if (this.#count === 0 && !isHost) {
      this.#readFirstWord(id, 1 << number, value);
      return;
    }
    const { postings, postingOffsets } = this.#index;
    const [sums, added, terms, touched] = [this.#sums, this.#added, this.#terms, this.#touched];
    const figures = this.#weights.ofPostings(id);
    const start = postingOffsets[id] ?? 0;
    const bit = 1 << number;
    let count = this.#count;
    for (let at = 0; at < figures.length; at += 1) {
      const posting = postings[start + at] ?? 0;
      if (isHost && (posting & 0xff) === NAMESPACE) continue;
      const row = posting >>> 8;
      const score = value * (figures[at] ?? 0);
      const before = terms[row] ?? 0;
      if (before === 0) {
        touched[count] = row;
        count += 1;
        terms[row] = bit;
        added[row] = score;
        sums[row] = score;
        continue;
      }
      const earlier = (before & bit) === 0 ? 0 : (added[row] ?? 0);
      if (score <= earlier) continue;
      terms[row] = before | bit;
      added[row] = score;
      sums[row] = (sums[row] ?? 0) + score - earlier;
    }
    this.#count = count;
  }

  /** The same while no row has a score: a word that nearly every entry has covers most rows of the catalog. */
  #readFirstWord(id: number, bit: number, value: number): void {
    const { postings, postingOffsets } = this.#index;
    const [sums, added, terms, touched] = [this.#sums, this.#added, this.#terms, this.#touched];
    const figures = this.#weights.ofPostings(id);
    const start = postingOffsets[id] ?? 0;
    for (let at = 0; at < figures.length; at += 1) {
      const row = (postings[start + at] ?? 0) >>> 8;
      const score = value * (figures[at] ?? 0);
      touched[at] = row;
      terms[row] = bit;
      added[row] = score;
      sums[row] = score;
    }
    this.#count = figures.length;
  }

  #lookUp({ id, weight, isHost }: RankedWord, rows: Uint32Array, number: number, value: number): void {
    const bit = 1 << number;
    for (const row of rows) {
      const fields = fieldsOf(this.#index, id, row);
      if (fields === 0 || (isHost && fields === NAMESPACE)) continue;
      const score = value * weight * this.#weights.of(row, fields);
      const before = this.#terms[row] ?? 0;
      const earlier = (before & bit) === 0 ? 0 : (this.#added[row] ?? 0);
      if (score <= earlier) continue;
      this.#terms[row] = before | bit;
      this.#added[row] = score;
      this.#sums[row] = (this.#sums[row] ?? 0) + score - earlier;
    }
  }

  /** The rows with the best scores so far. */
  #bestRows(): Uint32Array {
    const [rows, scored, sums, terms, parts] = [this.#touched, this.#added, this.#sums, this.#terms, this.#parts];
    let highest = 0;
    for (let place = 0; place < this.#count; place += 1) {
      const row = rows[place] ?? 0;
      const score = (sums[row] ?? 0) * (parts[terms[row] ?? 0] ?? 0);
      scored[place] = score;
      if (score > highest) highest = score;
    }
    return this.#best.of(scored.subarray(0, this.#count), highest).map((place) => rows[place] ?? 0);
  }
}
