import { createFrameworkMetrics } from '@toolhive-registry/reconciler';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { addEnforcementMetrics, addRegistryMetrics } from '../controller/src/metrics.ts';
import { factsOf, statusDocument } from '../controller/src/pods/testing.ts';
import { addStatusMetrics } from '../controller/src/status-metrics.ts';
import { catalog, eventually, manifest, serverFor, statusOf, temporaryFolder } from '../registry-server/src/testing.ts';

/** For tests: a series as promtool takes it, with its labels, and a value for each minute. */
export interface Series {
  readonly series: string;
  readonly values: string;
}

/** The series of an exposition, with the labels of its target. What counts, counts on; what is a time is long ago. */
function seriesOf(exposition: string, target: Readonly<Record<string, string>>, minutes: number): Series[] {
  const types = new Map([...exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
  const more = Object.entries(target).map(([name, value]) => `${name}="${value}"`);
  return [...exposition.matchAll(/^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels, value = '']) => ({
    series: `${name}{${[...(labels === undefined ? [] : [labels]), ...more].join(',')}}`,
    values: types.get(name) === 'gauge' ? `${gaugeValue(name, value)}x${minutes}` : `0+1x${minutes}`,
  }));
}

function gaugeValue(name: string, value: string): string {
  if (name.endsWith('_timestamp_seconds')) return value === '0' ? '0' : '60';
  return Number.isFinite(Number(value)) ? value : '1';
}

/** What a registry server tells that serves one source, cannot read another one, and was asked a few things. */
async function serverExposition(): Promise<string> {
  await using folder = await temporaryFolder();
  const sources = [
    { name: 'good', type: 'configmap', configmap: { name: 'data' } },
    { name: 'away', type: 'file', file: { path: 'away.json' } },
  ];
  const config = await folder.write('registry.yaml', manifest({ sources }, { data: { 'registry.json': catalog('a') } }));
  await using server = await serverFor(folder, config);
  await eventually(
    () => statusOf(server.url),
    ({ ready, syncing }) => ready && !syncing,
  );
  for (const path of ['/v0.1/servers', '/nowhere']) await (await fetch(`${server.url}${path}`)).arrayBuffer();
  return (await fetch(`${server.url}/metrics`)).text();
}

/** What a controller tells that leads, and has one registry with an enforcing spec and a source that failed. */
async function controllerExposition(): Promise<string> {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const framework = createFrameworkMetrics(register);
  framework.observeLeadership('kube-system/toolhive-registry-controller', true);
  framework.observeRequest({ method: 'GET', code: '200', host: 'api', durationSeconds: 0.01 });
  const observer = framework.controller('mcpregistry');
  observer.started(8, () => ({ seconds: 0, longestSeconds: 0 }));
  observer.reconciled('success', 0.01);
  observer.queue.added();
  observer.queue.queued(0.01);
  observer.queue.worked(0.01);
  const key = { namespace: 'team', name: 'a' };
  const sources = [{ name: 'good', type: 'git', state: 'ok', serverCount: 3, lastSuccessTime: '2026-01-01T00:00:00Z' }] as const;
  const counters = {
    startTime: '2026-01-01T00:00:00Z',
    sources: [{ name: 'good', success: 4, failure: 2, errors: { Timeout: 2 } }],
    syncDurationSeconds: { count: 6, sum: 1.5 },
  };
  addRegistryMetrics(register, () => [{ registry: key, facts: factsOf(statusDocument({ sources: sources as never, counters })) }]);
  addStatusMetrics(register, () => [[key, { apiVersion: 'a/v1', kind: 'MCPRegistry', metadata: { ...key } }]]);
  const enforcing = { mode: 'enforce', isPublished: true, unusable: 0, leftTemplates: 0, unseen: [], absent: [] } as const;
  const allowed = { images: 1, urls: 0, packages: 0, templates: 0 };
  addEnforcementMetrics(register, () => [[key, { ...enforcing, allowed, violators: { count: 1, first: ['x'] } }]]);
  return register.metrics();
}

/** For tests: everything that real programs expose, as two targets of Prometheus have it, over some minutes. */
export async function exposedSeries(minutes: number): Promise<Series[]> {
  const server = { job: 'toolhive-registry-server', instance: '10.0.0.1:8081', pod: 'a-api-1', registry_namespace: 'team' };
  const controller = { job: 'toolhive-registry', instance: '10.0.0.2:8080', pod: 'c-1' };
  return [...seriesOf(await serverExposition(), server, minutes), ...seriesOf(await controllerExposition(), controller, minutes)];
}
