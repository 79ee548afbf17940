import { SOURCE_REASONS, type SourceReason, type SyncCounters } from '@toolhive-registry/api';
import { Counter, Histogram, type Registry } from 'prom-client';

/** The result of one source in one sync. */
export interface SyncedSource {
  readonly source: string;
  /** Why it failed; absent: it did not. */
  readonly reason?: SourceReason;
}

/** The only place where syncs are counted: `/metrics` and the status document show the same numbers. */
export interface SyncMetrics {
  /** Counts a sync; the duration is in seconds. */
  record(sources: readonly SyncedSource[], seconds: number): void;
  /** Has a source begin at 0. */
  add(source: string): void;
  remove(source: string): void;
  /** What was counted, for the sources that were added. */
  counters(): Promise<SyncCounters>;
}

/** What is counted for one source. */
type SourceCounters = SyncCounters['sources'][number];

/** Adds the metrics of syncs. `buckets` are upper bounds in seconds, `startedAt` is in milliseconds since 1970. */
export function addSyncMetrics(register: Registry, buckets: number[], startedAt: number): SyncMetrics {
  const registers = [register];
  const startTime = new Date(startedAt).toISOString();
  const total = new Counter({
    name: 'mcpregistry_sync_total',
    help: 'Syncs of a source, by result.',
    labelNames: ['source', 'result'],
    registers,
  });
  const errors = new Counter({
    name: 'mcpregistry_sync_errors_total',
    help: 'Failed syncs of a source, by reason.',
    labelNames: ['source', 'reason'],
    registers,
  });
  const duration = new Histogram({
    name: 'mcpregistry_sync_duration_seconds',
    help: 'Duration of a sync over all its sources.',
    buckets,
    registers,
  });

  return {
    record: (sources, seconds) => {
      for (const { source, reason } of sources) {
        total.inc({ source, result: reason === undefined ? 'success' : 'failure' });
        if (reason !== undefined) errors.inc({ source, reason });
      }
      duration.observe(seconds);
    },
    add: (source) => {
      total.inc({ source, result: 'success' }, 0);
      total.inc({ source, result: 'failure' }, 0);
      for (const reason of SOURCE_REASONS) errors.inc({ source, reason }, 0);
    },
    remove: (source) => {
      for (const result of ['success', 'failure']) total.remove({ source, result });
      for (const reason of SOURCE_REASONS) errors.remove({ source, reason });
    },
    counters: async () => {
      const [results, failures, durations] = await Promise.all([total.get(), errors.get(), duration.get()]);
      const sources = new Map<string, SourceCounters>();
      for (const { labels, value } of results.values) {
        const name = String(labels.source);
        const before = sources.get(name) ?? { name, success: 0, failure: 0, errors: {} };
        sources.set(name, { ...before, [labels.result === 'success' ? 'success' : 'failure']: value });
      }
      for (const { labels, value } of failures.values) {
        const counted = sources.get(String(labels.source));
        if (counted !== undefined && value > 0) counted.errors[String(labels.reason)] = value;
      }
      const valueOf = (ending: string): number => durations.values.find(({ metricName }) => metricName?.endsWith(ending))?.value ?? 0;
      return { startTime, sources: [...sources.values()], syncDurationSeconds: { count: valueOf('_count'), sum: valueOf('_sum') } };
    },
  };
}
