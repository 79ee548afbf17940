import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createFrameworkMetrics } from '@toolhive-registry/reconciler';
import { promtoolPath } from '@toolhive-registry/testenv';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { addEnforcementMetrics, addRegistryMetrics } from '../controller/src/metrics.ts';
import { factsOf, statusDocument } from '../controller/src/pods/testing.ts';
import { addStatusMetrics } from '../controller/src/status-metrics.ts';
import { grafanaDashboard, ROWS } from '../hack/dashboard/grafana.ts';
import { catalog, eventually, manifest, serverFor, statusOf, temporaryFolder } from '../registry-server/src/testing.ts';

/** A series as promtool takes it: with its labels, and a value for each minute. */
interface Series {
  readonly series: string;
  readonly values: string;
}

const MINUTES = 120;

/** The series of an exposition, with the labels of its target. What counts, counts on; what is a time is long ago. */
function seriesOf(exposition: string, target: Readonly<Record<string, string>>): Series[] {
  const types = new Map([...exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
  const more = Object.entries(target).map(([name, value]) => `${name}="${value}"`);
  return [...exposition.matchAll(/^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels, value = '']) => ({
    series: `${name}{${[...(labels === undefined ? [] : [labels]), ...more].join(',')}}`,
    values: types.get(name) === 'gauge' ? `${gaugeValue(name, value)}x${MINUTES}` : `0+1x${MINUTES}`,
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
  const enforcing = { mode: 'enforce', isTold: true, unusable: 0, leftTemplates: 0, unseen: [], absent: [] } as const;
  const allowed = { images: 1, urls: 0, packages: 0, templates: 0 };
  addEnforcementMetrics(register, () => [[key, { ...enforcing, allowed, violators: { count: 1, first: ['x'] } }]]);
  return register.metrics();
}

let folder: string;
let series: readonly Series[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  const server = seriesOf(await serverExposition(), {
    job: 'toolhive-registry-server',
    instance: '10.0.0.1:8081',
    pod: 'a-api-1',
    registry_namespace: 'team',
  });
  const controller = seriesOf(await controllerExposition(), { job: 'toolhive-registry', instance: '10.0.0.2:8080', pod: 'c-1' });
  series = [...server, ...controller];
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** A query as Grafana sends it, for every namespace and registry, and a time that is usual. */
function sent(expr: string): string {
  return expr.replaceAll('$namespace', '.*').replaceAll('$registry', '.*').replaceAll('$__rate_interval', '5m');
}

/** Whether the query has values after two hours, or what promtool says against it. */
function asked(expr: string): true | string {
  const test = {
    tests: [
      {
        interval: '1m',
        input_series: series,
        // What is no number, as of nothing divided by nothing, is not at least 0.
        promql_expr_test: [{ expr: `count((${expr}) >= 0) > bool 0`, eval_time: `${MINUTES}m`, exp_samples: [{ labels: '{}', value: 1 }] }],
      },
    ],
  };
  writeFileSync(join(folder, 'test.yaml'), JSON.stringify(test));
  const { status, stdout, stderr, error } = spawnSync(promtoolPath() ?? '', ['test', 'rules', 'test.yaml'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return status === 0 || `${stdout}${stderr}`;
}

describe('each query of the dashboard has values, from what real programs expose', () => {
  test.each(ROWS.flatMap(({ panels }) => panels.flatMap(({ title, queries }) => queries.map(({ expr }) => [title, expr] as const))))(
    '%s: %s',
    (_, expr) => {
      expect(asked(sent(expr))).toBe(true);
    },
  );

  test.each([
    ['a metric that nobody exposes', 'mcpregistry_servers'],
    ['a label that it does not have', 'mcpregistry_servers_total{server="a"}'],
    ['what does not parse', 'sum(mcpregistry_servers_total'],
  ])('and %s would be noticed', (_, expr) => {
    expect(asked(expr)).not.toBe(true);
  });
});

describe('the dashboard', () => {
  const { panels, templating } = grafanaDashboard() as {
    panels: { id: number; title: string; type: string; description?: string; gridPos: { x: number; y: number; w: number; h: number } }[];
    templating: { list: { name: string; query: unknown }[] };
  };

  test('has a word on every panel, and no two of a title', () => {
    const own = panels.filter(({ type }) => type !== 'row');
    expect(own.filter(({ description = '' }) => !description.endsWith('.')).map(({ title }) => title)).toEqual([]);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
  });

  test('puts no panel over another, or beyond the edge', () => {
    const cells = panels.flatMap(({ title, gridPos: { x, y, w, h } }) => {
      expect({ title, fits: x + w <= 24 }).toEqual({ title, fits: true });
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)}/${y + Math.floor(cell / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });

  test('lets choose by labels that there are', () => {
    const queries = templating.list.flatMap(({ query }) => (typeof query === 'string' ? [] : [(query as { query: string }).query]));
    expect(queries).toHaveLength(2);
    for (const query of queries) {
      const [, selector = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(query) ?? [];
      expect(
        asked(
          sent(`count by (${label}) (${selector.includes('{') ? selector.replace('}', `,${label}!=""}`) : `${selector}{${label}!=""}`})`),
        ),
      ).toBe(true);
    }
  });
});
