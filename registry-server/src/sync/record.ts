import type { LastSync } from '@toolhive-registry/api';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { FetchResult } from './fetch.ts';
import type { SourceState, SourceStates } from './source-states.ts';

/** Most syncs that are remembered. */
const MAX_HISTORY = 100;

/** The history with one more sync, the oldest forgotten. */
export function withSync(history: readonly LastSync[], sync: LastSync): LastSync[] {
  return [...history, sync].slice(-MAX_HISTORY);
}

/** What is served after a sync. */
export interface Served {
  readonly hash: string | null;
  readonly serverCount: number;
  /** The sync changed it. */
  readonly changed: boolean;
}

/** The record of a sync, as the status shows it. Times in milliseconds since 1970. */
export function syncRecord(
  type: LastSync['type'],
  startTime: number,
  endTime: number,
  states: readonly SourceState[],
  served: Served,
): LastSync {
  const failed = states.filter((state) => state.state === 'failed');
  return {
    type,
    startTime: new Date(startTime).toISOString(),
    completionTime: new Date(endTime).toISOString(),
    hash: served.hash,
    serverCount: served.serverCount,
    result: failed.length === 0 ? 'completed' : 'failed',
    attemptCount: Math.max(0, ...failed.map((state) => state.failures)),
    errorMessage: failed.length === 0 ? null : failed.map((state) => `${state.name}: ${state.error?.message ?? ''}`).join('; '),
  };
}

/** What a sync brought. */
export interface News {
  /** What is served changed. */
  readonly changed: boolean;
  /** Sources that had failed before and have not now. */
  readonly recovered: readonly string[];
}

/** Counts and logs a sync: one line for it, and one for each source that failed. */
export function announceSync(
  sync: LastSync,
  fetched: readonly FetchResult[],
  states: SourceStates,
  { changed, recovered }: News,
  out: { logger: Logger; metrics: Metrics },
): void {
  const durationMs = Date.parse(sync.completionTime) - Date.parse(sync.startTime);
  const results = fetched.map(({ name }) => {
    const reason = states.get(name).error?.reason;
    return reason === undefined ? { source: name } : { source: name, reason };
  });
  out.metrics.recordSync(results, durationMs / 1000, sync.serverCount);
  const leftOut = fetched.reduce((sum, { name }) => sum + states.get(name).leftOut, 0);
  const facts = {
    type: sync.type,
    servers: sync.serverCount,
    changed,
    ...(leftOut === 0 ? {} : { leftOut }),
    hash: sync.hash?.slice(0, 12),
    durationMs,
  };
  out.logger[changed ? 'info' : 'debug'](facts, 'synced');
  for (const name of recovered) out.logger.info({ source: name }, 'a source that had failed can be used again');
  if (changed && leftOut > 0) out.logger.warn({ leftOut }, 'entries were left out; GET /registry/status says which and why');
  for (const { name, state, error, failures } of states.all()) {
    if (state === 'failed')
      out.logger.warn({ ...facts, source: name, reason: error?.reason, failures }, `source failed: ${error?.message ?? ''}`);
  }
}
