import type { FetchOutcome } from './machine/outcome.ts';
import type { BuildResult } from './machine/events.ts';
import type { Metrics } from '../metrics.ts';

/** Durations of a sync in whole milliseconds. */
export interface SyncTimes {
  /** By source; those that were not asked are missing. */
  readonly fetchMs: ReadonlyMap<string, number>;
  /** Absent: nothing was built. */
  readonly buildMs?: number;
}

/** Measures questions and builds, for the metrics and for the line that reports their sync. */
export interface Timings {
  /** Measures one question to a source. */
  ofFetch(source: string, work: Promise<FetchOutcome>): Promise<FetchOutcome>;
  /** Measures one build. */
  ofBuild(work: Promise<BuildResult>): Promise<BuildResult>;
  /** Takes the measurements for a sync of these sources that were not reported before. */
  take(sources: Iterable<string>): SyncTimes;
}

/** Creates the timings of an engine. `tick` is in milliseconds since any time. */
export function createTimings(metrics: Pick<Metrics, 'recordFetch' | 'recordBuild'>, tick: () => number): Timings {
  const fetches = new Map<string, number>();
  let build: number | undefined;
  return {
    ofFetch: async (source, work) => {
      const begun = tick();
      const outcome = await work;
      const ms = tick() - begun;
      metrics.recordFetch(source, ms / 1000);
      fetches.set(source, Math.round(ms));
      return outcome;
    },
    ofBuild: async (work) => {
      const begun = tick();
      const result = await work;
      const ms = tick() - begun;
      metrics.recordBuild(ms / 1000);
      build = Math.round(ms);
      return result;
    },
    take: (sources) => {
      const fetchMs = new Map<string, number>();
      for (const source of sources) {
        const ms = fetches.get(source);
        if (ms !== undefined) fetchMs.set(source, ms);
        fetches.delete(source);
      }
      const buildMs = build;
      build = undefined;
      return { fetchMs, ...(buildMs === undefined ? {} : { buildMs }) };
    },
  };
}
