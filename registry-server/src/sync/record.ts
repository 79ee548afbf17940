import { REASONS, type SyncRecord } from '@toolhive-registry/api';
import type { Snapshot } from '@toolhive-registry/catalog';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import { countsOf } from './found.ts';
import type { Effect } from './machine/events.ts';
import { failureReason, type Round, type SourceState, type SyncState } from './machine/state.ts';
import type { SyncTimes } from './timings.ts';

/** The record of a sync that is over now, as the status shows it. */
export function syncRecord(round: Round, now: number, { sources, served, problem }: SyncState): SyncRecord {
  const failed = [...sources.values()].filter(({ state }) => state === 'failed');
  const errors = [
    ...failed.map(({ name, error }) => `${name}: ${error?.message ?? ''}`),
    ...(problem === undefined ? [] : [problem.message]),
  ];
  return {
    type: round.trigger,
    startTime: new Date(round.since).toISOString(),
    completionTime: new Date(now).toISOString(),
    hash: served?.hash ?? null,
    serverCount: served?.serverCount ?? 0,
    result: errors.length === 0 ? 'completed' : 'failed',
    attemptCount: Math.max(0, ...failed.map(({ failures }) => failures)),
    errorMessage: errors.length === 0 ? null : errors.join('; '),
    ...round.changes,
  };
}

/** The engine's data for reporting a sync. */
export interface Announced {
  readonly state: SyncState;
  /** What is served. */
  readonly snapshot: Snapshot | undefined;
  readonly times: SyncTimes;
}

/** Counts and logs a sync: one line for it, and one for each source that failed in it. */
export function announceSync(
  { sync, round }: Pick<Extract<Effect, { kind: 'announce' }>, 'sync' | 'round'>,
  { state, snapshot, times }: Announced,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): void {
  const durationMs = Date.parse(sync.completionTime) - Date.parse(sync.startTime);
  const asked = [...round.sources].flatMap((name) => state.sources.get(name) ?? []);
  const results = asked.map((source) => {
    const reason = failureReason(source);
    return reason === undefined ? { source: source.name } : { source: source.name, reason };
  });
  // The clock may have been set back, and counters must not decrease.
  metrics.recordSync(results, Math.max(0, durationMs) / 1000);
  const sumOf = (count: 'leftOut' | 'repaired' | 'noted'): number => asked.reduce((sum, { found }) => sum + found.counts[count], 0);
  const [leftOut, repaired, noted] = [sumOf('leftOut'), sumOf('repaired'), sumOf('noted')];
  const { changed } = round;
  const facts = {
    type: sync.type,
    servers: sync.serverCount,
    changed,
    ...(changed ? { added: sync.added, updated: sync.changed, removed: sync.removed } : {}),
    ...(leftOut === 0 ? {} : { leftOut }),
    ...(repaired === 0 ? {} : { repaired }),
    ...(noted === 0 ? {} : { noted }),
    hash: sync.hash?.slice(0, 12),
    bytes: snapshot?.block.byteLength ?? 0,
    durationMs,
    ...(times.buildMs === undefined ? {} : { buildMs: times.buildMs }),
  };
  logger[changed ? 'info' : 'debug']({ ...facts, sources: asked.map((source) => sourceLine(source, snapshot, times)) }, 'synced');
  for (const name of round.recovered) logger.info({ source: name }, 'a source that had failed can be used again');
  if (changed && leftOut > 0) logger.warn({ leftOut }, 'entries were left out; GET /registry/report says which and why');
  for (const { name, state: is, error, failures } of asked) {
    if (is !== 'failed' || error === undefined) continue;
    const { level, remedy } = REASONS[error.reason];
    logger[level]({ ...facts, source: name, reason: error.reason, failures, remedy }, `source failed: ${error.message}`);
  }
  if (state.problem !== undefined) {
    logger[REASONS.SyncFailed.level]({ ...facts, reason: 'SyncFailed' }, `the catalog could not be built: ${state.problem.message}`);
  }
}

/** The log fields of one source in a sync: its result, and what is served of it. */
function sourceLine(source: SourceState, snapshot: Snapshot | undefined, { fetchMs }: SyncTimes): Record<string, unknown> {
  return {
    name: source.name,
    result: failureReason(source) ?? 'success',
    fetchMs: fetchMs.get(source.name),
    bytes: source.memory?.bytes,
    ...countsOf(source, snapshot),
  };
}
