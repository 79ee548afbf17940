import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { fakeRegistry } from '../pods/fake-registry.ts';
import { withCondition } from '../pods/testing.ts';
import { condition, createPod, createReplicaSet, runningAt, startBench, type Bench, type Cluster, type Obj } from '../testing.ts';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

/** Registry `a` that one pod of the first template serves, while one of the second should replace it. Returns the two ReplicaSets. */
async function rollingOut(): Promise<{ namespace: string; before: { name: string; uid: string }; newest: { name: string; uid: string } }> {
  const namespace = await bench.settled();
  const newest = await createReplicaSet(cluster, namespace, 10);
  const before = await createReplicaSet(cluster, namespace, 9);
  await deploymentStatus(namespace, { replicas: 2, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 });
  await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Running');
  return { namespace, before, newest };
}

async function deploymentStatus(namespace: string, fields: object): Promise<void> {
  const { metadata } = await cluster.until('deployments', namespace, 'a-api', () => true);
  await cluster.patch('deployments', namespace, 'a-api', { status: { observedGeneration: metadata.generation, ...fields } }, 'status');
}

function waiting(reason: string, message: string): object {
  return {
    containerStatuses: [
      { name: 'registry-api', image: 'x', imageID: '', ready: false, restartCount: 0, state: { waiting: { reason, message } } },
    ],
  };
}

/** Waits until the condition has the reason; the status's Event has the same message, and there is no other Warning. */
async function heldUpBy(namespace: string, type: 'Reconciling' | 'Stalled', reason: string): Promise<string> {
  const object = await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, type)?.reason === reason);
  const message = condition(object, type)?.message ?? '';
  const warnings = async (): Promise<string[]> =>
    ((await cluster.until('events', namespace, '', () => true))['items'] as Obj[])
      .filter((event) => event['type'] === 'Warning' && event['regarding'].kind === 'MCPRegistry')
      .map((event) => `${String(event['reason'])}: ${String(event['note'])}`);
  await bench.passAgain(namespace);
  expect(await warnings()).toEqual([`${reason}: ${message}`]);
  return message;
}

const HELD_UP = '1 of 2 pods run the wanted template: ';

test("the quoted pod is one of the newest template, whatever the pods' names", async () => {
  const { namespace, before, newest } = await rollingOut();
  await createPod(cluster, namespace, { name: 'a-api-0', replicaSet: before, status: waiting('CreateContainerConfigError', 'of before') });
  await createPod(cluster, namespace, { name: 'a-api-z', replicaSet: newest, status: waiting('ErrImagePull', 'not found') });
  expect(await heldUpBy(namespace, 'Reconciling', 'ImagePullBackOff')).toBe(`${HELD_UP}pod a-api-z: ImagePullBackOff: not found`);
});

test('the readiness of a new pod is quoted while an earlier one serves', async () => {
  const [serving, starting] = [await fakeRegistry(), await fakeRegistry()];
  try {
    const { namespace, before, newest } = await rollingOut();
    for (const pod of [serving, starting]) pod.report({ registry: { name: 'a', namespace } });
    const message = 'ENOSPC: no space left on device, write';
    starting.report({
      ...withCondition('SyncSuccessful', 'False', 'StorageFailed', message),
      registry: { name: 'a', namespace },
      ready: false,
      sources: [{ name: 'default', type: 'configmap', state: 'failed', serverCount: 0, warnings: [], reason: 'StorageFailed', message }],
    });
    await createPod(cluster, namespace, { name: 'old', replicaSet: before, status: runningAt(serving.ip, true) });
    await createPod(cluster, namespace, { name: 'new', replicaSet: newest, status: runningAt(starting.ip, false) });
    expect(await heldUpBy(namespace, 'Reconciling', 'PodNotReady')).toBe(`${HELD_UP}pod new: not ready: default: ${message}`);
    // What is served stays served.
    const object = await cluster.until('mcpregistries', namespace, 'a', () => true);
    expect(condition(object, 'SyncSuccessful')?.status).toBe('True');
    expect(object['status']).toMatchObject({ phase: 'Running', message: '3 servers are served' });
  } finally {
    await serving.stop();
    await starting.stop();
  }
});

test('a paused Deployment says so, and how to go on', async () => {
  const { namespace } = await rollingOut();
  await cluster.patch('deployments', namespace, 'a-api', { spec: { paused: true } });
  await deploymentStatus(namespace, { replicas: 1, updatedReplicas: 0, readyReplicas: 1, availableReplicas: 1 });
  expect(await heldUpBy(namespace, 'Reconciling', 'RolloutPaused')).toBe(
    `0 of 1 pods run the wanted template: Deployment ${namespace}/a-api is paused; resume it with: kubectl rollout resume deployment/a-api --namespace ${namespace}`,
  );
});

test('trouble that only an Event names is reported', async () => {
  const { namespace, newest } = await rollingOut();
  const pod = await createPod(cluster, namespace, { name: 'new', replicaSet: newest, status: { phase: 'Pending' } });
  const { uid, name } = pod.metadata;
  const event = (reason: string, message: string, at: string, type = 'Warning'): object => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { generateName: 'x-' },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace, name, uid },
    type,
    reason,
    message,
    lastTimestamp: at,
  });
  const record = (body: object): Promise<unknown> => cluster.api.request('POST', `/api/v1/namespaces/${namespace}/events`, body);
  await record(event('FailedMount', 'MountVolume.SetUp failed for volume "data"', '2026-01-01T00:00:02Z'));
  await record(event('Scheduled', 'assigned', '2026-01-01T00:00:01Z', 'Normal'));
  expect(await heldUpBy(namespace, 'Reconciling', 'FailedMount')).toBe(
    `${HELD_UP}pod new: FailedMount: MountVolume.SetUp failed for volume "data"`,
  );
  await record(event('Pulling', 'pulling', '2026-01-01T00:00:03Z', 'Normal'));
  await waitFor(
    async () => condition((await cluster.get('mcpregistries', namespace, 'a')) as Obj, 'Reconciling')?.reason === 'RollingOut',
    { message: 'the volume to be forgotten', deadlineMs: 30_000 },
  );
}, 60_000);

test.each([
  ['pods "a-api-x" is forbidden: exceeded quota: none, requested: pods=1, used: pods=0, limited: pods=0', 'QuotaExceeded'],
  ['pods "a-api-x" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true', 'PolicyDenied'],
  ['pods "a-api-x" is forbidden: error looking up service account', 'FailedCreate'],
])('pods that cannot be created: %s', async (message, reason) => {
  const namespace = await bench.settled();
  const failure = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message };
  await deploymentStatus(namespace, { replicas: 0, conditions: [failure] });
  expect(await heldUpBy(namespace, 'Stalled', reason)).toBe(message.replace('pods "a-api-x" is', 'pods are'));
});

test('a change that the Deployment has not observed yet is in progress, whatever its earlier status', async () => {
  const { namespace, newest } = await rollingOut();
  await createPod(cluster, namespace, { name: 'new', replicaSet: newest, status: waiting('ErrImagePull', 'not found') });
  const stuck = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' };
  const counts = { replicas: 2, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };
  await deploymentStatus(namespace, { ...counts, conditions: [stuck] });
  await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'Stalled')?.reason === 'ProgressDeadlineExceeded');
  await cluster.patch('mcpregistries', namespace, 'a', { spec: { env: [{ name: 'MENDED', value: 'yes' }] } });
  const recovered = await cluster.until(
    'mcpregistries',
    namespace,
    'a',
    (found) => found['status'].observedGeneration === found.metadata.generation,
  );
  expect(condition(recovered, 'Stalled')).toBeUndefined();
  expect(condition(recovered, 'Reconciling')).toMatchObject({
    reason: 'RollingOut',
    message: 'The Deployment has not acted upon its last change yet',
  });
});

test("a pod of somebody else's ReplicaSet is neither asked nor annotated, whatever its name", async () => {
  const stranger = await fakeRegistry();
  try {
    const namespace = await bench.settled();
    stranger.report({ ...withCondition('SourceAvailable', 'False', 'Evil', 'evil'), registry: { name: 'a', namespace } });
    const replicaSet = { name: 'a-api-foreign', uid: 'somebody' };
    const pod = await createPod(cluster, namespace, { replicaSet, status: runningAt(stranger.ip, true) });
    await bench.passAgain(namespace);
    await bench.passAgain(namespace);
    expect(stranger.questions).toEqual([]);
    expect((await cluster.get('pods', namespace, 'pod'))?.metadata.resourceVersion).toBe(pod.metadata.resourceVersion);
  } finally {
    await stranger.stop();
  }
});

test('a complete Deployment is not searched for trouble', async () => {
  const { namespace, before, newest } = await rollingOut();
  await createPod(cluster, namespace, { name: 'old', replicaSet: before, status: waiting('ErrImagePull', 'not found') });
  await createPod(cluster, namespace, { name: 'new', replicaSet: newest, status: { phase: 'Running' } });
  await bench.available(namespace, 1);
  const object = await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'Reconciling') === undefined);
  expect(object['status']).toMatchObject({ phase: 'Running', message: 'The registry is served' });
});
