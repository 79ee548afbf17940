import type { Steps } from '@toolhive-registry/catalog';
import { HttpError } from '../errors.ts';

/** After work that took a while others have this many times as long for themselves, so that they lose a sixteenth of their time. */
const REST_FACTOR = 15;
/** Longest rest, in milliseconds. */
const MAX_REST_MS = 500;
/** Most work that waits. */
const MAX_WAITING = 200;

/**
 * A lane for questions that take long, such as a search through all of a large catalog. They are answered one at a time, and where others are
 * asking for what is answered at once, with rests in between: whoever sends many such questions slows down nobody but those who do the same.
 */
export interface Lane {
  /** Does the work when its turn has come. Rejects with what it throws, and with HttpError when too much is waiting. */
  run<T>(work: () => T): Promise<T>;
  /** Somebody else was answered. */
  noteOther(): void;
}

/** What a lane needs of time, in milliseconds. */
export interface LaneTimes {
  readonly clock: () => number;
  /** Calls back when so much time is over. */
  readonly after: (ms: number, then: () => void) => void;
}

const REAL_TIMES: LaneTimes = { clock: () => performance.now(), after: (ms, then) => void setTimeout(then, ms) };

/** Creates a lane. */
export function createLane({ clock, after }: LaneTimes = REAL_TIMES): Lane {
  const waiting: (() => void)[] = [];
  let isRunning = false;
  let others = 0;

  function next(): void {
    const work = waiting.shift();
    isRunning = work !== undefined;
    if (work === undefined) return;
    const begun = clock();
    others = 0;
    work();
    const restMs = Math.min(MAX_REST_MS, (clock() - begun) * REST_FACTOR);
    // Between two turns of the loop whoever has asked meanwhile is answered.
    setImmediate(() => setImmediate(() => (others === 0 || restMs < 1 ? next() : after(restMs, next))));
  }

  return {
    run: (work) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= MAX_WAITING) {
          return reject(new HttpError('busy', 'too many searches are waiting; try again in a second', { 'Retry-After': '1' }));
        }
        waiting.push(() => {
          try {
            resolve(work());
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
        if (!isRunning) next();
        return undefined;
      }),
    noteOther: () => {
      others += 1;
    },
  };
}

/** Does work in slices, each of which waits for its turn. Rejects as {@link Lane.run} does. */
export async function inSlices<T>(lane: Lane, work: () => Steps<T>): Promise<T> {
  const steps = work();
  for (;;) {
    const step = await lane.run(() => steps.next());
    if (step.done === true) return step.value;
  }
}
