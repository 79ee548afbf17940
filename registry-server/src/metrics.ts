import type { SyncCounters } from '@toolhive-registry/api';
import { Gauge, Histogram, Registry } from 'prom-client';
import { addCatalogGauges, type CatalogFacts } from './catalog-metrics.ts';
import { addProcessMetrics } from './process-metrics.ts';
import { createRequestMetrics, type RequestMetrics } from './request-metrics.ts';
import { addSyncMetrics, type SyncedSource } from './sync-metrics.ts';
import type { BuildInfo } from './version.ts';

/** The server's Prometheus metrics. */
export interface Metrics {
  readonly requests: RequestMetrics;
  /** Counts a sync; the duration is in seconds. */
  recordSync(sources: readonly SyncedSource[], seconds: number): void;
  /** What the syncs' own metrics say, as the status document has it. */
  syncCounters(): Promise<SyncCounters>;
  setDeployedServers(servers: number): void;
  /** Counts a fetch from a source, whatever the result. */
  recordFetch(source: string, seconds: number): void;
  /** Counts a build of the catalog, whatever the result. */
  recordBuild(seconds: number): void;
  /**
   * Sets the sources. Their series exist from the start: a first failure is an increase only if there was a zero before. Those of other
   * sources are removed.
   */
  knowSources(sources: readonly string[]): void;
  /** Sets where the gauges are read from. To be called once. */
  follow(facts: () => CatalogFacts): void;
  /** The exposition text and its content type. */
  text(): Promise<{ readonly body: string; readonly contentType: string }>;
}

/** Bucket bounds for durations that depend on a source, in seconds. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** A gauge of prom-client's that is named like a counter: the sum of the one without `_total`. */
const MISNAMED = 'nodejs_active_resources_total';

/**
 * Creates the metrics of one registry. `mcpregistry_sync_total`, `_sync_duration_seconds`, `_sync_errors_total`, `_servers_total` and
 * `_deployed_servers_total` are the names that the first design documents promised to users. `startedAt` is when
 * counting begins, in milliseconds since 1970.
 */
export function createMetrics(registryName: string, { version, commit, node }: Omit<BuildInfo, 'platform'>, startedAt: number): Metrics {
  const register = new Registry();
  register.setDefaultLabels({ registry: registryName });
  addProcessMetrics(register);
  register.removeSingleMetric(MISNAMED);
  const registers = [register];
  new Gauge({
    name: 'mcpregistry_build_info',
    help: 'The version, the commit and the Node.js of this program; always 1.',
    labelNames: ['version', 'commit', 'node'],
    registers,
  }).set({ version, commit, node }, 1);
  const syncs = addSyncMetrics(register, BUCKETS, startedAt);
  const fetches = new Histogram({
    name: 'mcpregistry_source_fetch_duration_seconds',
    help: 'Time that a fetch from a source took, until its data were on disk, whatever the result.',
    labelNames: ['source'],
    buckets: BUCKETS,
    registers,
  });
  const builds = new Histogram({
    name: 'mcpregistry_build_duration_seconds',
    help: 'Time that it took to read, judge and merge the data of the sources, whatever the result.',
    buckets: BUCKETS,
    registers,
  });
  const deployed = new Gauge({
    name: 'mcpregistry_deployed_servers_total',
    help: 'MCPServers in the cluster that belong to the registry.',
    registers,
  });
  deployed.set(0);
  const requests = createRequestMetrics(registryName);
  let known: ReadonlySet<string> = new Set();

  return {
    requests,
    recordSync: (sources, seconds) => syncs.record(sources, seconds),
    syncCounters: () => syncs.counters(),
    recordFetch: (source, seconds) => {
      // One that was removed meanwhile would come back.
      if (known.has(source)) fetches.observe({ source }, seconds);
    },
    recordBuild: (seconds) => builds.observe(seconds),
    knowSources: (sources) => {
      const before = known;
      known = new Set(sources);
      for (const source of before) {
        if (known.has(source)) continue;
        syncs.remove(source);
        fetches.remove({ source });
      }
      for (const source of known) {
        if (before.has(source)) continue;
        syncs.add(source);
        fetches.zero({ source });
      }
    },
    setDeployedServers: (count) => deployed.set(count),
    follow: (facts) => addCatalogGauges(register, facts),
    text: async () => ({ body: `${await register.metrics()}\n${requests.text()}`, contentType: register.contentType }),
  };
}
