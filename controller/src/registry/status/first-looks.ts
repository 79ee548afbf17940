import { formatKey, type ObjectKey } from '@toolhive-registry/reconciler';

/**
 * Holds back the first status of a registry after the start, or after leadership was gained, until its pods have been heard: what they say is not known
 * yet, which is no news, and what another process wrote of it still holds.
 */
export interface FirstLooks {
  /** For how many milliseconds the status is to be held back at most; undefined: it may be written. `isUndecided`: a pod has yet to answer. */
  hold(registry: ObjectKey, isUndecided: boolean): number | undefined;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** Whatever pods do, the status is written then, in milliseconds. Most answer within a few. */
const PATIENCE_MS = 5_000;

interface Look {
  readonly term: number;
  /** Milliseconds since 1970; undefined: over. */
  readonly since: number | undefined;
}

/** Creates it. `clock`: milliseconds since 1970; `leadershipTerm`: another number each time that this process gains or loses leadership. */
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
