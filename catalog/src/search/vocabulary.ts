/** Most distinct words. Far more than real catalogs have, and few enough for the memory of a pod. */
export const MAX_WORDS = 500_000;
/** Stands for the words of a row that are not in the index: such a row has to be searched itself. Sorts first. */
export const OTHER_WORDS = '';

/** Words by number. */
export interface Dictionary {
  readonly size: number;
  word(id: number): string;
}

/** The words of neighboring rows. A build has one of these for each row: separate memory for each, however small, would exceed that of all words. */
export interface RowWords {
  /** Shared by many runs of the same build or block. */
  readonly dictionary: Dictionary;
  /** {@link entryOf} each; those of one row are contiguous, among those of other rows. */
  readonly entries: Uint32Array;
  /** Where the entries of each row begin, and where the last ones end. */
  readonly offsets: ArrayLike<number>;
}

/** The words of one row, in the smallest possible object. */
export class WordsOfRow implements RowWords {
  readonly dictionary: Dictionary;
  readonly entries: Uint32Array;
  readonly #from: number;
  readonly #to: number;

  constructor(dictionary: Dictionary, entries: Uint32Array, from: number, to: number) {
    this.dictionary = dictionary;
    this.entries = entries;
    this.#from = from;
    this.#to = to;
  }

  get offsets(): readonly [from: number, to: number] {
    return [this.#from, this.#to];
  }
}

/** The number of a word (24 bits) and its fields in a row (8 bits), as one number. */
export function entryOf(id: number, fields: number): number {
  return ((id << 8) | fields) >>> 0;
}

/** Numbers words in order of appearance. */
export class Vocabulary implements Dictionary {
  readonly #ids = new Map<string, number>();
  readonly #words: string[] = [];

  get size(): number {
    return this.#words.length;
  }

  word(id: number): string {
    return this.#words[id] ?? OTHER_WORDS;
  }

  /** The number of a word; that of {@link OTHER_WORDS} if there are too many. */
  idOf(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    if (this.#words.length >= MAX_WORDS && word !== OTHER_WORDS) return this.idOf(OTHER_WORDS);
    const id = this.#words.push(word) - 1;
    this.#ids.set(word, id);
    return id;
  }

  words(): readonly string[] {
    return this.#words;
  }
}

/** A growing list of numbers with little overhead. */
export class NumberList {
  #numbers = new Uint32Array(1024);
  length = 0;

  push(number: number): void {
    if (this.length === this.#numbers.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.length] = number;
    this.length += 1;
  }

  get numbers(): Uint32Array {
    return this.#numbers.subarray(0, this.length);
  }
}
