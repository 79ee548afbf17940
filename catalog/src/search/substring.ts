import { SEARCHED } from './fields.ts';
import { eachWord } from './tokens.ts';
import { frequency, wordAt, wordCount, type WordIndex } from './word-index.ts';
import { OTHER_WORDS } from './vocabulary.ts';

/** Most parts of a text that are looked up, those that the fewest rows have. */
const MAX_PARTS = 8;
/** So many words are found one by one; where more have the part, all words are looked at in one go. */
const MANY_WORDS = 256;
/** A part whose words are in the rows more often than this many times is in most rows: looking at these is as quick. */
const MAX_ROWS_TIMES = 2;
const SEPARATOR = '\n';

/** Rows in which a text may stand. */
export interface RowSet {
  /** The first one from a row on; the number of all rows where there is none. */
  next(row: number): number;
  /** No other rows are in it. */
  readonly exact: boolean;
}

/**
 * The rows that have a text in a field that `search` looks at, by their words: what comes first in the text is the end of a word, what comes
 * last the beginning of one, and what stands between is a word. `text` is in lower case. Undefined where the text has no part of a word, or only such
 * as most rows have.
 */
export function rowsWithText(index: WordIndex, text: string): RowSet | undefined {
  const parts = partsOf(text);
  const hasOthers = wordCount(index) > 0 && wordAt(index, 0) === OTHER_WORDS;
  const found = parts
    .map((part) => {
      const words = wordsWith(index, part);
      if (hasOthers && words[0] !== 0) words.unshift(0);
      return { words, rows: words.reduce((sum, id) => sum + frequency(index, id), 0) };
    })
    .filter(({ rows }) => rows <= index.wordCounts.length * MAX_ROWS_TIMES)
    .toSorted((a, b) => a.rows - b.rows)
    .slice(0, MAX_PARTS);
  if (found.length === 0) return undefined;
  const marks = Buffer.alloc(index.wordCounts.length);
  for (const [mark, { words }] of found.entries()) for (const id of words) markRows(index, id, marks, mark);
  const all = found.length;
  const next = (row: number): number => {
    if (marks[row] === all) return row;
    const found = marks.indexOf(all, row);
    return found < 0 ? marks.length : found;
  };
  return { next, exact: parts.length === 1 && parts[0] === text && !hasOthers };
}

/** The parts of a text as they stand among the words: with a separator where a word has to begin or to end. Each once. */
function partsOf(text: string): string[] {
  const parts = new Set<string>();
  eachWord(text, (from, to) => {
    parts.add(`${from === 0 ? '' : SEPARATOR}${text.slice(from, to)}${to === text.length ? '' : SEPARATOR}`);
  });
  return [...parts];
}

/** The words that have a part, in order. */
function wordsWith(index: WordIndex, part: string): number[] {
  const { words, wordOffsets } = index;
  const bytes = Buffer.from(part);
  const found: number[] = [];
  let id = 0;
  for (let at = words.indexOf(bytes); at >= 0; at = words.indexOf(bytes, (wordOffsets[id] ?? 0) - 1)) {
    // A part may begin with the separator before the word.
    const inside = part.startsWith(SEPARATOR) ? at + 1 : at;
    id = wordOver(wordOffsets, inside, id);
    found.push(id);
    id += 1;
    if (id >= wordCount(index)) break;
    if (found.length >= MANY_WORDS) return collectFrom(index, bytes, id, found);
  }
  return found;
}

/** The word in which a byte stands, from a number on. */
function wordOver(offsets: Uint32Array, byte: number, from: number): number {
  let [low, high] = [from, offsets.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((offsets[middle + 1] ?? 0) <= byte) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same byte by byte: a call for each of thousands of words takes longer. */
function collectFrom(index: WordIndex, bytes: Buffer, from: number, found: number[]): number[] {
  const { words, wordOffsets } = index;
  const [first = 0] = bytes;
  for (let id = from; id < wordCount(index); id += 1) {
    // With the separators around the word.
    const last = (wordOffsets[id + 1] ?? 0) - bytes.length;
    for (let at = (wordOffsets[id] ?? 0) - 1; at <= last; at += 1) {
      if (words[at] !== first) continue;
      let same = 1;
      while (same < bytes.length && words[at + same] === bytes[same]) same += 1;
      if (same < bytes.length) continue;
      found.push(id);
      break;
    }
  }
  return found;
}

/** Marks the rows that have a word where `search` looks, of those that have so many marks already. */
function markRows({ postings, postingOffsets }: WordIndex, id: number, marks: Uint8Array, mark: number): void {
  const end = postingOffsets[id + 1] ?? 0;
  for (let at = postingOffsets[id] ?? 0; at < end; at += 1) {
    const posting = postings[at] ?? 0;
    if ((posting & SEARCHED) !== 0 && marks[posting >>> 8] === mark) marks[posting >>> 8] = mark + 1;
  }
}
