import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPrometheus, waitFor, type Prometheus } from '@toolhive-registry/testenv';
import { ROWS } from '../../hack/dashboard/grafana.ts';
import { alertRules, alertsFile } from '../../hack/generate/alerts.ts';
import { CONTROLLER_FAULTS, REGISTRY_FAULTS, SERVERS } from './faults.ts';
import { startScene, type Scene } from './scene.ts';
import { catalogOf, type Served } from './served.ts';
import { shortened } from './shortened.ts';
import { watchAlerts, type WatchedAlerts } from './watched.ts';

const text = readFileSync(resolve(import.meta.dirname, '../..', alertsFile), 'utf8');
const rules = alertRules(text);

/** The longest time of a rule: long enough for many scrapes on a busy machine. */
const LONGEST_MS = 6_000;
const INTERVAL_MS = 250;
const DEADLINE_MS = 60_000;
/** What Prometheus leaves of a template that it cannot carry out. */
const UNRENDERED = /\{\{|<no value>|<error/;

/** Is scaled to zero, which is no fault. */
const ASLEEP = 'asleep';
/** Starts without a catalog, when the others have their faults. */
const EMPTY = 'empty';
const EMPTY_FAULTS = [
  { alert: 'MCPRegistryServesNothing', registry: EMPTY, when: 'its source is not there when it starts' },
  { alert: 'MCPRegistryAnswersWithErrors', registry: EMPTY, when: 'clients ask and it has no catalog' },
];

let scene: Scene;
let prometheus: Prometheus;
let alerts: WatchedAlerts;
let started: number;
const clients = new AbortController();

/** Asks a registry for its list, again and again. */
async function beClientOf({ url }: Served): Promise<void> {
  while (!clients.signal.aborted) {
    await fetch(`${url}/v0.1/servers`).then(
      (answer) => answer.arrayBuffer(),
      () => undefined,
    );
    await sleep(50);
  }
}

/** Waits until none of these alerts is pending or fires. */
async function quiet(which: (labels: Readonly<Record<string, string>>) => boolean): Promise<void> {
  await waitFor(
    async () => {
      const active = (await prometheus.alerts()).filter(({ labels }) => which(labels));
      expect(active.map(({ labels }) => `${labels['alertname'] ?? ''} ${labels['registry'] ?? ''}`)).toEqual([]);
      return true;
    },
    { message: 'no alert to be pending or firing', deadlineMs: DEADLINE_MS },
  );
}

/** Names of the series that a rule goes by. */
function seriesOf(expr: string): readonly string[] {
  return expr.match(/\b(mcpregistry|workqueue|controller_runtime|leader_election)_\w+/g) ?? [];
}

beforeAll(async () => {
  const names = REGISTRY_FAULTS.map(({ registry }) => registry);
  scene = await startScene([...names, EMPTY, ASLEEP]);
  await (await scene.serve(ASLEEP, {}, catalogOf(...SERVERS))).scaleToZero();
  const served: Served[] = [];
  for (const { registry, spec } of REGISTRY_FAULTS) served.push(await scene.serve(registry, spec, catalogOf(...SERVERS)));
  for (const registry of served) void beClientOf(registry);
  const targets = [...names, EMPTY].map((name) => ({
    address: `${scene.addressOf(name)}:8081`,
    labels: { pod: `${name}-pod`, registry_namespace: name },
  }));
  started = Date.now();
  prometheus = await startPrometheus({
    rules: shortened(text, LONGEST_MS),
    intervalMs: INTERVAL_MS,
    jobs: [
      { name: 'toolhive-registry', targets: [{ address: scene.metrics, labels: { pod: 'controller' } }], tls: scene.scraper },
      { name: 'toolhive-registry-server', targets },
    ],
  });
}, 180_000);

afterAll(async () => {
  clients.abort();
  await alerts?.stop();
  await prometheus?.stop();
  await scene?.stop();
}, 60_000);

test('every alert has its fault', () => {
  const faults = [...REGISTRY_FAULTS, ...EMPTY_FAULTS, ...CONTROLLER_FAULTS];
  expect(faults.map(({ alert }) => alert).toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted());
});

test('while all is well, everything is scraped that alerts go by, and none is active', async () => {
  const [targets, deadlineMs] = [REGISTRY_FAULTS.length + 1, DEADLINE_MS];
  // So long that rules which look back see it, and that what is wrong would fire.
  const query = `up offset ${LONGEST_MS}ms == 1`;
  await waitFor(async () => (await prometheus.query(query)).length === targets, {
    message: 'all targets but one to be scraped',
    deadlineMs,
  });
  for (const name of new Set(rules.flatMap(({ expr }) => seriesOf(expr))))
    await waitFor(async () => (await prometheus.query(name)).length > 0, { message: `series of ${name}`, deadlineMs });
  await quiet(() => true);
  const conditions = await prometheus.query(`mcpregistry_status_condition{registry="${ASLEEP}"}`);
  expect(new Set(conditions.map(({ labels }) => labels['condition']))).toEqual(new Set(['Stalled', 'SyncSuccessful']));
}, 120_000);

describe('of a registry', () => {
  beforeAll(async () => {
    alerts = watchAlerts(prometheus);
    for (const { registry, cause } of REGISTRY_FAULTS) await cause(scene.registry(registry));
    void beClientOf(await scene.serve(EMPTY));
  }, 60_000);

  test.each([...REGISTRY_FAULTS, ...EMPTY_FAULTS])(
    '$alert fires when $when',
    async ({ alert, registry }) => {
      const { annotations } = await alerts.fired(alert, registry);
      expect(annotations['summary']).toContain(registry);
      expect(annotations['summary']).not.toMatch(UNRENDERED);
    },
    90_000,
  );

  test('each ends when its fault is fixed', async () => {
    for (const { registry, fix } of REGISTRY_FAULTS) await fix?.(scene.registry(registry));
    const empty = scene.registry(EMPTY);
    await empty.mount(catalogOf(...SERVERS));
    await empty.setReady(true);
    await quiet(() => true);
  }, 90_000);
});

describe('of the controller', () => {
  test.each(CONTROLLER_FAULTS)(
    '$alert fires when $when',
    async ({ alert, cause, fix }) => {
      expect(alerts.names()).not.toContain(alert);
      await cause(scene);
      const { annotations } = await alerts.fired(alert);
      expect(annotations['summary']).toMatch(/controller/i);
      expect(annotations['summary']).not.toMatch(UNRENDERED);
      if (fix === undefined) return;
      await fix(scene);
      await quiet(({ alertname }) => alertname === alert);
    },
    150_000,
  );
});

describe('the dashboard has values of all this', () => {
  test.each(ROWS.flatMap(({ panels }) => panels.flatMap(({ title, queries }) => queries.map(({ expr }) => [title, expr] as const))))(
    '%s: %s',
    async (_, expr) => {
      const sent = expr.replaceAll('$namespace', '.*').replaceAll('$registry', '.*').replaceAll('$__rate_interval', '5s');
      // What is not a number, as of nothing divided by nothing, is not at least 0.
      expect(await prometheus.history(`(${sent}) >= 0`, (Date.now() - started) / 1000)).not.toEqual([]);
    },
  );
});
