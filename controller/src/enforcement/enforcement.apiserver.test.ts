import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { labels } from '@toolhive-registry/api';
import { waitFor } from '@toolhive-registry/testenv';
import { fakeRegistry, type FakeRegistry } from '../pods/fake-registry.ts';
import {
  catalogConfigMap,
  condition,
  createPod,
  crdFile,
  registryObject,
  runningAt,
  startCluster,
  startController,
  type Cluster,
  type Obj,
  type RunningController,
} from '../testing.ts';
import type { ControllerSettings } from '../options.ts';
import { bucketOf } from './names.ts';
import { installPolicies, SERVER_KIND_CRDS } from './testing.ts';

const POLICIES = 'registry';
const EVIL = 'docker.io/library/evil:latest';
const ADMISSION = '/apis/admissionregistration.k8s.io/v1';

let cluster: Cluster;
let controller: RunningController | undefined;
const pods: FakeRegistry[] = [];

beforeAll(async () => {
  cluster = await startCluster([crdFile('toolhive.stacklok.dev'), crdFile('toolhive.stacklok.io'), ...SERVER_KIND_CRDS]);
  await installPolicies(cluster, 'admin', POLICIES);
  await start();
}, 120_000);

afterEach(async () => {
  for (const pod of pods.splice(0)) await pod.stop();
});

afterAll(async () => {
  await controller?.stop();
  await cluster?.api.stop();
}, 60_000);

async function start(settings: Partial<ControllerSettings> = {}): Promise<void> {
  controller = await startController(cluster, { enforcementPolicies: POLICIES, ...settings });
}

async function restart(settings: Partial<ControllerSettings> = {}): Promise<void> {
  await controller?.stop();
  await start(settings);
}

/** A registry whose pod lists these images. */
async function registry(namespace: string, name: string, images: string[], spec: object = {}): Promise<FakeRegistry> {
  await cluster.create('mcpregistries', namespace, registryObject(name, { enforceServers: true, ...spec }));
  return pod(namespace, name, images);
}

async function pod(namespace: string, name: string, images: string[], isReady = true): Promise<FakeRegistry> {
  const fake = await fakeRegistry();
  pods.push(fake);
  fake.lists({ images });
  fake.report({ registry: { name, namespace }, snapshotHash: hashOf(images) });
  await createPod(cluster, namespace, { registry: name, name: `${name}-played`, status: runningAt(fake.ip, isReady) });
  return fake;
}

function hashOf(images: readonly string[]): string {
  return `hash of ${images.join(' ')}`;
}

/** Makes the pod of a registry list other images. */
function lists(fake: FakeRegistry, images: string[], at = '2026-01-01T00:00:00Z'): void {
  fake.lists({ images });
  fake.report({ snapshotHash: hashOf(images), lastChangeTime: at });
}

async function namespaceWithSource(): Promise<string> {
  const namespace = await cluster.namespace();
  await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  return namespace;
}

function server(name: string, image: string, own: Record<string, string> = {}): object {
  return { apiVersion: 'toolhive.stacklok.dev/v1beta1', kind: 'MCPServer', metadata: { name, labels: own }, spec: { image } };
}

/** The API server's objection to an image; undefined: none. */
async function refusal(namespace: string, image: string, own: Record<string, string> = {}): Promise<string | undefined> {
  const path = `/apis/toolhive.stacklok.dev/v1beta1/namespaces/${namespace}/mcpservers?dryRun=All`;
  const { status, body } = await cluster.api.request('POST', path, server('probe', image, own));
  return status < 300 ? undefined : (body as { message: string }).message;
}

/** Waits until exactly these images are admitted. */
async function admits(namespace: string, images: Record<string, boolean>): Promise<void> {
  await waitFor(
    async () => {
      const now = await Promise.all(Object.keys(images).map(async (image) => (await refusal(namespace, image)) === undefined));
      expect(Object.fromEntries(Object.keys(images).map((image, index) => [image, now[index]]))).toEqual(images);
      return true;
    },
    { message: `admission to be as wanted in ${namespace}`, deadlineMs: 15_000 },
  );
}

function active(namespace: string, name: string, reason: string): Promise<Obj> {
  return cluster.until('mcpregistries', namespace, name, (object) => condition(object, 'EnforcementActive')?.reason === reason);
}

test('the list follows the catalog, and the status says what is allowed', async () => {
  const namespace = await namespaceWithSource();
  await cluster.create('mcpregistries', namespace, registryObject('a', { enforceServers: true }));
  // Before there is a catalog nothing is allowed.
  const first = await cluster.until('configmaps', namespace, 'mcpregistry-enforcement', () => true);
  expect(first['data']).toEqual({ registries: 'a', enforce: 'a', audit: '', listed: '', from: '', to: '' });
  expect(first.metadata.ownerReferences).toMatchObject([{ kind: 'MCPRegistry', name: 'a' }]);
  await admits(namespace, { 'mcp/a:1': false });
  expect(condition(await active(namespace, 'a', 'NoCatalog'), 'EnforcementActive')).toMatchObject({ status: 'True' });

  const fake = await pod(namespace, 'a', ['docker.io/mcp/a:1']);
  await admits(namespace, { 'mcp/a:1': true, 'mcp/b:1': false });
  const enforced = await active(namespace, 'a', 'Enforcing');
  expect(condition(enforced, 'EnforcementActive')).toMatchObject({
    status: 'True',
    message: expect.stringMatching(
      /^what is not in the catalog is refused; allowed: 1 image, 0 URLs and 0 packages(; not installed: RemoteMCPServer\.api\.kagent\.dev)?$/,
    ),
  });
  lists(fake, ['docker.io/mcp/b:1']);
  await admits(namespace, { 'mcp/a:1': false, 'mcp/b:1': true });

  await cluster.patch('mcpregistries', namespace, 'a', { spec: { enforceServers: false } });
  await admits(namespace, { 'mcp/a:1': true, evil: true });
  await cluster.until('mcpregistries', namespace, 'a', (object) => condition(object, 'EnforcementActive') === undefined);
  await cluster.patch('mcpregistries', namespace, 'a', { spec: { enforceServers: true } });
  await admits(namespace, { 'mcp/a:1': false, 'mcp/b:1': true });
}, 60_000);

test('what a pod reported before it was ready counts once it is ready', async () => {
  const namespace = await namespaceWithSource();
  await cluster.create('mcpregistries', namespace, registryObject('a', { enforceServers: true }));
  await active(namespace, 'a', 'NoCatalog');
  const fake = await pod(namespace, 'a', ['docker.io/mcp/a:1'], false);
  // The first answer has been processed when the next request arrives.
  await waitFor(() => fake.questions.length > 1 && fake.open > 0, { message: 'a second question to the pod' });
  await admits(namespace, { 'mcp/a:1': false });
  await cluster.patch('pods', namespace, 'a-played', { status: runningAt(fake.ip, true) }, 'status');
  await active(namespace, 'a', 'Enforcing');
  await admits(namespace, { 'mcp/a:1': true, evil: false });
}, 60_000);

test('the last list stays while a registry cannot be asked, serves nothing, is broken by an edit, or the controller restarts', async () => {
  const namespace = await namespaceWithSource();
  const fake = await registry(namespace, 'a', ['docker.io/mcp/a:1']);
  const asBefore = (): Promise<void> => admits(namespace, { 'mcp/a:1': true, evil: false });
  await asBefore();
  fake.report({ ready: false, snapshotHash: null });
  await asBefore();
  await cluster.patch('mcpregistries', namespace, 'a', { spec: { podTemplateSpec: { spec: { containers: 'none' } } } });
  await cluster.until('mcpregistries', namespace, 'a', ({ status }) => status?.observedGeneration === 2);
  await asBefore();
  await fake.stop();
  await restart();
  await cluster.until('mcpregistries', namespace, 'a', (object) => condition(object, 'EnforcementActive')?.status === 'True');
  await asBefore();
  const { data } = await cluster.until('configmaps', namespace, 'mcpregistry-enforcement', () => true);
  expect(Object.values(data)).toContain('\ndocker.io/mcp/a:1\n');
}, 60_000);

test("when one of two registries is deleted, its list goes and the other's stays; after the last one nothing is forbidden", async () => {
  const namespace = await namespaceWithSource();
  await registry(namespace, 'a', ['docker.io/mcp/a:1']);
  await registry(namespace, 'b', ['docker.io/mcp/b:1']);
  await admits(namespace, { 'mcp/a:1': true, 'mcp/b:1': true, evil: false });
  expect(await refusal(namespace, 'mcp/b:1', { [labels.registryName]: 'a' })).toContain('is not in the catalog of a, which');
  await cluster.delete('mcpregistries', namespace, 'a');
  await admits(namespace, { 'mcp/a:1': false, 'mcp/b:1': true, evil: false });
  await cluster.delete('mcpregistries', namespace, 'b');
  await admits(namespace, { 'mcp/a:1': true, evil: true });
  // It still names the last one as its owner, by which the garbage collector deletes it.
  const { metadata } = await cluster.until('configmaps', namespace, 'mcpregistry-enforcement', () => true);
  expect(metadata.ownerReferences).toMatchObject([{ name: 'b' }]);
}, 60_000);

test('a list that somebody deletes or changes is restored', async () => {
  const namespace = await namespaceWithSource();
  await registry(namespace, 'a', ['docker.io/mcp/a:1']);
  await admits(namespace, { 'mcp/a:1': true, evil: false });
  const { metadata } = await cluster.until('configmaps', namespace, 'mcpregistry-enforcement', () => true);
  await cluster.delete('configmaps', namespace, 'mcpregistry-enforcement');
  await cluster.until('configmaps', namespace, 'mcpregistry-enforcement', (object) => object.metadata.uid !== metadata.uid);
  await admits(namespace, { 'mcp/a:1': true, evil: false });
  await cluster.patch('configmaps', namespace, 'mcpregistry-enforcement', { data: { [`images.a.${bucketOf(EVIL)}`]: `\n${EVIL}\n` } });
  await admits(namespace, { 'mcp/a:1': true, evil: false });
}, 60_000);

test('a missing, changed or restored policy is reported', async () => {
  const namespace = await namespaceWithSource();
  await registry(namespace, 'a', ['docker.io/mcp/a:1']);
  await active(namespace, 'a', 'Enforcing');
  const said = async (reason: string, text: string): Promise<void> => {
    expect(condition(await active(namespace, 'a', reason), 'EnforcementActive')?.message).toContain(text);
  };
  for (const [part, reason] of [
    ['enforce', 'PolicyMissing'],
    ['guard', 'Unguarded'],
  ] as const) {
    for (const plural of ['validatingadmissionpolicies', 'validatingadmissionpolicybindings']) {
      await cluster.api.request('DELETE', `${ADMISSION}/${plural}/${POLICIES}-${part}`);
      await said(reason, `${POLICIES}-${part} is missing`);
      await installPolicies(cluster, 'admin', POLICIES);
      await active(namespace, 'a', 'Enforcing');
    }
  }
  const merge = 'application/merge-patch+json';
  const policy = `${ADMISSION}/validatingadmissionpolicies/${POLICIES}-enforce`;
  const binding = `${ADMISSION}/validatingadmissionpolicybindings/${POLICIES}-enforce`;
  for (const [path, spec, part] of [
    [policy, { validations: [{ expression: 'true' }] }, 'validations'],
    [policy, { matchConditions: [{ name: 'x', expression: 'false' }] }, 'matchConditions'],
    [policy, { matchConstraints: { objectSelector: { matchLabels: { a: 'b' } } } }, 'matchConstraints.objectSelector'],
    [binding, { validationActions: ['Warn'] }, 'validationActions'],
    [binding, { matchResources: { namespaceSelector: { matchLabels: { a: 'b' } } } }, 'matchResources.namespaceSelector'],
    [binding, { paramRef: { selector: { matchLabels: { a: 'b' } } } }, 'paramRef'],
  ] as const) {
    const { status, body } = await cluster.api.request('PATCH', path, { spec }, merge);
    expect([status, status === 200 ? '' : body]).toEqual([200, '']);
    await said('PolicyChanged', `was changed (${part})`);
    await cluster.api.request('DELETE', path);
    await installPolicies(cluster, 'admin', POLICIES);
    await active(namespace, 'a', 'Enforcing');
  }
}, 120_000);

test('running servers that are not in the catalog are counted, and reported on themselves and on the registry', async () => {
  const namespace = await namespaceWithSource();
  await cluster.create('mcpservers.toolhive', namespace, server('bad', 'evil:1'));
  await cluster.create('mcpservers.toolhive', namespace, server('good', 'mcp/a:1'));
  await cluster.create('mcpservers.kagent', namespace, {
    apiVersion: 'kagent.dev/v1alpha1',
    kind: 'MCPServer',
    metadata: { name: 'worse' },
    spec: { deployment: { cmd: 'npx', args: ['-y', 'evil'] } },
  });
  await registry(namespace, 'a', ['docker.io/mcp/a:1']);
  const seen = await cluster.until('mcpregistries', namespace, 'a', (object) =>
    condition(object, 'EnforcementActive')?.message.includes('2 running servers are not in the catalog'),
  );
  expect(condition(seen, 'EnforcementActive')?.message).toContain(
    '2 running servers are not in the catalog: MCPServer bad (image evil:1), MCPServer worse (package npm evil)',
  );
  const events = await waitFor(
    async () => {
      const all = ((await cluster.get('events', namespace, ''))?.['items'] ?? []) as Obj[];
      const found = all.filter(({ reason }) => reason === 'NotInCatalog');
      return found.length >= 4 && found;
    },
    { message: 'the Events', deadlineMs: 15_000 },
  );
  const lines = events.map((event) => `${String(event['regarding'].kind)} ${String(event['regarding'].name)}: ${String(event['note'])}`);
  expect(lines.toSorted()).toEqual([
    'MCPRegistry a: MCPServer bad (image evil:1) runs: image evil:1 is not in the catalog: no source has it; made now, it would be refused by MCPRegistry a',
    'MCPRegistry a: MCPServer worse (package npm evil) runs: package npm evil is not in the catalog: no source has it; made now, it would be refused by MCPRegistry a',
    'MCPServer bad: image evil:1 is not in the catalog: no source has it; made now, it would be refused by MCPRegistry a',
    'MCPServer worse: package npm evil is not in the catalog: no source has it; made now, it would be refused by MCPRegistry a',
  ]);
  const metric = async (name: string): Promise<string | undefined> => {
    const text = await (await fetch(`http://${controller?.addresses.metrics ?? ''}/metrics`)).text();
    return text.split('\n').find((line) => line.startsWith(name) && line.includes(`"${namespace}"`));
  };
  expect(await metric('mcpregistry_enforcement_violations')).toContain('mode="enforce"} 2');
  expect(await metric('mcpregistry_enforcement_active')).toContain('} 1');
  await cluster.delete('mcpservers.kagent', namespace, 'worse');
  await cluster.patch('mcpservers.toolhive', namespace, 'bad', { spec: { image: 'mcp/a:1' } });
  await cluster.until(
    'mcpregistries',
    namespace,
    'a',
    (object) => !condition(object, 'EnforcementActive')?.message.includes('not in the catalog:'),
  );
  expect(await metric('mcpregistry_enforcement_violations')).toContain('mode="enforce"} 0');
}, 60_000);

test('a registry in audit mode admits everything, says so, and reports running servers', async () => {
  const namespace = await namespaceWithSource();
  await registry(namespace, 'a', ['docker.io/mcp/a:1'], { enforcementMode: 'audit' });
  const audited = await active(namespace, 'a', 'Auditing');
  expect(condition(audited, 'EnforcementActive')?.message).toContain(
    'what is not in the catalog is let in with a warning; allowed: 1 image',
  );
  await admits(namespace, { evil: true, 'mcp/a:1': true });
  await cluster.create('mcpservers.toolhive', namespace, server('bad', 'evil:1'));
  await cluster.until('mcpregistries', namespace, 'a', (object) =>
    condition(object, 'EnforcementActive')?.message.includes('1 running server is not in the catalog: MCPServer bad (image evil:1)'),
  );
  await cluster.patch('mcpregistries', namespace, 'a', { spec: { enforcementMode: 'enforce' } });
  await admits(namespace, { evil: false, 'mcp/a:1': true });
  await active(namespace, 'a', 'Enforcing');
}, 60_000);

test('without pod reports or policies the status does not claim enforcement', async () => {
  const namespace = await namespaceWithSource();
  await restart({ registryAccess: 'none' });
  await cluster.create('mcpregistries', namespace, registryObject('a', { enforceServers: true }));
  expect(condition(await active(namespace, 'a', 'NotAsked'), 'EnforcementActive')).toMatchObject({ status: 'False' });
  await admits(namespace, { evil: true });
  await restart({ enforcementPolicies: undefined });
  expect(condition(await active(namespace, 'a', 'PoliciesOff'), 'EnforcementActive')).toMatchObject({ status: 'False' });
  await restart();
  await active(namespace, 'a', 'NoCatalog');
}, 60_000);

test('nothing is written while nothing changes', async () => {
  const namespace = await namespaceWithSource();
  await registry(namespace, 'a', ['docker.io/mcp/a:1']);
  await active(namespace, 'a', 'Enforcing');
  await cluster.create('mcpservers.toolhive', namespace, server('one', 'mcp/a:1'));
  const writes = async (): Promise<number> => cluster.api.countWrites({ namespace, user: 'admin', resource: 'configmaps' });
  const before = await writes();
  for (let round = 0; round < 5; round += 1) {
    await cluster.patch('mcpservers.toolhive', namespace, 'one', { metadata: { annotations: { 'example.com/note': String(round) } } });
    await cluster.patch('mcpregistries', namespace, 'a', { metadata: { annotations: { 'example.com/note': String(round) } } });
  }
  // What comes last has been processed after all of that.
  await cluster.patch('mcpregistries', namespace, 'a', { spec: { displayName: 'Last' } });
  await cluster.until('mcpregistries', namespace, 'a', ({ status }) => status?.observedGeneration === 2);
  // The manifest, which contains the name, and nothing else.
  expect(await writes()).toBe(before + 1);
}, 60_000);
