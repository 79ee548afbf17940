import type { Json } from '../json.ts';

/**
 * What happened to a value. `reordered`: a list has the same elements in another order. `renamed`: a member has another key; `before` and `after` are the keys,
 * and other changes in it are listed separately.
 */
export type DifferenceKind = 'added' | 'removed' | 'changed' | 'reordered' | 'renamed';

/** One step of the path to a value. */
export interface Step {
  /** The key of a member, or the position of an element. */
  readonly key: string;
  /** For an element: what identifies it for people: `npm @example/weather`, `API_KEY`. */
  readonly name?: string;
}

/** One difference between two values. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** JSON pointer (RFC 6901): into the value before for what was removed, into the value after otherwise. Keys of over 200 characters are truncated. */
  readonly pointer: string;
  readonly path: readonly Step[];
  /** Absent for added and reordered values. */
  readonly before?: Json;
  /** Absent for removed and reordered values. */
  readonly after?: Json;
}

/** How two values differ. Equal values have no differences, neither listed nor unlisted. */
export interface Differences {
  readonly listed: readonly Difference[];
  /** How many more there are. */
  readonly unlisted: number;
}

/** Default number of differences that are listed. */
export const MAX_DIFFERENCES = 1_000;
