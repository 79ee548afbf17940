import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Snapshot } from '@toolhive-registry/catalog';

/** Longest time that goes by without a request being answered, in milliseconds. */
const SLICE_MS = 3;

/** Lets others have their turn when the present slice of work has been long enough. */
export type Pause = () => Promise<void> | undefined;

/** Makes a pause for a piece of work that begins now. */
export function createPause(clock: () => number = () => performance.now()): Pause {
  let begun = clock();
  return () => {
    if (clock() - begun < SLICE_MS) return undefined;
    return nextTurn().then(() => {
      begun = clock();
    });
  };
}

/**
 * Something that is worked out of a whole snapshot, when it is first asked for, in slices between which requests are answered. It is kept for as
 * long as the snapshot is served, and made once however many ask.
 */
export function createDerived<T>(make: (snapshot: Snapshot, pause: Pause) => Promise<T>): (snapshot: Snapshot) => Promise<T> {
  let kept: { readonly of: Snapshot; readonly value: Promise<T> } | undefined;
  return (snapshot) => {
    if (kept?.of !== snapshot) kept = { of: snapshot, value: make(snapshot, createPause()) };
    return kept.value;
  };
}
