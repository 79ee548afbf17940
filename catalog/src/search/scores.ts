import { NAMESPACE } from './fields.ts';
import { MAX_TERMS, type RankedWord, type Term } from './question.ts';
import { impactOf, rarity, type Impact } from './weights.ts';
import { fieldsOf, frequency, type WordIndex } from './word-index.ts';
import type { Words } from './words.ts';

/** Most postings that are read for one question, so that it takes no more than a millisecond; the first word that stands for a term is read whole. */
const MAX_POSTINGS = 30_000;
/** Of more answers than this only the best are looked up among the rows of common words. */
const FEW_ROWS = 200;
/** Most words that are looked up for a common term. */
const MAX_LOOKED_UP = 6;
/** Steps into which scores are divided to find the best ones. */
const STEPS = 1024;
/** How much it counts that an entry has all words of the question. */
const ALL_WORDS = 1;

/** Those that count first, of these the rarest ones: they are read as long as that does not take too long. */
export function inOrder(terms: readonly Term[]): Term[] {
  return terms.toSorted((a, b) => b.weight - a.weight || a.rows - b.rows);
}

/** What the terms of one question count for each row. The memory is kept for the next question. */
export class Scores {
  readonly #words: Words;
  readonly #index: WordIndex;
  readonly #impact: Impact;
  readonly #sums: Float32Array;
  /** What the term at hand has added to each row. At the end: the scores of touched rows, in their order. */
  readonly #added: Float32Array;
  /** Terms that each row has, one bit each. */
  readonly #terms: Uint16Array;
  readonly #touched: Uint32Array;
  readonly #steps = new Uint32Array(STEPS);
  readonly #candidates = new Uint32Array(FEW_ROWS);
  /** By bits of terms: the part of all terms that a row has. */
  readonly #parts = new Float64Array(2 ** MAX_TERMS);
  #count = 0;
  #read = 0;

  constructor(words: Words) {
    const { index } = words;
    const rows = index.wordCounts.length;
    this.#words = words;
    this.#index = index;
    this.#impact = impactOf(index);
    this.#sums = new Float32Array(rows);
    this.#added = new Float32Array(rows);
    this.#terms = new Uint16Array(rows);
    this.#touched = new Uint32Array(rows);
  }

  /** Rows with a score, in no certain order. Valid until {@link clear}, as all that is read here. */
  get rows(): Uint32Array {
    return this.#touched.subarray(0, this.#count);
  }

  /** Writes the scores of {@link rows}, in their order, and returns them. */
  scored(): Float32Array {
    const [rows, scored, sums, terms, parts] = [this.#touched, this.#added, this.#sums, this.#terms, this.#parts];
    for (let place = 0; place < this.#count; place += 1) {
      const row = rows[place] ?? 0;
      scored[place] = (sums[row] ?? 0) * (parts[terms[row] ?? 0] ?? 0);
    }
    return scored.subarray(0, this.#count);
  }

  /** Whether a row has a term. */
  has(row: number, term: number): boolean {
    return ((this.#terms[row] ?? 0) & (1 << term)) !== 0;
  }

  /**
   * Adds all terms, which come in {@link inOrder}. Common ones, and those of little weight, are not read unless there is nothing else: they are looked up
   * for the rows that have other terms, the best ones where these are many.
   */
  add(terms: readonly Term[]): void {
    const all = this.#sums.length;
    const values = terms.map(({ ownRows, weight }) => weight * rarity(Math.min(ownRows, all), all));
    this.#setParts(values);
    const late: number[] = [];
    for (const [number, term] of terms.entries()) {
      const isRead = number === 0 || (term.weight === 1 && !this.#words.isCommon(term.rows) && this.#read + term.rows <= MAX_POSTINGS);
      if (isRead) this.#readTerm(term, number, values[number] ?? 0);
      else late.push(number);
    }
    if (late.length === 0) return;
    const rows = this.#count <= FEW_ROWS ? this.rows : this.#best();
    for (const number of late) {
      for (const word of (terms[number]?.variants ?? []).slice(0, MAX_LOOKED_UP)) this.#lookUp(word, rows, number, values[number] ?? 0);
    }
  }

  /** Makes room for the next question. */
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

  /** The part of the question that a row answers, by the values of terms. */
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

  /** Of several words for one term the best counts. */
  #readWord({ id, isHost }: RankedWord, number: number, value: number): void {
    const { postings, postingOffsets } = this.#index;
    const [sums, added, terms, touched, impact] = [this.#sums, this.#added, this.#terms, this.#touched, this.#impact];
    const bit = 1 << number;
    const end = postingOffsets[id + 1] ?? 0;
    let count = this.#count;
    const isFirst = count === 0;
    for (let at = postingOffsets[id] ?? 0; at < end; at += 1) {
      const posting = postings[at] ?? 0;
      const fields = posting & 0xff;
      if (isHost && fields === NAMESPACE) continue;
      const row = posting >>> 8;
      const score = value * impact(row, fields);
      const before = isFirst ? 0 : (terms[row] ?? 0);
      if (before === 0) {
        touched[count] = row;
        count += 1;
        terms[row] = bit;
        sums[row] = score;
        added[row] = score;
        continue;
      }
      const earlier = (before & bit) === 0 ? 0 : (added[row] ?? 0);
      if (score <= earlier) continue;
      terms[row] = before | bit;
      sums[row] = (sums[row] ?? 0) + score - earlier;
      added[row] = score;
    }
    this.#count = count;
  }

  #lookUp({ id, weight, isHost }: RankedWord, rows: Uint32Array, number: number, value: number): void {
    const bit = 1 << number;
    for (const row of rows) {
      const fields = fieldsOf(this.#index, id, row);
      if (fields === 0 || (isHost && fields === NAMESPACE)) continue;
      const score = value * weight * this.#impact(row, fields);
      const before = this.#terms[row] ?? 0;
      const earlier = (before & bit) === 0 ? 0 : (this.#added[row] ?? 0);
      if (score <= earlier) continue;
      this.#terms[row] = before | bit;
      this.#added[row] = score;
      this.#sums[row] = (this.#sums[row] ?? 0) + score - earlier;
    }
  }

  /** The rows with the best scores so far, by steps; of the last step the first ones. */
  #best(): Uint32Array {
    const [rows, steps, scored] = [this.rows, this.#steps, this.scored()];
    let highest = 0;
    for (let place = 0; place < scored.length; place += 1) highest = Math.max(highest, scored[place] ?? 0);
    const factor = (STEPS - 1) / highest;
    steps.fill(0);
    for (let place = 0; place < scored.length; place += 1) {
      const step = Math.floor((scored[place] ?? 0) * factor);
      steps[step] = (steps[step] ?? 0) + 1;
    }
    let [least, above] = [STEPS - 1, 0];
    while (least > 0 && above + (steps[least] ?? 0) < FEW_ROWS) {
      above += steps[least] ?? 0;
      least -= 1;
    }
    let [count, room] = [0, FEW_ROWS - above];
    for (let place = 0; place < scored.length; place += 1) {
      const step = Math.floor((scored[place] ?? 0) * factor);
      if (step < least || (step === least && room === 0)) continue;
      if (step === least) room -= 1;
      this.#candidates[count] = rows[place] ?? 0;
      count += 1;
    }
    return this.#candidates.subarray(0, count);
  }
}
