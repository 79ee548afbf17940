import { DESCRIPTION, NAME, NAMESPACE, PACKAGE, TAG, TITLE, TOOL, TOOL_DESCRIPTION } from './fields.ts';
import { frequency, type WordIndex } from './word-index.ts';

/** The weight of a word in a field, tuned with the judged questions in testdata/search. Changing one of these by a fifth has little effect. */
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
/** How soon repetitions stop counting (BM25's k1). */
const SATURATION = 2;
/** How much the length of a text counts (BM25's b): for names and titles, and for all words of an entry. */
const SHORT_TEXTS = 0.6;
const WHOLE_ENTRY = 0.2;
/** A word in more than this fraction of all rows is one of the few with cached weights. */
const KEPT_PART = 0.1;
const MAX_KEPT = 16;
/** Words of a typical name or title, and of a typical entry. */
const USUAL_NAME = 3;
const USUAL_ENTRY = 25;

/** Precomputed terms of the formula: by fields, by the words of a name or title, and by those of an entry. */
interface Tables {
  readonly byFields: Float64Array;
  readonly shorter: Float64Array;
  readonly saturation: Float64Array;
}

/** The weights of entries' words, by their fields. */
export class Weights {
  readonly #index: WordIndex;
  readonly #tables: Tables = {
    byFields: Float64Array.from({ length: 256 }, (_, fields) =>
      WEIGHTS.reduce((sum, [bit, weight]) => sum + ((fields & bit) === 0 ? 0 : weight), 0),
    ),
    shorter: Float64Array.from({ length: 16 }, (_, words) => 1 / lengthFactor(words, USUAL_NAME, SHORT_TEXTS)),
    saturation: Float64Array.from({ length: 256 }, (_, words) => SATURATION * lengthFactor(words, USUAL_ENTRY, WHOLE_ENTRY)),
  };
  /** Cached weights of a few very common words, by number: those words are most of the work. */
  readonly #kept = new Map<number, Float32Array>();
  /** Those of the current word. */
  readonly #figures: Float32Array;

  constructor(index: WordIndex) {
    this.#index = index;
    this.#figures = new Float32Array(index.wordCounts.length);
  }

  /** The weight of a word in a row that has it in some fields. */
  of(row: number, fields: number): number {
    const { nameCounts, wordCounts } = this.#index;
    return impactOf(this.#tables, fields, nameCounts[row] ?? 0, wordCounts[row] ?? 0);
  }

  /** The weights of a word in each of its postings. Valid until the next call. */
  ofPostings(id: number): Float32Array {
    const kept = this.#kept.get(id);
    if (kept !== undefined) return kept;
    const rows = frequency(this.#index, id);
    const isKept = rows > this.#figures.length * KEPT_PART && this.#kept.size < MAX_KEPT;
    const figures = isKept ? new Float32Array(rows) : this.#figures.subarray(0, rows);
    const { postings, postingOffsets } = this.#index;
    const start = postingOffsets[id] ?? 0;
    for (let at = 0; at < rows; at += 1) {
      const posting = postings[start + at] ?? 0;
      figures[at] = this.of(posting >>> 8, posting & 0xff);
    }
    if (isKept) this.#kept.set(id, figures);
    return figures;
  }
}

/** BM25F: the weights of the fields are added, then saturated. Each word counts once per field: texts are short. */
function impactOf({ byFields, shorter, saturation }: Tables, fields: number, nameCounts: number, words: number): number {
  let weight = byFields[fields] ?? 0;
  if ((fields & NAME) !== 0) weight += NAME_WEIGHT * (shorter[nameCounts & 15] ?? 1);
  if ((fields & TITLE) !== 0) weight += TITLE_WEIGHT * (shorter[nameCounts >>> 4] ?? 1);
  return (weight * (SATURATION + 1)) / (weight + (saturation[words] ?? 1));
}

function lengthFactor(words: number, usual: number, part: number): number {
  return 1 - part + (part * words) / usual;
}

/** The significance of a word that so many of all rows have (BM25's inverse document frequency). */
export function rarity(rows: number, all: number): number {
  return Math.log(1 + (all - rows + 0.5) / (rows + 0.5));
}
