import { wordCount, type WordIndex } from './word-index.ts';

/** Number of lists of words: enough that few words share one, and few enough to create at once. */
const LISTS = 4096;

/** Finds words by their length and their last two bytes. */
export class Endings {
  readonly #offsets = new Uint32Array(LISTS + 1);
  readonly #ids: Uint32Array;

  constructor(index: WordIndex) {
    const count = wordCount(index);
    this.#ids = new Uint32Array(count);
    const lists = new Uint16Array(count);
    for (let id = 0; id < count; id += 1) {
      const end = (index.wordOffsets[id + 1] ?? 0) - 1;
      const list = listOf(index.words, end, end - (index.wordOffsets[id] ?? 0));
      lists[id] = list;
      this.#offsets[list + 1] = (this.#offsets[list + 1] ?? 0) + 1;
    }
    for (let list = 1; list <= LISTS; list += 1) this.#offsets[list] = (this.#offsets[list] ?? 0) + (this.#offsets[list - 1] ?? 0);
    const next = this.#offsets.slice(0, -1);
    for (let id = 0; id < count; id += 1) {
      const list = lists[id] ?? 0;
      const place = next[list] ?? 0;
      this.#ids[place] = id;
      next[list] = place + 1;
    }
  }

  /** Words of a length, in bytes, that end like another word; may include some that do not. */
  alike(word: Buffer, length: number): Uint32Array {
    const list = listOf(word, word.length, length);
    return this.#ids.subarray(this.#offsets[list], this.#offsets[list + 1]);
  }
}

/** The list for a word of a length with these two bytes before its end. */
function listOf(bytes: Buffer, end: number, length: number): number {
  const [last, before] = [bytes[end - 1] ?? 0, bytes[end - 2] ?? 0];
  return (last + before * 37 + length * 613) % LISTS;
}
