import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import {
  catalogConfigMap,
  CHILDREN,
  condition,
  crdFile,
  registryObject,
  startCluster,
  startController,
  type Cluster,
  type Obj,
  type RunningController,
} from '../testing.ts';

const DEV = 'toolhive.stacklok.dev';
const IO = 'toolhive.stacklok.io';
const IO_REGISTRIES = 'mcpregistries.io';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/** In the shape of ToolHive's: v1alpha1 and v1beta1, the latter being the storage version, with `configYAML`. */
const TOOLHIVE = fileURLToPath(new URL('../../../e2e/chainsaw/beside-toolhive/toolhive-crds.yaml', import.meta.url));

let cluster: Cluster | undefined;
let controller: RunningController | undefined;

afterEach(async () => {
  await controller?.stop();
  await cluster?.api.stop();
  controller = cluster = undefined;
}, 60_000);

async function start(...crds: string[]): Promise<Cluster> {
  cluster = await startCluster(crds);
  controller = await startController(cluster);
  return cluster;
}

/** Replaces the CRD of the same name, as `kubectl apply` does, and waits until its schema is served. */
async function replaceCrd({ api }: Cluster, file: string, field: string): Promise<void> {
  const [text = ''] = readFileSync(file, 'utf8').split(/^---$/m);
  const name = /^ {2}name: (\S+)$/m.exec(text)?.[1] ?? '';
  const { metadata } = (await api.request('GET', `${CRDS}/${name}`)).body as Obj;
  const versioned = text.replace('metadata:\n', `metadata:\n  resourceVersion: "${metadata.resourceVersion}"\n`);
  const answer = await api.request('PUT', `${CRDS}/${name}`, versioned, 'application/yaml');
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  await waitFor(async () => JSON.stringify((await api.request('GET', `/openapi/v3/apis/${DEV}/v1alpha1`)).body).includes(`"${field}"`), {
    message: `a schema with ${field}`,
    deadlineMs: 20_000,
  });
}

async function isReady(): Promise<boolean> {
  return (await fetch(`http://${controller?.addresses.health ?? ''}/readyz`)).status === 200;
}

/** Whether the controller has created all objects of registry `a`, for this owner. */
async function isMade(of: Cluster, namespace: string, { metadata: { uid } }: Obj): Promise<void> {
  for (const [plural, name] of CHILDREN)
    await of.until(plural, namespace, name, (child: Obj) => child.metadata.ownerReferences?.[0]?.uid === uid);
}

test("beside ToolHive's CRD: a registry of the other group is served, ToolHive's objects stay as they are, and one Event reports it", async () => {
  const { api, ...of } = await start(TOOLHIVE, crdFile(IO));
  const namespace = await of.namespace();
  const theirs = {
    apiVersion: `${DEV}/v1beta1`,
    kind: 'MCPRegistry',
    metadata: { name: 'a' },
    spec: { configYAML: 'sources: []\n' },
  };
  const before = await of.create('mcpregistries.v1beta1', namespace, theirs);
  await of.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  const ours = await of.create(IO_REGISTRIES, namespace, registryObject('a', {}, {}, IO));
  await isMade({ api, ...of }, namespace, ours);
  const status = (await of.until(IO_REGISTRIES, namespace, 'a', (object) => object['status']?.phase === 'Pending'))['status'];
  expect(status.observedGeneration).toBe(1);
  expect((await of.until('configmaps', namespace, 'a-config', () => true))['data']['spec.yaml']).toContain(`apiVersion: ${IO}/v1alpha1`);
  expect(await of.get('mcpregistries.v1beta1', namespace, 'a')).toEqual(before);
  const events = (await of.until('events', 'default', '', (list) => list['items'].length > 0))['items'] as Obj[];
  const reported = events.filter((event) => event['regarding'].kind === 'CustomResourceDefinition');
  expect(reported.map((event) => event['note'])).toEqual([
    `the CRD mcpregistries.${DEV} is not this controller's (its objects are not stored as v1alpha1), so its objects are left alone; use MCPRegistries of ${IO} instead`,
  ]);
  expect(await isReady()).toBe(true);
}, 60_000);

test("a name whose objects belong to ToolHive's own registry is refused without waiting for them", async () => {
  const of = await start(TOOLHIVE, crdFile(IO));
  const namespace = await of.namespace();
  const toolhives = { apiVersion: `${DEV}/v1beta1`, kind: 'MCPRegistry' };
  const theirs = await of.create('mcpregistries.v1beta1', namespace, { ...toolhives, metadata: { name: 'a' }, spec: { configYAML: 'x' } });
  const ownerReferences = [{ ...toolhives, name: 'a', uid: theirs.metadata.uid, controller: true }];
  const metadata = { name: 'a-api', ownerReferences };
  await of.create('services', namespace, { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 8080 }] } });
  await of.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  await of.create(IO_REGISTRIES, namespace, registryObject('a', {}, {}, IO));
  const refused = await of.until(IO_REGISTRIES, namespace, 'a', (object) => condition(object, 'Stalled') !== undefined);
  expect(condition(refused, 'Stalled')).toMatchObject({
    reason: 'ServiceFailed',
    message: expect.stringContaining('is controlled by MCPRegistry a'),
  });
  await of.delete('services', namespace, 'a-api');
  await of.until('deployments', namespace, 'a-api', () => true);
}, 60_000);

test('the example of seed 001 applies unchanged', async () => {
  const of = await start(TOOLHIVE, crdFile(IO));
  await of.api.request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'toolhive-system' } });
  const url = 'https://github.com/modelcontextprotocol/registry/raw/main/registry.json';
  await of.create(IO_REGISTRIES, 'toolhive-system', {
    apiVersion: 'toolhive.stacklok.io/v1alpha1',
    kind: 'MCPRegistry',
    metadata: { name: 'upstream-community', namespace: 'toolhive-system' },
    spec: { displayName: 'MCP Community Registry', format: 'upstream', source: { type: 'url', url } },
  });
  await of.until('deployments', 'toolhive-system', 'upstream-community-api', () => true);
}, 60_000);

test('of two registries with the same name the second is refused until the first is gone with all its objects', async () => {
  const of = await start(crdFile(DEV), crdFile(IO));
  const namespace = await of.namespace();
  await of.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  const first = await of.create(IO_REGISTRIES, namespace, registryObject('a', {}, {}, IO));
  await isMade(of, namespace, first);
  const second = await of.create('mcpregistries', namespace, registryObject('a'));
  const refused = await of.until('mcpregistries', namespace, 'a', (object) => condition(object, 'Ready')?.reason === 'NameTaken');
  const message = `MCPRegistry a of ${IO} in namespace ${namespace} owns the objects with this name, and two registries cannot share them; rename this one, or delete MCPRegistry a of ${IO}`;
  expect(refused['status']).toMatchObject({ phase: 'Failed', message, url: '' });
  expect(condition(refused, 'Stalled')).toMatchObject({ status: 'True', reason: 'NameTaken' });
  await isMade(of, namespace, first);
  await of.delete(IO_REGISTRIES, namespace, 'a');
  // The garbage collector takes its time.
  const waiting = await of.until(
    'mcpregistries',
    namespace,
    'a',
    (object) => condition(object, 'Reconciling')?.reason === 'WaitingForDeletion',
  );
  expect(condition(waiting, 'Stalled')).toBeUndefined();
  for (const [plural, name] of CHILDREN) await of.delete(plural, namespace, name);
  await isMade(of, namespace, second);
}, 60_000);

test('of two registries with the same name, created at once, one is completed and the other refused', async () => {
  const of = await start(crdFile(DEV), crdFile(IO));
  const namespaces = await Promise.all(Array.from({ length: 10 }, () => of.namespace()));
  await Promise.all(
    namespaces.flatMap((namespace) => [
      of.create('mcpregistries', namespace, registryObject('a')),
      of.create(IO_REGISTRIES, namespace, registryObject('a', {}, {}, IO)),
    ]),
  );
  for (const namespace of namespaces) {
    const { metadata } = await of.until('deployments', namespace, 'a-api', () => true);
    const both = await Promise.all(
      ['mcpregistries', IO_REGISTRIES].map((plural) => of.until(plural, namespace, 'a', (object) => object['status']?.phase !== undefined)),
    );
    const isOwner = ({ metadata: { uid } }: Obj): boolean => uid === metadata.ownerReferences?.[0]?.uid;
    const owner = both.find(isOwner);
    if (owner === undefined) throw new Error('the Deployment has no owner');
    await isMade(of, namespace, owner);
    expect(condition(both.find((object) => !isOwner(object)) ?? owner, 'Ready')?.reason).toBe('NameTaken');
  }
}, 60_000);

test('a CRD is installed late, removed and installed again while the other group is served', async () => {
  const of = await start(crdFile(DEV));
  const namespace = await of.namespace();
  const path = `${CRDS}/mcpregistries.${IO}`;
  await of.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  for (const spec of [{ replicas: 1 }, { replicas: 3 }]) {
    await of.api.request('POST', CRDS, readFileSync(crdFile(IO), 'utf8'), 'application/yaml');
    await waitFor(async () => (await of.api.request('GET', `/apis/${IO}/v1alpha1/mcpregistries`)).status === 200, {
      message: 'the CRD to be served',
      deadlineMs: 20_000,
    });
    await of.create(IO_REGISTRIES, namespace, registryObject('b', spec, {}, IO));
    const made = async (): Promise<boolean> => (await of.get('deployments', namespace, 'b-api'))?.['spec'].replicas === spec.replicas;
    await waitFor(made, { message: `a Deployment with ${spec.replicas} replicas`, deadlineMs: 30_000 });
    await of.api.request('DELETE', path);
    await waitFor(async () => (await of.api.request('GET', path)).status === 404, { message: 'the CRD to be gone', deadlineMs: 20_000 });
    for (const [plural, name] of CHILDREN) await of.delete(plural, namespace, name.replace('a-', 'b-'));
  }
  await of.create('mcpregistries', namespace, registryObject('a'));
  await of.until('deployments', namespace, 'a-api', () => true);
  expect(await isReady()).toBe(true);
}, 120_000);

test("ToolHive's CRD in place of ours: objects are left alone from then on, until ours is there again", async () => {
  const of = await start(crdFile(DEV), crdFile(IO));
  const namespace = await of.namespace();
  await of.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  await of.create('mcpregistries', namespace, registryObject('a'));
  await of.until('mcpregistries', namespace, 'a', (object) => object['status']?.phase === 'Pending');
  const deployment = await of.until('deployments', namespace, 'a-api', () => true);
  await replaceCrd(of, TOOLHIVE, 'configYAML');
  const events = await of.until('events', 'default', '', (list) => list['items'].length > 0);
  expect(events['items'][0].note).toContain(`use MCPRegistries of ${IO} instead`);
  // What the controller would do at once if it were still active here.
  await of.patch('mcpregistries', namespace, 'a', { metadata: { annotations: { 'example.com/note': '1' } } });
  const other = await of.create(IO_REGISTRIES, namespace, registryObject('b', {}, {}, IO));
  await of.until('deployments', namespace, 'b-api', (child) => child.metadata.ownerReferences?.[0]?.uid === other.metadata.uid);
  expect((await of.get('deployments', namespace, 'a-api'))?.metadata.resourceVersion).toBe(deployment.metadata.resourceVersion);
  expect(JSON.stringify(await of.get('mcpregistries', namespace, 'a'))).not.toContain('ValidationFailed');
  // Its storage version prevents replacing it with ours: first it has to be deleted, with its objects.
  const path = `${CRDS}/mcpregistries.${DEV}`;
  await of.api.request('DELETE', path);
  await waitFor(async () => (await of.api.request('GET', path)).status === 404, { message: 'the CRD to be gone', deadlineMs: 20_000 });
  await of.api.request('POST', CRDS, readFileSync(crdFile(DEV), 'utf8'), 'application/yaml');
  await waitFor(async () => (await of.api.request('GET', `/apis/${DEV}/v1alpha1/mcpregistries`)).status === 200, {
    message: 'the CRD to be served',
    deadlineMs: 20_000,
  });
  await of.create('mcpregistries', namespace, registryObject('c'));
  await waitFor(async () => of.get('deployments', namespace, 'c-api'), { message: 'the new registry to be served', deadlineMs: 30_000 });
}, 120_000);
