import { stem } from 'porter2';
import { typosOf } from './typos.ts';
import { findWord, frequency, wordAt, wordCount, wordsFrom, type WordIndex } from './word-index.ts';
import type { Words } from './words.ts';

/** A word of the index that matches a word of a question. */
export interface Variant {
  readonly id: number;
  /** 1 for the word itself, less for similar ones. */
  readonly weight: number;
}

/** The minimum weight of a word in one of its forms. */
export const OWN_WEIGHT = 0.9;
const STEM_WEIGHT = OWN_WEIGHT;
const PREFIX_WEIGHT = 0.5;
const TYPO_WEIGHT = 0.5;
/** Shortest words for prefix matches, and for typos; in characters. */
const MIN_PREFIX = 2;
const MIN_TYPO = 4;
/** A word that, with its other forms, at most so many entries have may be a typo. */
const MAX_TYPO_ROWS = 2;
/** Most words that are examined for one stem, and most that match one word. */
const MAX_STEM_WORDS = 200;
const MAX_VARIANTS = 32;
/** Endings are no longer than "izations", in letters. */
const LONGEST_ENDING = 8;
/** Bytes between the words of a tool's name. */
const SEPARATORS = new Set(Buffer.from('_-./:'));
/** Characters of scripts without spaces between words. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7a3\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

/**
 * The words that match a word of a question, the best first: the word itself, its other forms, words that begin with it, and those of which it may be a typo.
 */
export function variantsOf({ index, endings }: Words, word: string): readonly Variant[] {
  const found = new Map<number, number>();
  const add = (id: number, weight: number): void => {
    if (id >= 0 && !found.has(id)) found.set(id, weight);
  };
  add(findWord(index, Buffer.from(word)), 1);
  for (const id of sameStem(index, word)) add(id, STEM_WEIGHT);
  const rows = rowsOf(index, found.keys());
  if (word.length >= MIN_PREFIX) {
    for (const id of mostFrequent(index, wordsFrom(index, Buffer.from(word)))) {
      add(id, PREFIX_WEIGHT * Math.sqrt(word.length / Math.max(word.length, wordAt(index, id).length)));
    }
  }
  if (UNSPACED.test(word)) for (const id of wordsAround(index, word)) add(id, PREFIX_WEIGHT);
  else if (word.length >= MIN_TYPO && rows <= MAX_TYPO_ROWS) {
    // If more than a few words begin with it, they are what was meant.
    if (rowsOf(index, found.keys()) <= MAX_TYPO_ROWS) for (const id of typosOf(index, endings, word)) add(id, TYPO_WEIGHT);
  }
  return [...found].map(([id, weight]) => ({ id, weight })).sort((a, b) => b.weight - a.weight);
}

/** Words with the same stem in English. They begin like the stem, except for its last letter ("query", "queries"). */
function sameStem(index: WordIndex, word: string): number[] {
  if (!/^[a-z]{3,}$/.test(word)) return [];
  const wanted = stem(word);
  const beginning = wanted.slice(0, Math.max(3, wanted.length - 1));
  const [from, to] = wordsFrom(index, Buffer.from(beginning));
  const same: number[] = [];
  for (let id = from; id < Math.min(to, from + MAX_STEM_WORDS); id += 1) {
    const length = (index.wordOffsets[id + 1] ?? 0) - (index.wordOffsets[id] ?? 0) - 1;
    if (length <= wanted.length + LONGEST_ENDING && stem(wordAt(index, id)) === wanted) same.push(id);
  }
  return same;
}

/** From a range of words the most frequent ones; among equally frequent ones the first. */
function mostFrequent(index: WordIndex, [from, to]: readonly [number, number]): number[] {
  const ids: number[] = [];
  let least = 0;
  for (let id = from; id < to; id += 1) {
    const rows = frequency(index, id);
    if ((ids.length === MAX_VARIANTS && rows <= least) || isSeveral(index, id)) continue;
    if (ids.length === MAX_VARIANTS) ids.pop();
    let place = ids.length;
    while (place > 0 && frequency(index, ids[place - 1] ?? 0) < rows) place -= 1;
    ids.splice(place, 0, id);
    least = frequency(index, ids.at(-1) ?? 0);
  }
  return ids;
}

/** Whether it is a tool's name of several words, each of which is also indexed. */
function isSeveral({ words, wordOffsets }: WordIndex, id: number): boolean {
  const end = (wordOffsets[id + 1] ?? 0) - 1;
  for (let at = wordOffsets[id] ?? 0; at < end; at += 1) if (SEPARATORS.has(words[at] ?? 0)) return true;
  return false;
}

/** Words that contain another one. */
function wordsAround(index: WordIndex, word: string): number[] {
  const bytes = Buffer.from(word);
  const ids: number[] = [];
  let id = 0;
  for (let at = index.words.indexOf(bytes); at >= 0 && ids.length < MAX_VARIANTS; at = index.words.indexOf(bytes, at + 1)) {
    while (id < wordCount(index) && (index.wordOffsets[id + 1] ?? 0) <= at) id += 1;
    if (ids.at(-1) !== id) ids.push(id);
  }
  return ids;
}

/** In how many rows words occur, counting rows with two of them twice. */
function rowsOf(index: WordIndex, ids: Iterable<number>): number {
  let rows = 0;
  for (const id of ids) rows += frequency(index, id);
  return rows;
}
