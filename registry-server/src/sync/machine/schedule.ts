import type { SyncSchedule } from '@toolhive-registry/api';

/** Longest pause between two attempts, whatever the multiplier. */
const MAX_BACKOFF_MS = 60 * 60 * 1000;
/** Longest timer of Node; a longer interval is reached in steps. */
export const MAX_TIMER_MS = 2 ** 31 - 1;

/** Minimum pause between two scheduled syncs, whatever the policies and the clock say. */
export const MIN_TIMER_MS = 100;

/** The facts that determine when a source is due again. */
export interface SourceProgress {
  /** Failures since the last success. */
  readonly failures: number;
  /** When the last attempt ended, milliseconds since 1970. */
  readonly lastAttempt: number;
}

/**
 * When a source is due, milliseconds since 1970; undefined: not by itself. After a failure the retry policy counts, and once its attempts
 * are used up the interval. `random` (0 to 1) spreads retries by a tenth, so that replicas do not ask in step.
 */
export function dueTime(schedule: SyncSchedule, progress: SourceProgress, now: number, random: number): number | undefined {
  // A clock that was set back must not delay what is due.
  const lastAttempt = Math.min(progress.lastAttempt, now);
  const byInterval = schedule.intervalMs === undefined ? undefined : lastAttempt + schedule.intervalMs;
  const { retry } = schedule;
  if (progress.failures === 0 || (retry.maxAttempts !== undefined && progress.failures > retry.maxAttempts)) return byInterval;
  const pause = Math.min(retry.backoffMs * retry.multiplier ** (progress.failures - 1), MAX_BACKOFF_MS);
  const byRetry = lastAttempt + Math.round(pause * (1 + 0.1 * random));
  return byInterval === undefined ? byRetry : Math.min(byInterval, byRetry);
}
