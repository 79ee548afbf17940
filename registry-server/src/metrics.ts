import { SOURCE_REASONS, type SourceReason } from '@toolhive-registry/api';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createRequestMetrics, type RequestMetrics } from './request-metrics.ts';

/** The result of one source in one sync. */
export interface SyncedSource {
  readonly source: string;
  /** Why it failed; absent: it did not. */
  readonly reason?: SourceReason;
}

/** The server's Prometheus metrics. */
export interface Metrics {
  readonly requests: RequestMetrics;
  /** Counts a sync; the duration is in seconds. */
  recordSync(sources: readonly SyncedSource[], seconds: number, servers: number): void;
  setServers(servers: number): void;
  setDeployedServers(servers: number): void;
  /** Gives sources their series from the start: a first failure is an increase only if there was a zero before. */
  knowSources(sources: readonly string[]): void;
  /** The exposition text and its content type. */
  text(): Promise<{ readonly body: string; readonly contentType: string }>;
}

/** Creates the metrics of one registry. The five names are those the first design documents promised to users. */
export function createMetrics(registryName: string): Metrics {
  const register = new Registry();
  register.setDefaultLabels({ registry: registryName });
  collectDefaultMetrics({ register });
  const registers = [register];
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
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const servers = new Gauge({ name: 'mcpregistry_servers_total', help: 'Servers in the catalog.', registers });
  const deployed = new Gauge({
    name: 'mcpregistry_deployed_servers_total',
    help: 'MCPServers in the cluster that belong to the registry.',
    registers,
  });
  deployed.set(0);
  const requests = createRequestMetrics(registryName);
  return {
    requests,
    recordSync: (sources, seconds, count) => {
      for (const { source, reason } of sources) {
        total.inc({ source, result: reason === undefined ? 'success' : 'failure' });
        if (reason !== undefined) errors.inc({ source, reason });
      }
      duration.observe(seconds);
      servers.set(count);
    },
    knowSources: (sources) => {
      for (const source of sources) {
        total.inc({ source, result: 'success' }, 0);
        total.inc({ source, result: 'failure' }, 0);
        for (const reason of SOURCE_REASONS) errors.inc({ source, reason }, 0);
      }
    },
    setServers: (count) => servers.set(count),
    setDeployedServers: (count) => deployed.set(count),
    text: async () => ({ body: `${await register.metrics()}\n${requests.text()}`, contentType: register.contentType }),
  };
}
