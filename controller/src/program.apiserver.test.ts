import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { catalogConfigMap, registryObject, runController, startCluster, type Cluster, type Run } from './testing.ts';

const AGENT = 'toolhive-registry-controller';

let cluster: Cluster;
let run: Run | undefined;

beforeAll(async () => {
  cluster = await startCluster();
}, 60_000);

afterEach(async () => {
  run?.child.kill('SIGKILL');
  await run?.exit;
});

afterAll(async () => {
  await cluster?.api.stop();
}, 60_000);

/** Starts the program and waits until it is ready. Returns its addresses. */
async function ready(...args: string[]): Promise<{ started: Run; health: string; metrics: string }> {
  const started = runController(
    ['--registry-server-image=registry.example.com/server:2', '--health-address=127.0.0.1:0', '--metrics-address=127.0.0.1:0', ...args],
    { KUBECONFIG: cluster.api.kubeconfigPath },
  );
  run = started;
  const serving = await started.logged('serving');
  const [health, metrics] = [`http://${String(serving['health'])}`, `http://${String(serving['metrics'])}`];
  await waitFor(async () => (await fetch(`${health}/readyz`)).status === 200, { message: 'the program to be ready', deadlineMs: 15_000 });
  return { started, health, metrics };
}

test('probes and metrics answer while it works, and SIGTERM ends it with 0', async () => {
  const namespace = await cluster.namespace();
  const { started, health, metrics } = await ready();
  await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  await cluster.create('mcpregistries', namespace, registryObject('a'));
  await cluster.until('mcpregistries', namespace, 'a', (object) => object['status']?.phase === 'Pending');
  const deployment = await cluster.until('deployments', namespace, 'a-api', () => true);
  expect(deployment['spec'].template.spec.containers[0].image).toBe('registry.example.com/server:2');

  expect(await (await fetch(`${health}/healthz`)).text()).toBe('ok\n');
  expect(await (await fetch(`${health}/readyz`)).text()).toBe('[+]informers-synced ok\n[+]leader-election ok\n[+]crds ok\n');
  expect((await fetch(`${health}/metrics`)).status).toBe(404);
  const page = await fetch(`${metrics}/metrics`);
  expect(page.headers.get('content-type')).toContain('text/plain');
  const text = await page.text();
  for (const sample of [
    /^controller_runtime_reconcile_total\{[^}]*controller="mcpregistry"[^}]*result="[a-z_]+"[^}]*\} [1-9]/m,
    /^rest_client_requests_total\{[^}]*\} [1-9]/m,
    /^workqueue_depth\{[^}]*\} \d/m,
    /^process_cpu_seconds_total \d/m,
  ]) {
    expect(text).toMatch(sample);
  }

  started.child.kill('SIGTERM');
  expect(await started.exit).toBe(0);
  const lines = started
    .stderr()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: string; msg: string });
  expect(lines.at(-1)?.msg).toBe('stopped');
  expect(lines.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  expect(started.stdout()).toBe('');
});

test('only the given namespaces are watched', async () => {
  const [inside, outside] = [await cluster.namespace(), await cluster.namespace()];
  for (const namespace of [outside, inside]) await cluster.create('mcpregistries', namespace, registryObject('a'));
  const before = (await cluster.api.auditEvents()).length;
  await ready(`--watch-namespaces=${inside}`);
  await cluster.until('mcpregistries', inside, 'a', (object) => object['status']?.phase === 'Pending');
  // Discovery is not about objects.
  const asked = (await cluster.api.auditEvents())
    .slice(before)
    .filter(({ userAgent, objectRef }) => userAgent?.startsWith(AGENT) === true && objectRef !== undefined);
  expect([...new Set(asked.map(({ objectRef }) => objectRef?.namespace))]).toEqual([inside]);
  const lists = asked.filter(({ requestURI, stage }) => requestURI.includes('sendInitialEvents=true') && stage === 'ResponseStarted');
  expect(lists.map(({ objectRef }) => objectRef?.resource ?? '').sort()).toEqual([
    'configmaps',
    'configmaps',
    'configmaps',
    'deployments',
    'httproutes',
    'ingresses',
    'mcpregistries',
    'mcpregistries',
    'networkpolicies',
    'poddisruptionbudgets',
    'pods',
    'replicasets',
    'serviceaccounts',
    'services',
  ]);
  expect(await cluster.get('deployments', outside, 'a-api')).toBeUndefined();
});
