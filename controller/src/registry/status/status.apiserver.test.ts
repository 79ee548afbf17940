import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogConfigMap, condition, createPod, registryObject, startBench, type Bench, type Cluster, type Obj } from '../../testing.ts';
import { deriveStatus } from './derive.ts';
import { outOfBounds } from './testing.ts';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

describe('status', () => {
  test('follows the Deployment; the url is set only while Running', async () => {
    const namespace = await bench.settled();
    const pending = await cluster.until('mcpregistries', namespace, 'a', () => true);
    expect(pending['status']).toMatchObject({
      phase: 'Pending',
      message: '0 of 1 replicas are ready',
      readyReplicas: 0,
      selector: 'app=mcp-registry-api,toolhive.stacklok.io/registry-name=a',
    });
    expect(pending['status'].url).toBe('');
    expect(condition(pending, 'Reconciling')?.status).toBe('True');
    await bench.available(namespace, 1);
    const running = await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].phase === 'Running');
    expect(running['status']).toMatchObject({
      url: `http://a-api.${namespace}.svc.cluster.local:8080`,
      readyReplicas: 1,
      replicas: 1,
      observedGeneration: 1,
    });
    expect(condition(running, 'Ready')).toMatchObject({ status: 'True', reason: 'Ready' });
    expect(condition(running, 'Reconciling')).toBeUndefined();
    expect(condition(running, 'SourceAvailable')).toMatchObject({ status: 'Unknown', reason: 'NotReported' });
    await cluster.until('events', namespace, '', ({ items }) =>
      (items as Obj[]).some(
        (event) =>
          event['type'] === 'Normal' &&
          event['reason'] === 'Ready' &&
          event['note'] === 'The registry is served' &&
          event['regarding'].uid === running.metadata.uid,
      ),
    );
    await bench.available(namespace, 0);
    const down = await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].phase === 'Pending');
    expect(down['status'].url).toBe('');
    expect(condition(down, 'Ready')?.status).toBe('False');
  });

  test('names a missing ConfigMap, and recovers when it appears', async () => {
    const namespace = await cluster.namespace();
    await cluster.create('mcpregistries', namespace, registryObject('a'));
    const object = await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'SourceAvailable')?.status === 'False');
    expect(object['status'].message).toBe(`ConfigMap "data" of source "default" does not exist in namespace ${namespace}; create it`);
    expect(condition(object, 'Ready')).toMatchObject({ status: 'False', reason: 'SourceNotFound' });
    await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
    await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'SourceAvailable')?.status === 'Unknown');
  });

  test('reports ValidationFailed for what the CRD cannot refuse, and the children stay as they were', async () => {
    const namespace = await bench.settled();
    const before = await cluster.until('configmaps', namespace, 'a-config', () => true);
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { source: { configmap: { name: 'data', namespace: 'elsewhere' } } } });
    const object = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].observedGeneration === 2);
    expect(object['status'].phase).toBe('Failed');
    expect(condition(object, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ValidationFailed',
      message: expect.stringContaining('spec.source.configmap.namespace'),
    });
    expect((await cluster.get('configmaps', namespace, 'a-config'))?.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { source: { configmap: { namespace: null } } } });
    await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Pending');
  });

  test('names a pod that cannot run, and what it waits for', async () => {
    const namespace = await bench.settled();
    const { generation } = (await cluster.until('deployments', namespace, 'a-api', () => true)).metadata;
    await cluster.patch('deployments', namespace, 'a-api', { status: { observedGeneration: generation } }, 'status');
    const waiting = { reason: 'ErrImagePull', message: 'x: not found' };
    const container = { name: 'registry-api', image: 'x', imageID: '', ready: false, restartCount: 0, state: { waiting } };
    await createPod(cluster, namespace, { name: 'a-api-1-x', status: { containerStatuses: [container] } });
    const trouble = 'pod a-api-1-x: ImagePullBackOff: x: not found';
    const object = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].message.includes(trouble));
    expect(condition(object, 'Reconciling')?.message).toBe(`0 of 1 replicas are ready: ${trouble}`);
    // A pod of the previous template serves.
    const { metadata } = await cluster.until('deployments', namespace, 'a-api', () => true);
    const status = { observedGeneration: metadata.generation, replicas: 2, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };
    await cluster.patch('deployments', namespace, 'a-api', { status }, 'status');
    const running = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Running');
    expect(running['status'].message).toBe('The registry is served');
    expect(condition(running, 'Reconciling')).toMatchObject({
      reason: 'ImagePullBackOff',
      message: `1 of 2 pods run the wanted template: ${trouble}`,
    });
  });

  test('is restored at once when somebody else changes it', async () => {
    const namespace = await bench.settled();
    await cluster.patch('mcpregistries', namespace, 'a', { status: { phase: 'Running', url: 'http://wrong' } }, 'status');
    await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].phase === 'Pending' && object['status'].url === '');
  });

  test('repeats no Event and keeps its times when it is overwritten again and again', async () => {
    const namespace = await bench.settled();
    await bench.available(namespace, 1);
    const isRunning = (object: Obj): boolean => object['status'].phase === 'Running' && condition(object, 'Ready')?.status === 'True';
    const first = await cluster.until('mcpregistries', namespace, 'a', isRunning);
    for (const [round, status] of [
      { phase: 'Pending', conditions: [] },
      { phase: 'Failed', lastSyncHash: 'x', serverCount: 9 },
    ].entries()) {
      await cluster.patch('mcpregistries', namespace, 'a', { status: { ...status, message: String(round) } }, 'status');
      const after = await cluster.until('mcpregistries', namespace, 'a', isRunning);
      expect(condition(after, 'Ready')?.lastTransitionTime).toBe(condition(first, 'Ready')?.lastTransitionTime);
    }
    await bench.passAgain(namespace);
    const { items } = await cluster.until('events', namespace, '', () => true);
    const recorded = (items as Obj[]).filter((event) => event['regarding'].kind === 'MCPRegistry').map((event) => String(event['reason']));
    expect(recorded).toEqual(['Ready']);
  });

  test('loses what somebody else added, including a condition that readers would believe', async () => {
    const namespace = await bench.settled();
    await bench.available(namespace, 1);
    const isRunning = (object: Obj): boolean => object['status'].phase === 'Running';
    const { status } = await cluster.until('mcpregistries', namespace, 'a', isRunning);
    const foreign = ['Stalled', 'Evil'].map((type) => ({
      type,
      status: 'True',
      reason: 'Restored',
      message: 'of before',
      lastTransitionTime: '2031-01-01T00:00:00Z',
    }));
    const restored = { conditions: [...foreign, ...status.conditions], serverCount: 99, lastManualSyncTrigger: 'evil' };
    await cluster.patch('mcpregistries', namespace, 'a', { status: restored }, 'status');
    const cleaned = await cluster.until(
      'mcpregistries',
      namespace,
      'a',
      (object) => object['status'].conditions.length === status.conditions.length,
    );
    expect(cleaned['status']).toEqual(status);
  });

  test('is never refused because of text from pods, controllers or the API server', async () => {
    const namespace = await bench.settled();
    const { failure: _failure, ...stuck } = outOfBounds();
    for (const seen of [stuck, outOfBounds()]) {
      const status = deriveStatus(seen, {}, new Date().toISOString());
      const written = await cluster.patch('mcpregistries', namespace, 'a', { status }, 'status');
      expect(condition(written, 'Ready')?.message).toContain('more characters)');
    }
  });
});
