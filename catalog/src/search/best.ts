/** Number of buckets for scores. */
const STEPS = 1024;

/** Finds the best of many scores without sorting them. Reuses its memory. */
export class Best {
  readonly #places: Uint32Array;
  readonly #steps = new Uint32Array(STEPS);

  /** `count`: how many to find. */
  constructor(count: number) {
    this.#places = new Uint32Array(count);
  }

  /** The positions of the best scores, by buckets; from the last bucket the first ones. `highest` is the best score. */
  of(scores: Float32Array, highest: number): Uint32Array {
    const [places, steps] = [this.#places, this.#steps];
    // Slightly less than the number of buckets: single precision may have rounded the highest one up.
    const factor = (STEPS - 2) / highest;
    const { least, room: roomInLeast } = this.#leastStep(scores, factor);
    let [taken, room] = [0, roomInLeast];
    for (let place = 0; place < scores.length && taken < places.length; place += 1) {
      const step = stepOf(scores[place] ?? 0, factor);
      if (step < least || (step === least && room === 0)) continue;
      if (step === least) room -= 1;
      places[taken] = place;
      taken += 1;
    }
    steps.fill(0);
    return places.subarray(0, taken);
  }

  /** The bucket with the last of the best scores, and how many of those it contains. */
  #leastStep(scores: Float32Array, factor: number): { least: number; room: number } {
    const steps = this.#steps;
    for (let place = 0; place < scores.length; place += 1) {
      const step = stepOf(scores[place] ?? 0, factor);
      steps[step] = (steps[step] ?? 0) + 1;
    }
    let [least, above] = [STEPS - 1, 0];
    while (least > 0 && above + (steps[least] ?? 0) < this.#places.length) {
      above += steps[least] ?? 0;
      least -= 1;
    }
    return { least, room: this.#places.length - above };
  }
}

function stepOf(score: number, factor: number): number {
  return Math.trunc(score * factor);
}
