import { bytesOf, sectionOf, type Section } from './column-builders.ts';
import { NAME, TITLE } from '../search/fields.ts';
import { entryOf, OTHER_WORDS, Vocabulary, type Dictionary, type RowWords } from '../search/vocabulary.ts';

/** Most rows: a posting has 24 bits for one. */
const MAX_ROWS = 2 ** 24;
/** Comes before each word and after the last one. */
const SEPARATOR = 0x0a;

/** The sections of the index. */
export type WordSection = 'words' | 'wordOffsets' | 'postings' | 'postingOffsets' | 'wordCounts' | 'nameCounts';

interface TranslatedRun extends Pick<RowWords, 'dictionary' | 'entries'> {
  /** The numbers of the dictionary's words here. */
  readonly translation: Int32Array;
}

/**
 * The words of all rows, inverted: for each word, in the order of bytes, the rows that have it. Added runs are read at the end, twice: a copy of them would be
 * as large as the index.
 */
export class WordColumn {
  readonly #vocabulary = new Vocabulary();
  /** Returns the number here for one of another dictionary. */
  readonly #translated = new Map<Dictionary, Int32Array>();
  readonly #runs: (readonly RowWords[])[] = [];

  /** Adds neighboring rows. Their words must not change until {@link sections}. */
  add(runs: readonly RowWords[]): void {
    this.#runs.push(runs);
  }

  sections(): Record<WordSection, Section> {
    const { frequencies, rows } = this.#counted();
    if (rows > MAX_ROWS) throw new Error(`${rows} rows are more than the ${MAX_ROWS} that can be indexed`);
    const { order, words, wordOffsets } = this.#sorted();
    const postingOffsets = new Uint32Array(order.length + 1);
    for (const [id, place] of order.entries()) postingOffsets[place + 1] = frequencies[id] ?? 0;
    for (let word = 1; word < postingOffsets.length; word += 1) {
      postingOffsets[word] = (postingOffsets[word] ?? 0) + (postingOffsets[word - 1] ?? 0);
    }
    const next = postingOffsets.slice(0, -1);
    const postings = new Uint32Array(postingOffsets.at(-1) ?? 0);
    const counts = new Uint8Array(rows);
    const nameCounts = new Uint8Array(rows);
    this.#eachRow(({ translation, entries }, row, from, to) => {
      counts[row] = Math.min(to - from, 255);
      let [inName, inTitle] = [0, 0];
      for (let at = from; at < to; at += 1) {
        const entry = entries[at] ?? 0;
        const word = order[translation[entry >>> 8] ?? 0] ?? 0;
        const place = next[word] ?? 0;
        postings[place] = entryOf(row, entry & 0xff);
        next[word] = place + 1;
        if ((entry & NAME) !== 0) inName += 1;
        if ((entry & TITLE) !== 0) inTitle += 1;
      }
      nameCounts[row] = Math.min(inName, 15) | (Math.min(inTitle, 15) << 4);
    });
    return {
      words: sectionOf(words),
      wordOffsets: sectionOf(bytesOf(wordOffsets)),
      postings: sectionOf(bytesOf(postings)),
      postingOffsets: sectionOf(bytesOf(postingOffsets)),
      wordCounts: sectionOf(counts),
      nameCounts: sectionOf(nameCounts),
    };
  }

  /** Numbers all words, and counts the rows of each. */
  #counted(): { frequencies: Uint32Array; rows: number } {
    let frequencies = new Uint32Array(1024);
    let rows = 0;
    this.#eachRow(({ dictionary, translation, entries }, row, from, to) => {
      rows = row + 1;
      for (let at = from; at < to; at += 1) {
        const given = (entries[at] ?? 0) >>> 8;
        let id = translation[given] ?? -1;
        if (id < 0) {
          id = this.#vocabulary.idOf(dictionary.word(given));
          translation[given] = id;
        }
        if (id >= frequencies.length) {
          const larger = new Uint32Array(frequencies.length * 2);
          larger.set(frequencies);
          frequencies = larger;
        }
        frequencies[id] = (frequencies[id] ?? 0) + 1;
      }
    });
    return { frequencies, rows };
  }

  /** Iterates over all rows: the words of each are a range of entries of its run with exclusive end. */
  #eachRow(use: (run: TranslatedRun, row: number, from: number, to: number) => void): void {
    let row = 0;
    for (const runs of this.#runs) {
      for (const { dictionary, entries, offsets } of runs) {
        const run = { dictionary, entries, translation: this.#translationOf(dictionary) };
        for (let at = 1; at < offsets.length; at += 1) {
          use(run, row, offsets[at - 1] ?? 0, offsets[at] ?? 0);
          row += 1;
        }
      }
    }
  }

  /** The words one after the other, where each begins, and the place of each word of the vocabulary. */
  #sorted(): { order: Uint32Array; words: Uint8Array; wordOffsets: Uint32Array } {
    const words = this.#vocabulary.words();
    const sorted = sortedByBytes(this.#vocabulary);
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
    if (known !== undefined) return known;
    const translation = new Int32Array(dictionary.size).fill(-1);
    this.#translated.set(dictionary, translation);
    return translation;
  }
}

/**
 * Numbers of words in the order of their UTF-8 bytes. That equals the order of strings except for surrogate pairs. If it is equal, the engine's own sort is
 * used: a comparison function of ours would be called so often that it is optimized even for a small catalog, see eachWord.
 */
function sortedByBytes(vocabulary: Vocabulary): number[] {
  const words = vocabulary.words();
  const hasPairs = words.some((word) => /[\ud800-\udfff]/.test(word));
  if (!hasPairs) return words.toSorted().map((word) => vocabulary.idOf(word));
  const bytes = words.map((word) => Buffer.from(word));
  return [...words.keys()].sort((a, b) => Buffer.compare(bytes[a] ?? Buffer.alloc(0), bytes[b] ?? Buffer.alloc(0)));
}
