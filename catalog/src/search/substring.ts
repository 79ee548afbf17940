import { NAME, NAMESPACE, SEARCHED } from './fields.ts';
import { eachWord } from './tokens.ts';
import { findWord, frequency, wordAt, wordCount, wordsFrom, type WordIndex } from './word-index.ts';
import { OTHER_WORDS } from './vocabulary.ts';

/** Most parts of a text that are looked up, those with the fewest rows first. */
const MAX_PARTS = 8;
/** Up to so many words are found one by one; if more contain the part, all words are scanned in one go. */
const MANY_WORDS = 256;
/** A part is in most rows if its words occur more often than this many times the number of rows: scanning the rows is as fast. */
const MAX_ROWS_TIMES = 2;
/** A part with more than this many times the rows of the rarest one is not looked up: scanning the remaining rows is faster. */
const MAX_TIMES_RAREST = 50;
const SEPARATOR = '\n';

/** Rows that may contain a text. */
export interface RowSet {
  /** The first one from a row on; the number of all rows if there is none. */
  next(row: number): number;
  /** Whether exactly these rows contain it. */
  readonly exact: boolean;
}

/**
 * The rows that contain a text in a field that `search` looks at, by their words: the beginning of the text is the end of a word, its end the beginning of one,
 * and the middle consists of whole words. `text` is in lower case. Undefined if the text has no part of a word, or only such as most rows have.
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
    .filter(({ rows }, place, [rarest]) => place < MAX_PARTS && rows <= MAX_TIMES_RAREST * (rarest?.rows ?? 0));
  if (found.length === 0) return undefined;
  const isOverSlash = text.includes('/');
  let fields = new Uint8Array(index.wordCounts.length).fill(0xff);
  let narrower = new Uint8Array(fields.length);
  for (const { words } of found) {
    for (const id of words) narrow(index, id, { fields, narrower, isOverSlash });
    [fields, narrower] = [narrower, fields];
    narrower.fill(0);
  }
  const next = (row: number): number => {
    let at = row;
    while (at < fields.length && fields[at] === 0) at += 1;
    return at;
  };
  return { next, exact: parts.length === 1 && parts[0] === text && !hasOthers };
}

/** The parts of a text as they occur among the words: with a separator where a word has to begin or to end. Without repetition. */
function partsOf(text: string): string[] {
  const parts = new Set<string>();
  eachWord(text, (from, to) => {
    parts.add(`${from === 0 ? '' : SEPARATOR}${text.slice(from, to)}${to === text.length ? '' : SEPARATOR}`);
  });
  return [...parts];
}

/** The words that contain a part, in order. */
function wordsWith(index: WordIndex, part: string): number[] {
  if (part.startsWith(SEPARATOR)) return wordsThatBegin(index, part.slice(SEPARATOR.length));
  const { words, wordOffsets } = index;
  const bytes = Buffer.from(part);
  const found: number[] = [];
  let id = 0;
  for (let at = words.indexOf(bytes); at >= 0; at = words.indexOf(bytes, (wordOffsets[id] ?? 0) - 1)) {
    id = wordOver(wordOffsets, at, id);
    found.push(id);
    id += 1;
    if (id >= wordCount(index)) break;
    if (found.length >= MANY_WORDS) return collectFrom(index, bytes, id, found);
  }
  return found;
}

/** The same for a part at the beginning of a word, without its separator: words are sorted. */
function wordsThatBegin(index: WordIndex, part: string): number[] {
  if (part.endsWith(SEPARATOR)) {
    const id = findWord(index, Buffer.from(part.slice(0, -SEPARATOR.length)));
    return id < 0 ? [] : [id];
  }
  const [from, to] = wordsFrom(index, Buffer.from(part));
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}

/** The word that contains a byte, starting from a number. */
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
    // Including the separators around the word.
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

/** The fields in which rows may contain a text, before and after one of its parts was looked up. */
interface Narrowing {
  readonly fields: Uint8Array;
  readonly narrower: Uint8Array;
  /** The text may begin in the namespace and end in the name. */
  readonly isOverSlash: boolean;
}

/** The remaining fields if rows need to have a word in them: no text spans two fields. */
function narrow({ postings, postingOffsets }: WordIndex, id: number, { fields, narrower, isOverSlash }: Narrowing): void {
  const end = postingOffsets[id + 1] ?? 0;
  for (let at = postingOffsets[id] ?? 0; at < end; at += 1) {
    const posting = postings[at] ?? 0;
    const row = posting >>> 8;
    const own = posting & SEARCHED;
    const reached = isOverSlash && (own & (NAME | NAMESPACE)) !== 0 ? own | NAME | NAMESPACE : own;
    narrower[row] = (narrower[row] ?? 0) | (reached & (fields[row] ?? 0));
  }
}
