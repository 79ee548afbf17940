import { rowsWithText, type RowSet } from '../search/substring.ts';
import type { Columns } from './columns.ts';
import { lowerBound } from './lookup.ts';

/** Returns a position itself if it matches, or else a later position before which nothing matches. `rest`: call again after a pause. */
export type Matcher = (position: number) => number | 'rest';

/** Bytes of search text that are scanned before the index is used: frequent texts fill a page. */
const PROBE_BYTES = 64 * 1024;
/** Bytes per slice: a text that begins with a frequent letter takes 6 ns a byte. */
const SLICE_BYTES = 256 * 1024;
/** Rows per slice whose text is examined one by one, which takes 0.2 µs each. */
const SLICE_ROWS = 8_000;

/** Matches what passes a filter. */
export function passing(passes: (position: number) => boolean): Matcher {
  return (position) => (passes(position) ? position : position + 1);
}

/**
 * Matches what passes a filter and contains a text in lower case. The first rows are scanned for it; if that does not fill the page, the index finds the rows
 * that may contain it. A text without part of a word, such as punctuation, is searched in all rows.
 */
export function searching(columns: Columns, text: string, passes: (position: number) => boolean): Matcher {
  const needle = Buffer.from(text);
  let scanned = 0;
  let looked = 0;
  let candidates: RowSet | undefined | 'not asked yet' = 'not asked yet';

  function scan(position: number): number | 'rest' {
    if (!passes(position)) return position + 1;
    const { search, searchOffsets } = columns;
    const from = searchOffsets[position] ?? 0;
    const end = lowerBound(searchOffsets, from + PROBE_BYTES);
    // Up to the end of a row: a text does not span two rows.
    const found = search.subarray(0, searchOffsets[end]).indexOf(needle, from);
    const row = found < 0 ? Math.min(end, columns.flags.length) : lowerBound(searchOffsets, found + 1) - 1;
    scanned += (searchOffsets[Math.max(row, position + 1)] ?? 0) - from;
    return row;
  }

  function among(set: RowSet, position: number): number | 'rest' {
    const next = set.next(position);
    if (next !== position) return next;
    if (!passes(position)) return position + 1;
    if (set.exact) return position;
    looked += 1;
    return has(columns, position, needle) ? position : position + 1;
  }

  return (position) => {
    if (candidates === 'not asked yet') {
      if (scanned < PROBE_BYTES) return scan(position);
      candidates = rowsWithText(columns.index, text);
    }
    if (scanned >= SLICE_BYTES || looked >= SLICE_ROWS) {
      [scanned, looked] = [0, 0];
      return 'rest';
    }
    return candidates === undefined ? scan(position) : among(candidates, position);
  };
}

function has({ search, searchOffsets }: Columns, position: number, needle: Buffer): boolean {
  return search.subarray(searchOffsets[position], searchOffsets[position + 1]).includes(needle);
}
