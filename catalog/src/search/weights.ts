import { DESCRIPTION, NAME, NAMESPACE, PACKAGE, TAG, TITLE, TOOL, TOOL_DESCRIPTION } from './fields.ts';
import type { WordIndex } from './word-index.ts';

/** What a word in a field counts, set by the judged questions in testdata/search. None of the figures here changes much by a fifth more or less. */
const WEIGHTS: readonly (readonly [bit: number, weight: number])[] = [
  [DESCRIPTION, 2],
  [NAMESPACE, 0.3],
  [TAG, 1.5],
  [TOOL, 1.2],
  [TOOL_DESCRIPTION, 0.3],
  [PACKAGE, 1],
];
const NAME_WEIGHT = 3;
const TITLE_WEIGHT = 3;
/** How soon more of a word counts no more (BM25's k1). */
const SATURATION = 2;
/** How much it counts that a text is long (BM25's b): of names and titles, and of all words of an entry. */
const SHORT_TEXTS = 0.6;
const WHOLE_ENTRY = 0.2;
/** Words of a usual name or title, and of a usual entry. */
const USUAL_NAME = 3;
const USUAL_ENTRY = 25;

/** What a word of an entry counts, by the fields in which it stands. */
export type Impact = (row: number, fields: number) => number;

/** BM25F: what counts in each field is added up, then saturated. Each word counts once a field: texts are short. */
export function impactOf({ wordCounts, nameCounts }: WordIndex): Impact {
  const byFields = Float64Array.from({ length: 256 }, (_, fields) =>
    WEIGHTS.reduce((sum, [bit, weight]) => sum + ((fields & bit) === 0 ? 0 : weight), 0),
  );
  const shorter = Float64Array.from({ length: 16 }, (_, words) => 1 / lengthFactor(words, USUAL_NAME, SHORT_TEXTS));
  const saturation = Float64Array.from({ length: 256 }, (_, words) => SATURATION * lengthFactor(words, USUAL_ENTRY, WHOLE_ENTRY));
  return (row, fields) => {
    const counts = nameCounts[row] ?? 0;
    let weight = byFields[fields] ?? 0;
    if ((fields & NAME) !== 0) weight += NAME_WEIGHT * (shorter[counts & 15] ?? 1);
    if ((fields & TITLE) !== 0) weight += TITLE_WEIGHT * (shorter[counts >>> 4] ?? 1);
    return (weight * (SATURATION + 1)) / (weight + (saturation[wordCounts[row] ?? 0] ?? 1));
  };
}

function lengthFactor(words: number, usual: number, part: number): number {
  return 1 - part + (part * words) / usual;
}

/** How telling it is that a row has what so many of all rows have (BM25's inverse document frequency). */
export function rarity(rows: number, all: number): number {
  return Math.log(1 + (all - rows + 0.5) / (rows + 0.5));
}
