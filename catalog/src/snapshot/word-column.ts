import { bytesOf, type Section } from './column-builders.ts';
import { NAME, TITLE } from '../search/fields.ts';
import { entryOf, NumberList, OTHER_WORDS, Vocabulary, type Dictionary, type RowWords } from '../search/vocabulary.ts';

/** Most rows: a posting has 24 bits for one. */
const MAX_ROWS = 2 ** 24;
/** Stands before each word and behind the last one. */
const SEPARATOR = 0x0a;

/** The sections of the index. */
export type WordSection = 'words' | 'wordOffsets' | 'postings' | 'postingOffsets' | 'wordCounts' | 'nameCounts';

/** The words of all rows, turned around: for each word, in the order of bytes, the rows that have it. */
export class WordColumn {
  readonly #vocabulary = new Vocabulary();
  /** What a number of another dictionary is here. */
  readonly #translated = new WeakMap<Dictionary, Int32Array>();
  /** Entries of all rows, by the vocabulary here. */
  readonly #entries = new NumberList();
  readonly #ends: number[] = [0];

  add(runs: readonly RowWords[]): void {
    for (const { dictionary, entries, offsets } of runs) {
      const translation = this.#translationOf(dictionary);
      for (let row = 1; row < offsets.length; row += 1) {
        for (let at = offsets[row - 1] ?? 0; at < (offsets[row] ?? 0); at += 1) {
          const entry = entries[at] ?? 0;
          const given = entry >>> 8;
          let id = translation[given] ?? -1;
          if (id < 0) {
            id = this.#vocabulary.idOf(dictionary.word(given));
            translation[given] = id;
          }
          this.#entries.push(entryOf(id, entry & 0xff));
        }
        this.#ends.push(this.#entries.length);
      }
    }
  }

  sections(): Record<WordSection, Section> {
    const rows = this.#ends.length - 1;
    if (rows > MAX_ROWS) throw new Error(`${rows} rows are more than the ${MAX_ROWS} that can be indexed`);
    const { order, words, wordOffsets } = this.#sorted();
    const entries = this.#entries.numbers;
    const postingOffsets = new Uint32Array(order.length + 1);
    for (const entry of entries) {
      const place = (order[entry >>> 8] ?? 0) + 1;
      postingOffsets[place] = (postingOffsets[place] ?? 0) + 1;
    }
    for (let word = 1; word < postingOffsets.length; word += 1) {
      postingOffsets[word] = (postingOffsets[word] ?? 0) + (postingOffsets[word - 1] ?? 0);
    }
    const next = postingOffsets.slice(0, -1);
    const postings = new Uint32Array(entries.length);
    const counts = new Uint8Array(rows);
    const nameCounts = new Uint8Array(rows);
    for (let row = 0; row < rows; row += 1) {
      const [from, to] = [this.#ends[row] ?? 0, this.#ends[row + 1] ?? 0];
      counts[row] = Math.min(to - from, 255);
      let [inName, inTitle] = [0, 0];
      for (let at = from; at < to; at += 1) {
        const entry = entries[at] ?? 0;
        const word = order[entry >>> 8] ?? 0;
        const place = next[word] ?? 0;
        postings[place] = entryOf(row, entry & 0xff);
        next[word] = place + 1;
        if ((entry & NAME) !== 0) inName += 1;
        if ((entry & TITLE) !== 0) inTitle += 1;
      }
      nameCounts[row] = Math.min(inName, 15) | (Math.min(inTitle, 15) << 4);
    }
    return {
      words: [words],
      wordOffsets: [bytesOf(wordOffsets)],
      postings: [bytesOf(postings)],
      postingOffsets: [bytesOf(postingOffsets)],
      wordCounts: [counts],
      nameCounts: [nameCounts],
    };
  }

  /** The words one behind the other, where each begins, and for each number of the vocabulary the place of its word. */
  #sorted(): { order: Uint32Array; words: Uint8Array; wordOffsets: Uint32Array } {
    const words = this.#vocabulary.words();
    const sorted = sortedByBytes(words);
    const order = new Uint32Array(words.length);
    const wordOffsets = new Uint32Array(words.length + 1);
    const text = Buffer.from(`\n${sorted.map((id) => words[id] ?? OTHER_WORDS).join('\n')}${sorted.length === 0 ? '' : '\n'}`);
    let at = 1;
    for (const [place, id] of sorted.entries()) {
      order[id] = place;
      wordOffsets[place] = at;
      at = text.indexOf(SEPARATOR, at) + 1;
    }
    wordOffsets[words.length] = at;
    return { order, words: text, wordOffsets };
  }

  #translationOf(dictionary: Dictionary): Int32Array {
    const known = this.#translated.get(dictionary);
    // A vocabulary grows as long as entries are read, a little for each run.
    if (known !== undefined && known.length >= dictionary.size) return known;
    const translation = new Int32Array(known === undefined ? dictionary.size : dictionary.size * 2).fill(-1);
    if (known !== undefined) translation.set(known);
    this.#translated.set(dictionary, translation);
    return translation;
  }
}

/** Numbers of words in the order of their bytes in UTF-8. That of texts is the same but for what takes two units of UTF-16. */
function sortedByBytes(words: readonly string[]): number[] {
  const ids = [...words.keys()];
  const hasPairs = words.some((word) => /[\ud800-\udfff]/.test(word));
  const text = (id: number): string => words[id] ?? OTHER_WORDS;
  if (!hasPairs) return ids.sort((a, b) => (text(a) < text(b) ? -1 : 1));
  const bytes = words.map((word) => Buffer.from(word));
  return ids.sort((a, b) => Buffer.compare(bytes[a] ?? Buffer.alloc(0), bytes[b] ?? Buffer.alloc(0)));
}
