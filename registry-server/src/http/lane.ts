import type { Steps } from '@toolhive-registry/catalog';
import { HttpError } from '../errors.ts';

/** After slow work, other requests get this many times as long, so that they lose a sixteenth of their time. */
const REST_FACTOR = 15;
/** Longest rest, in milliseconds. */
const MAX_REST_MS = 500;
/** Maximum number of tasks that wait. */
const MAX_WAITING = 200;

/**
 * A queue for slow questions, such as a search through a large catalog. They are answered one at a time, and, if there are
 * fast requests, with rests in between: many slow questions delay only each other.
 */
export interface Lane {
  /** Runs the work when its turn comes. Rejects with what it throws, and with HttpError when too much is waiting. */
  run<T>(work: () => T): Promise<T>;
  /** Notes that another request was answered. */
  noteOther(): void;
}

/** Clock and timers of a lane, in milliseconds. */
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
    // Other requests are answered between two turns of the event loop.
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

/** Runs work in slices, each of which waits for its turn. Rejects as {@link Lane.run} does. */
export async function inSlices<T>(lane: Lane, work: () => Steps<T>): Promise<T> {
  const steps = work();
  for (;;) {
    const step = await lane.run(() => steps.next());
    if (step.done === true) return step.value;
  }
}
