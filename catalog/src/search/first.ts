/** Collects the first of some rows: those with the best scores, and among equal ones those whose names come first. */
export class First {
  readonly rows: number[] = [];
  readonly scores: number[] = [];
  readonly #limit: number;
  /** The last of the wanted ones, once there are enough. */
  #score = -Infinity;
  #row = Infinity;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether a row is one of the first so far. */
  takes(score: number, row: number): boolean {
    return isBefore(score, row, this.#score, this.#row);
  }

  /** Adds one that is. */
  add(score: number, row: number): void {
    if (this.rows.length === this.#limit) {
      this.rows.pop();
      this.scores.pop();
    }
    let to = this.rows.length;
    while (to > 0 && isBefore(score, row, this.scores[to - 1] ?? 0, this.rows[to - 1] ?? 0)) to -= 1;
    this.rows.splice(to, 0, row);
    this.scores.splice(to, 0, score);
    if (this.rows.length < this.#limit) return;
    this.#score = this.scores.at(-1) ?? 0;
    this.#row = this.rows.at(-1) ?? 0;
  }
}

/** Whether a row comes before another one in a ranking. */
export function isBefore(score: number, row: number, other: number, otherRow: number): boolean {
  return score > other || (score === other && row < otherRow);
}
