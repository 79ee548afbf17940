import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Snapshot } from '@toolhive-registry/catalog';

/** Maximum time in milliseconds without answering other requests. */
const SLICE_MS = 3;

/** Yields to other requests when the current slice of work has been long enough. */
export type Pause = () => Promise<void> | undefined;

/** Creates a pause for work that starts now. */
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
 * A value derived from a whole snapshot on first use, in slices between which requests are answered. It is cached while
 * the snapshot is served, and computed only once even with concurrent callers.
 */
export function createDerived<T>(make: (snapshot: Snapshot, pause: Pause) => Promise<T>): (snapshot: Snapshot) => Promise<T> {
  let kept: { readonly of: Snapshot; readonly value: Promise<T> } | undefined;
  return (snapshot) => {
    if (kept?.of !== snapshot) kept = { of: snapshot, value: make(snapshot, createPause()) };
    return kept.value;
  };
}
