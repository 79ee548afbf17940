import type { Json } from '../json.ts';

/**
 * What changeText to a value. `reordered`: a list has what it had, but not in the same order. `renamed`: a member stands under another key, which are
 * `before` and `after`; what else is new in it is told apart from that.
 */
export type DifferenceKind = 'added' | 'removed' | 'changed' | 'reordered' | 'renamed';

/** One step of the way to a value. */
export interface Step {
  /** The key of a member, or the position of an element. */
  readonly key: string;
  /** Of an element: what it is known by, as people say it: `npm @example/weather`, `API_KEY`. */
  readonly name?: string;
}

/** One difference between two values. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** JSON pointer (RFC 6901): into the value before for what was removed, into the value after for all else. Keys of over 200 characters are cut. */
  readonly pointer: string;
  readonly path: readonly Step[];
  /** Absent for what was added or reordered. */
  readonly before?: Json;
  /** Absent for what was removed or reordered. */
  readonly after?: Json;
}

/** How two values differ. Two equal ones have no difference, told or not. */
export interface Differences {
  readonly listed: readonly Difference[];
  /** How many more there are. */
  readonly unlisted: number;
}

/** Most differences between two values that are listed, where the caller does not say otherwise. */
export const MAX_DIFFERENCES = 1_000;
