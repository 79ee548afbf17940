import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import type { LeaderElectionSettings } from './leadership.ts';
import {
  catalogConfigMap,
  condition,
  createPod,
  registryObject,
  startCluster,
  startController,
  type Cluster,
  type Obj,
  type RunningController,
} from './testing.ts';
import type { ControllerSettings } from './options.ts';

/** The first two as in a cluster, for a busy machine; the last one faster. */
const TIMES = { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 100 };
const INSTALLATION = 'toolhive.stacklok.dev/installation';

let cluster: Cluster;
let running: RunningController[] = [];

beforeAll(async () => {
  cluster = await startCluster();
}, 60_000);

afterEach(async () => {
  for (const controller of running.splice(0)) await controller.stop();
}, 60_000);

afterAll(async () => {
  await cluster?.api.stop();
}, 60_000);

async function start(
  installation: string,
  settings: Partial<ControllerSettings> = {},
  election: Partial<LeaderElectionSettings> = {},
): Promise<RunningController> {
  const controller = await startController(cluster, {
    installation,
    serverImage: `registry.example.com/${installation}:1`,
    leaderElection: { namespace: 'kube-system', ...TIMES, ...election },
    ...settings,
  });
  running.push(controller);
  return controller;
}

async function createRegistry(): Promise<string> {
  const namespace = await cluster.namespace();
  await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  await cluster.create('mcpregistries', namespace, registryObject('a'));
  return namespace;
}

function imageOf(deployment: Obj): string {
  return String(deployment['spec'].template.spec.containers[0].image);
}

function holder(lease: Obj): string {
  return String(lease['spec'].holderIdentity);
}

/** Waits for the first matching note of Events with this reason. */
function noteOf(namespace: string, wanted: string, note: RegExp): Promise<string> {
  return waitFor(
    async () => {
      const list = await cluster.get('events', namespace, '');
      const events = ((list?.['items'] ?? []) as Obj[]).filter(({ reason }) => reason === wanted);
      return events.map((event) => String(event['note'])).find((text) => note.test(text));
    },
    { message: `an Event ${wanted} with ${String(note)}`, deadlineMs: 20_000 },
  );
}

test('of two installations for the whole cluster one works, and the other takes over when it is gone', async () => {
  const first = await start('one/registries');
  await cluster.until('leases', 'kube-system', 'toolhive-registry-controller', (lease) => holder(lease) !== '');
  await start('two/registries');
  const namespace = await createRegistry();
  const deployment = await cluster.until('deployments', namespace, 'a-api', () => true);
  expect(imageOf(deployment)).toBe('registry.example.com/one/registries:1');
  expect(deployment.metadata.annotations?.[INSTALLATION]).toBe('one/registries');
  await cluster.until('mcpregistries', namespace, 'a', (object) => object['status']?.observedGeneration === 1);
  expect((await cluster.get('deployments', namespace, 'a-api'))?.metadata.generation).toBe(1);

  await first.stop();
  running = running.filter((controller) => controller !== first);
  const taken = await cluster.until('deployments', namespace, 'a-api', (object) => imageOf(object).includes('two/'));
  expect([taken.metadata.generation, taken.metadata.annotations?.[INSTALLATION]]).toEqual([2, 'two/registries']);
  const lease = await cluster.until('leases', 'kube-system', 'toolhive-registry-controller', () => true);
  expect(lease.metadata.annotations?.[INSTALLATION]).toBe('two/registries');
}, 60_000);

test('two installations that alternate as Lease holders carry out everything each time', async () => {
  const namespace = await createRegistry();
  let leader = await start('one/registries');
  await cluster.until('deployments', namespace, 'a-api', (object) => imageOf(object).includes('one/'));
  for (const next of ['two', 'one', 'two', 'one', 'two']) {
    const standby = await start(`${next}/registries`);
    await leader.stop();
    running = [standby];
    leader = standby;
    await cluster.until('deployments', namespace, 'a-api', (object) => imageOf(object).includes(`/${next}/`));
  }
  const recorded = (await cluster.until('events', namespace, '', () => true))['items'] as Obj[];
  expect(recorded.filter(({ reason }) => reason === 'OverlappingInstallations')).toEqual([]);
}, 90_000);

test('installations with overlapping namespaces divide them', async () => {
  const [left, both, right] = [await createRegistry(), await createRegistry(), await createRegistry()];
  const first = await start('one/registries', { watchNamespaces: [left, both] });
  for (const namespace of [left, both])
    await cluster.until('deployments', namespace, 'a-api', (object) => imageOf(object).includes('one/'));
  await start('two/registries', { watchNamespaces: [both, right] });
  await cluster.until('deployments', right, 'a-api', (object) => imageOf(object).includes('two/'));
  const shared = await cluster.until('deployments', both, 'a-api', () => true);
  expect([imageOf(shared), shared.metadata.generation]).toEqual(['registry.example.com/one/registries:1', 1]);
  await first.stop();
  running = running.filter((controller) => controller !== first);
  await cluster.until('deployments', both, 'a-api', (object) => imageOf(object).includes('two/'));
}, 60_000);

test.each<[what: string, election: Partial<ControllerSettings>]>([
  ['one for the cluster and one for a namespace', {}],
  ['two that elect nobody', { leaderElection: undefined }],
])(
  '%s do not fight: one gives way, and an Event says so',
  async (_, election) => {
    const namespace = await createRegistry();
    await start('wide/registries', election);
    await cluster.until('mcpregistries', namespace, 'a', (object) => object['status']?.observedGeneration === 1);
    await start('narrow/registries', { watchNamespaces: [namespace], ...election });
    expect(await noteOf(namespace, 'OverlappingInstallations', /./)).toBe(
      'installation narrow/registries of the controller also manages this registry, so installation wide/registries has stopped managing it; let only one of them watch this namespace (--watch-namespaces)',
    );
    // Both reconcile it again after every change, and only one of them writes.
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { displayName: 'edited' } });
    const edited = await cluster.until('configmaps', namespace, 'a-config', (object) => object['data']['spec.yaml'].includes('edited'));
    expect(edited.metadata.annotations?.[INSTALLATION]).toBe('narrow/registries');
    const { generation } = (await cluster.until('deployments', namespace, 'a-api', (object) => imageOf(object).includes('/narrow/')))
      .metadata;
    // Created, taken over, taken back, and taken over once more.
    expect(generation).toBeLessThanOrEqual(4);
  },
  60_000,
);

test('two of the same name without election stop fighting, and a condition and an Event name the field', async () => {
  const namespace = await createRegistry();
  await start('same/registries', { leaderElection: undefined, serverImage: 'registry.example.com/one:1' });
  await cluster.until('mcpregistries', namespace, 'a', (object) => object['status']?.observedGeneration === 1);
  await start('same/registries', { leaderElection: undefined, serverImage: 'registry.example.com/two:1' });
  const object = await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'Stalled')?.reason === 'AnotherWriter');
  expect(condition(object, 'Stalled')?.message).toMatch(
    /^(Deployment|MCPRegistry) .*somebody else applies under the name toolhive-registry-controller, too/,
  );
  await noteOf(namespace, 'AnotherWriter', /somebody else applies under the name toolhive-registry-controller/);
  const { generation = 0 } = (await cluster.until('deployments', namespace, 'a-api', () => true)).metadata;
  await cluster.patch('mcpregistries', namespace, 'a', { metadata: { annotations: { 'example.com/note': '1' } } });
  // Both reconcile again, and neither writes the Deployment: created once, and changed three times by each at most.
  await cluster.patch('mcpregistries', namespace, 'a', { metadata: { annotations: { 'example.com/note': '2' } } });
  const other = await createRegistry();
  await cluster.until('deployments', other, 'a-api', () => true);
  const after = (await cluster.until('deployments', namespace, 'a-api', () => true)).metadata.generation;
  expect([after, generation < 10]).toEqual([generation, true]);
}, 60_000);

test('two of the same name that alternately create and delete an object stop, and a condition says so', async () => {
  const namespace = await createRegistry();
  const same = { leaderElection: undefined, serverImage: 'registry.example.com/same:1' };
  await start('same/registries', same);
  await cluster.until('networkpolicies', namespace, 'a-int', () => true);
  await start('same/registries', { ...same, networkPolicy: undefined });
  await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'Stalled')?.reason === 'AnotherWriter');
  // From the Event: the two then write the status in turns, and the condition may go on to say that.
  await noteOf(namespace, 'AnotherWriter', /somebody else (deleted it|recreated it) 5 times/);
}, 60_000);

test('an annotation changed by a user is restored without stopping anything', async () => {
  const namespace = await createRegistry();
  await start('wide/registries');
  for (const round of [1, 2, 3]) {
    await cluster.until('services', namespace, 'a-api', ({ metadata }) => metadata.annotations?.[INSTALLATION] === 'wide/registries');
    await cluster.patch('services', namespace, 'a-api', { metadata: { annotations: { [INSTALLATION]: `aaa/round-${round}` } } });
  }
  await cluster.until('services', namespace, 'a-api', ({ metadata }) => metadata.annotations?.[INSTALLATION] === 'wide/registries');
  await cluster.patch('mcpregistries', namespace, 'a', { spec: { displayName: 'still managed' } });
  await cluster.until('configmaps', namespace, 'a-config', (object) => object['data']['spec.yaml'].includes('still managed'));
}, 60_000);

test('edits of ConfigMaps reach the pods while the leader is dead', async () => {
  const namespace = await createRegistry();
  const leader = await start('one/registries', { refreshVolumes: true });
  await cluster.until('mcpregistries', namespace, 'a', (object) => object['status']?.observedGeneration === 1);
  await leader.stop();
  running = [];
  // Holds it, does nothing, and will not give it back.
  const dead = { holderIdentity: 'dead', leaseDurationSeconds: 3_600 };
  await cluster.patch('leases', 'kube-system', 'toolhive-registry-controller', { spec: dead });
  await createPod(cluster, namespace);
  await start('one/registries', { refreshVolumes: true });
  await cluster.patch('mcpregistries', namespace, 'a', { spec: { displayName: 'edited' } });
  await cluster.patch('configmaps', namespace, 'data', catalogConfigMap('data', 'x', 'y'));
  await cluster.until('pods', namespace, 'pod', (pod) => pod.metadata.annotations?.['toolhive.stacklok.dev/content-touched'] !== undefined);
  // The earlier edit is not for a standby to carry out.
  expect((await cluster.get('configmaps', namespace, 'a-config'))?.['data']['spec.yaml']).not.toContain('edited');
  expect(holder(await cluster.until('leases', 'kube-system', 'toolhive-registry-controller', () => true))).toBe('dead');
  await cluster.patch('leases', 'kube-system', 'toolhive-registry-controller', { spec: { holderIdentity: '' } });
  await cluster.until('configmaps', namespace, 'a-config', (object) => object['data']['spec.yaml'].includes('edited'));
}, 60_000);
