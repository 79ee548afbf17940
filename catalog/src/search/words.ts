import { Endings } from './endings.ts';
import { NAMESPACE } from './fields.ts';
import { frequency, type WordIndex } from './word-index.ts';

/** A word in the namespaces of more than this fraction of all rows, and of more than so many, such as `io.github`, is meaningless there. */
const HOST_PART = 0.05;
const HOST_ROWS = 20;

/** A word in more than this fraction of all rows, and in more than so many, hardly counts next to others. */
const COMMON_PART = 0.1;
const COMMON_ROWS = 20;

/** The words of an index, with values that are computed once. */
export class Words {
  readonly index: WordIndex;
  readonly endings: Endings;
  /** For common words: in how many rows they occur in the namespace only. */
  readonly #hosts = new Map<number, number>();

  constructor(index: WordIndex) {
    this.index = index;
    this.endings = new Endings(index);
  }

  /** Whether so many rows are too many for a word to be selective. */
  isCommon(rows: number): boolean {
    return rows > Math.max(this.index.wordCounts.length * COMMON_PART, COMMON_ROWS);
  }

  /** The number of rows with the word in their namespace only, if there are so many that it is meaningless; otherwise 0. */
  hostRows(id: number): number {
    const least = Math.max(this.index.wordCounts.length * HOST_PART, HOST_ROWS);
    if (frequency(this.index, id) <= least) return 0;
    let rows = this.#hosts.get(id);
    if (rows === undefined) {
      rows = namespacesWith(this.index, id);
      this.#hosts.set(id, rows);
    }
    return rows > least ? rows : 0;
  }
}

function namespacesWith({ postings, postingOffsets }: WordIndex, id: number): number {
  let count = 0;
  const end = postingOffsets[id + 1] ?? 0;
  for (let at = postingOffsets[id] ?? 0; at < end; at += 1) if (((postings[at] ?? 0) & 0xff) === NAMESPACE) count += 1;
  return count;
}
