import { formatKey, type ObjectKey } from '@toolhive-registry/reconciler';

/**
 * Delays the first status of a registry after a start, or after gaining leadership, until its pods have reported: that they have not yet is no change, and what
 * another process wrote before still holds.
 */
export interface FirstLooks {
  /** The milliseconds for which to hold back the status at most; undefined: write it. `isUndecided`: a pod has yet to answer. */
  hold(registry: ObjectKey, isUndecided: boolean): number | undefined;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** After so many milliseconds the status is written whatever the pods do. Most answer within a few. */
const PATIENCE_MS = 5_000;

interface Look {
  readonly term: number;
  /** Milliseconds since 1970; undefined: over. */
  readonly since: number | undefined;
}

/** Creates it. `clock`: milliseconds since 1970; `leadershipTerm`: a number that changes each time this process gains or loses leadership. */
export function createFirstLooks(clock: () => number, leadershipTerm: () => number): FirstLooks {
  const looks = new Map<string, Look>();

  return {
    hold: (registry, isUndecided) => {
      const key = formatKey(registry);
      const term = leadershipTerm();
      const now = clock();
      const known = looks.get(key);
      const look = known?.term === term ? known : { term, since: now };
      const left = look.since === undefined ? 0 : look.since + PATIENCE_MS - now;
      const isHeld = isUndecided && left > 0;
      looks.set(key, isHeld ? look : { term, since: undefined });
      return isHeld ? left : undefined;
    },
    forget: (registry) => void looks.delete(formatKey(registry)),
  };
}
