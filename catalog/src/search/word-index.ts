import type { Dictionary, RowWords } from './vocabulary.ts';
import { entryOf, OTHER_WORDS } from './vocabulary.ts';

/** The index of a block as arrays over its memory. Words are sorted by their bytes. */
export interface WordIndex {
  /** A line feed before each word and after the last one. */
  readonly words: Buffer;
  /** Where each word begins, and where another one would begin. */
  readonly wordOffsets: Uint32Array;
  /** For each word the rows that have it, in order: the row (24 bits) and the fields (8 bits) in one number. */
  readonly postings: Uint32Array;
  readonly postingOffsets: Uint32Array;
  /** Number of words of each row, at most 255. */
  readonly wordCounts: Uint8Array;
  /** For each row the number of words in its name (4 bits) and in its title (4 bits), at most 15. */
  readonly nameCounts: Uint8Array;
}

/** Number of words. */
export function wordCount({ wordOffsets }: WordIndex): number {
  return wordOffsets.length - 1;
}

/** A word by its number. */
export function wordAt({ words, wordOffsets }: WordIndex, id: number): string {
  return id < wordOffsets.length - 1 ? words.toString('utf8', wordOffsets[id], (wordOffsets[id + 1] ?? 0) - 1) : OTHER_WORDS;
}

/** How many rows have a word. */
export function frequency({ postingOffsets }: WordIndex, id: number): number {
  return (postingOffsets[id + 1] ?? 0) - (postingOffsets[id] ?? 0);
}

/** The fields in which a row has a word; 0 if it does not. */
export function fieldsOf({ postings, postingOffsets }: WordIndex, id: number, row: number): number {
  let low = postingOffsets[id] ?? 0;
  const end = postingOffsets[id + 1] ?? 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((postings[middle] ?? 0) >>> 8 < row) low = middle + 1;
    else high = middle;
  }
  const posting = low < end ? (postings[low] ?? 0) : 0;
  return low < end && posting >>> 8 === row ? posting & 0xff : 0;
}

/** The number of the word with these bytes; -1 when there is none. */
export function findWord(index: WordIndex, bytes: Buffer): number {
  const id = firstFrom(index, bytes);
  if (id >= wordCount(index)) return -1;
  const [from, to] = [index.wordOffsets[id] ?? 0, (index.wordOffsets[id + 1] ?? 0) - 1];
  return index.words.compare(bytes, 0, bytes.length, from, to) === 0 ? id : -1;
}

/** The words that begin with these bytes, as a range with exclusive end. */
export function wordsFrom(index: WordIndex, prefix: Buffer): readonly [from: number, to: number] {
  const behind = Buffer.from(prefix);
  // UTF-8 contains no byte 255, so there is no carry.
  if (behind.length > 0) behind[behind.length - 1] = (behind.at(-1) ?? 0) + 1;
  return [firstFrom(index, prefix), prefix.length === 0 ? wordCount(index) : firstFrom(index, behind)];
}

/** The first word that is not before these bytes. */
function firstFrom(index: WordIndex, bytes: Buffer): number {
  const { words, wordOffsets } = index;
  let [low, high] = [0, wordCount(index)];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (words.compare(bytes, 0, bytes.length, wordOffsets[middle], (wordOffsets[middle + 1] ?? 0) - 1) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index inverted again: the words of each row, to be copied into another block. */
export function rowWords(index: WordIndex): RowWords & { readonly offsets: Uint32Array } {
  const { postings, postingOffsets, wordCounts } = index;
  const offsets = new Uint32Array(wordCounts.length + 1);
  for (const posting of postings) offsets[(posting >>> 8) + 1] = (offsets[(posting >>> 8) + 1] ?? 0) + 1;
  for (let row = 1; row < offsets.length; row += 1) offsets[row] = (offsets[row] ?? 0) + (offsets[row - 1] ?? 0);
  const next = offsets.slice(0, -1);
  const entries = new Uint32Array(postings.length);
  for (let word = 0; word < wordCount(index); word += 1) {
    for (let at = postingOffsets[word] ?? 0; at < (postingOffsets[word + 1] ?? 0); at += 1) {
      const posting = postings[at] ?? 0;
      const place = next[posting >>> 8] ?? 0;
      entries[place] = entryOf(word, posting & 0xff);
      next[posting >>> 8] = place + 1;
    }
  }
  const dictionary: Dictionary = { size: wordCount(index), word: (id) => wordAt(index, id) };
  return { dictionary, entries, offsets };
}
