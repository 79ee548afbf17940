import type { Endings } from './endings.ts';
import { findWord, wordsFrom, type WordIndex } from './word-index.ts';

/** Most words of which one may be a typo. */
const MAX_FOUND = 16;
/** Either the typo is in the first letters and the end is correct, or the first letters are correct. */
const FIRST = 2;

/**
 * The words that differ from one by one typo: an additional, missing or wrong letter, or two swapped neighbors. Letters are bytes here: outside ASCII only
 * single-byte differences count. The word has at least four bytes.
 */
export function typosOf(index: WordIndex, endings: Endings, word: string): number[] {
  const wanted = Buffer.from(word);
  const found: number[] = [];
  const look = (id: number): void => {
    const start = index.wordOffsets[id] ?? 0;
    const length = (index.wordOffsets[id + 1] ?? 0) - 1 - start;
    if (Math.abs(length - wanted.length) > 1 || found.length >= MAX_FOUND) return;
    if (isOneSlip(index.words, start, length, wanted) && !found.includes(id)) found.push(id);
  };
  // Two letters that are neighbors across that border.
  const swapped = Buffer.from(wanted);
  swapped[FIRST - 1] = wanted[FIRST] ?? 0;
  swapped[FIRST] = wanted[FIRST - 1] ?? 0;
  const other = findWord(index, swapped);
  if (other >= 0) look(other);
  const [from, to] = wordsFrom(index, wanted.subarray(0, FIRST));
  for (let id = from; id < to; id += 1) look(id);
  for (let length = wanted.length - 1; length <= wanted.length + 1; length += 1) {
    for (const id of endings.alike(wanted, length)) look(id);
  }
  return found.sort((a, b) => a - b);
}

function isOneSlip(words: Buffer, start: number, length: number, wanted: Buffer): boolean {
  let at = 0;
  while (at < length && at < wanted.length && words[start + at] === wanted[at]) at += 1;
  if (length > wanted.length) return isSame(words, start + at + 1, wanted, at, length - at - 1);
  if (length < wanted.length) return isSame(words, start + at, wanted, at + 1, length - at);
  if (isSame(words, start + at + 1, wanted, at + 1, length - at - 1)) return true;
  const isSwapped = words[start + at] === wanted[at + 1] && words[start + at + 1] === wanted[at];
  return isSwapped && isSame(words, start + at + 2, wanted, at + 2, length - at - 2);
}

function isSame(a: Buffer, aFrom: number, b: Buffer, bFrom: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (a[aFrom + at] !== b[bFrom + at]) return false;
  return true;
}
