import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAll } from 'js-yaml';
import { pino } from 'pino';
import { readServerOptions, startServer, type RunningServer } from '@toolhive-registry/registry-server/testing';
import { waitFor } from '@toolhive-registry/testenv';
import {
  catalogConfigMap,
  condition,
  createPod,
  registryObject,
  runningAt,
  startCluster,
  startController,
  type Cluster,
  type Obj,
  type RunningController,
} from './testing.ts';

/** Where the "pod" listens: its ports are those of the Deployment, so the address must be unique. Loopback on Linux. */
const POD_IP = '127.88.81.80';
const QUICKSTART = fileURLToPath(new URL('../../examples/quickstart.yaml', import.meta.url));

let cluster: Cluster;
let controller: RunningController;
let folder: string;
let server: RunningServer | undefined;

beforeAll(async () => {
  cluster = await startCluster();
  controller = await startController(cluster);
}, 60_000);

afterAll(async () => {
  await controller?.stop();
  await cluster?.api.stop();
}, 60_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'controller-real-server-'));
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** Plays the kubelet: writes the Deployment's ConfigMap volumes below the directory, replacing each file atomically. */
async function mountVolumes(namespace: string): Promise<void> {
  const { volumes, containers } = (await cluster.until('deployments', namespace, 'quickstart-api', () => true))['spec'].template.spec;
  const data = async (name: string): Promise<Record<string, string>> => (await cluster.get('configmaps', namespace, name))?.['data'] ?? {};
  for (const { name, mountPath } of containers[0].volumeMounts as { name: string; mountPath: string }[]) {
    const volume = volumes.find((candidate: { name: string }) => candidate.name === name) as Obj;
    const files = Object.entries(volume['configMap'] === undefined ? {} : await data(volume['configMap'].name));
    for (const { configMap } of volume['projected']?.sources ?? []) {
      const keys = await data(configMap.name);
      for (const { key, path } of configMap.items) files.push([path, keys[key] ?? '']);
    }
    for (const [path, content] of files) {
      const file = join(folder, mountPath, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.new`, content);
      await rename(`${file}.new`, file);
    }
  }
}

/** Starts the server as the Deployment's container would be started, with its directories below ours and its ports at the pod's address. */
async function startContainer(namespace: string): Promise<RunningServer> {
  const deployment = await cluster.until('deployments', namespace, 'quickstart-api', () => true);
  const args = (deployment['spec'].template.spec.containers[0].args as string[]).map((arg) =>
    arg.replace('=/', `=${folder}/`).replace('=:', `=${POD_IP}:`),
  );
  const invocation = readServerOptions([...args, '--log-level=silent'], {});
  if (invocation.kind !== 'run') throw new Error(`the Deployment's arguments ask for ${invocation.kind}`);
  return startServer({ ...invocation.options, drainTimeMs: 0 }, pino({ level: 'silent' }));
}

/** Plays ReplicaSet controller, scheduler and kubelet: a running pod of the registry at the address. */
async function startPod(namespace: string, ready: boolean): Promise<void> {
  await createPod(cluster, namespace, { registry: 'quickstart', status: runningAt(POD_IP, ready) });
}

/** Waits until the controller asks for the pod's volumes to be refreshed, and refreshes them. */
async function refresh(namespace: string, before: string | undefined): Promise<string> {
  const pod = await cluster.until('pods', namespace, 'pod', (found) => touched(found) !== undefined && touched(found) !== before);
  await mountVolumes(namespace);
  return touched(pod) ?? '';
}

function touched(pod: Obj): string | undefined {
  return pod.metadata.annotations?.['toolhive.stacklok.dev/content-touched'];
}

function untilCount(namespace: string, count: number): Promise<Obj> {
  return cluster.until('mcpregistries', namespace, 'quickstart', (object) => object['status']?.serverCount === count);
}

test('the status says what the registry server serves, and follows edits of the data and of the spec', async () => {
  const namespace = await cluster.namespace();
  const manifests = loadAll(await readFile(QUICKSTART, 'utf8')) as Obj[];
  for (const manifest of manifests) {
    await cluster.create(manifest['kind'] === 'ConfigMap' ? 'configmaps' : 'mcpregistries', namespace, manifest);
  }
  await cluster.until('configmaps', namespace, 'quickstart-config', () => true);
  await mountVolumes(namespace);
  server = await startContainer(namespace);
  expect(server.internalUrl).toBe(`http://${POD_IP}:8081`);
  await startPod(namespace, true);

  const first = await untilCount(namespace, 88);
  for (const type of ['SourceAvailable', 'DataValid', 'SyncSuccessful']) expect(condition(first, type)).toMatchObject({ status: 'True' });
  expect(first['status'].lastSyncHash).toBe(server.engine.status().snapshot?.header.hash);
  // The server has read what the controller wrote: there is nothing to refresh.
  expect(touched(await cluster.until('pods', namespace, 'pod', () => true))).toBeUndefined();

  const servers = { one: { image: 'example.com/one:1', description: 'One' }, two: { image: 'example.com/two:1', description: 'Two' } };
  await cluster.patch('configmaps', namespace, 'quickstart-catalog', { data: { 'registry.json': JSON.stringify({ servers }) } });
  const touch = await refresh(namespace, undefined);
  const second = await untilCount(namespace, 2);
  expect(second['status'].lastSyncHash).not.toBe(first['status'].lastSyncHash);
  const note = '2 servers in the catalog; 2 added, 0 changed, 88 removed';
  await cluster.until('events', namespace, '', ({ items }) =>
    (items as Obj[]).some((event) => event['reason'] === 'SyncSucceeded' && event['note'] === note),
  );
  const metrics = await (await fetch(`http://${controller.addresses.metrics}/metrics`)).text();
  const labels = `registry_namespace="${namespace}",registry="quickstart"`;
  expect(metrics.split('\n')).toEqual(
    expect.arrayContaining([
      `mcpregistry_servers_total{${labels}} 2`,
      `mcpregistry_deployed_servers_total{${labels}} 0`,
      `mcpregistry_status_condition{${labels},condition="SyncSuccessful"} 1`,
      expect.stringMatching(`^mcpregistry_source_last_success_timestamp_seconds{${labels},registry_pod="pod",source="default"} [1-9]`),
      expect.stringMatching(`^mcpregistry_sync_total{${labels},registry_pod="pod",source="default",result="success"} [12]$`),
      `mcpregistry_sync_total{${labels},registry_pod="pod",source="default",result="failure"} 0`,
      '# TYPE mcpregistry_sync_duration_seconds summary',
      expect.stringMatching(`^mcpregistry_sync_duration_seconds_count{${labels},registry_pod="pod"} [12]$`),
    ]),
  );

  await cluster.patch('mcpregistries', namespace, 'quickstart', { spec: { filter: { names: { exclude: ['*two'] } } } });
  await refresh(namespace, touch);
  await untilCount(namespace, 1);

  const broken = { data: { 'registry.json': '{' } };
  await cluster.patch('configmaps', namespace, 'quickstart-catalog', broken);
  await mountVolumes(namespace);
  const failed = await cluster.until(
    'mcpregistries',
    namespace,
    'quickstart',
    (object) => condition(object, 'DataValid')?.status === 'False',
  );
  expect(condition(failed, 'SyncSuccessful')?.status).toBe('False');
  expect(failed['status'].serverCount).toBe(1);

  // No pod can be asked: what is no longer known is not claimed, and the last count stays.
  await server.stop();
  server = undefined;
  const silent = await cluster.until(
    'mcpregistries',
    namespace,
    'quickstart',
    (object) => condition(object, 'DataValid')?.reason === 'NotReported',
  );
  expect(silent['status'].serverCount).toBe(1);
}, 60_000);

test('a registry that cannot start says why, and starts when that is fixed', async () => {
  const namespace = await cluster.namespace();
  const source = { type: 'configmap', configmap: { name: 'data' } };
  await cluster.create('configmaps', namespace, { ...catalogConfigMap('data', 'x'), data: { 'registry.json': '{' } });
  await cluster.create('mcpregistries', namespace, registryObject('quickstart', { source }));
  await cluster.until('configmaps', namespace, 'quickstart-config', () => true);
  await mountVolumes(namespace);
  server = await startContainer(namespace);
  await startPod(namespace, false);
  const failed = await cluster.until(
    'mcpregistries',
    namespace,
    'quickstart',
    (object) => condition(object, 'DataValid')?.status === 'False',
  );
  const { message } = condition(failed, 'SyncSuccessful') ?? {};
  expect(message).toContain('default: ');
  expect(failed['status']).toMatchObject({ phase: 'Pending', message: `0 of 1 replicas are ready: ${message ?? ''}` });
  expect(failed['status'].serverCount).toBeUndefined();
  expect(condition(failed, 'Ready')).toMatchObject({ reason: 'NotReady', message: failed['status'].message });

  await cluster.patch('configmaps', namespace, 'data', { data: catalogConfigMap('data', 'x', 'y').data });
  await refresh(namespace, undefined);
  const status = { conditions: [{ type: 'Ready', status: 'True' }] };
  await waitFor(() => server?.engine.status().snapshot !== undefined, { message: 'the server to have a catalog' });
  await cluster.patch('pods', namespace, 'pod', { status }, 'status');
  const recovered = await untilCount(namespace, 2);
  expect(condition(recovered, 'DataValid')?.status).toBe('True');
}, 60_000);
