import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { fakeRegistry } from './pods/fake-registry.ts';
import { withCondition } from './pods/testing.ts';
import { condition, createPod, runningAt, startBench, type Bench, type Cluster, type Obj } from './testing.ts';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

async function eventCount(namespace: string): Promise<number> {
  return (await cluster.until('events', namespace, '', () => true))['items'].length;
}

describe('restarts', () => {
  test('a new controller checks everything and writes nothing', async () => {
    const namespace = await bench.settled();
    await bench.available(namespace, 1);
    await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].phase === 'Running');
    await bench.passAgain(namespace);
    const before = (await bench.writes(namespace)).length;
    await bench.restart();
    await bench.passAgain(namespace);
    expect(await bench.writes(namespace)).toHaveLength(before);
  });

  test('a new controller hears the pods before it writes a status, and repeats no Event', async () => {
    const pod = await fakeRegistry();
    try {
      const namespace = await bench.settled();
      const config = await cluster.until('configmaps', namespace, 'a-config', () => true);
      const data = await cluster.until('configmaps', namespace, 'data', () => true);
      const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
      pod.report({
        ...withCondition('SyncSuccessful', 'False', 'Timeout', 'the source is slow'),
        registry: { name: 'a', namespace },
        files: { 'spec.yaml': hash(config['data']['spec.yaml']), 'default/registry.json': hash(data['data']['registry.json']) },
      });
      await createPod(cluster, namespace, { status: runningAt(pod.ip, true) });
      await bench.available(namespace, 1);
      const isHeard = (object: Obj): boolean =>
        condition(object, 'SyncSuccessful')?.reason === 'Timeout' && object['status'].phase === 'Running';
      const before = await cluster.until('mcpregistries', namespace, 'a', isHeard);
      await bench.passAgain(namespace);
      const [writes, events] = [(await bench.writes(namespace)).length, await eventCount(namespace)];
      for (const settings of [{}, { registryAccess: 'direct' }] as const) {
        await bench.restart(settings);
        await bench.passAgain(namespace);
        const after = await cluster.until('mcpregistries', namespace, 'a', isHeard);
        expect(after['status']).toEqual(before['status']);
      }
      expect(await bench.writes(namespace)).toHaveLength(writes);
      expect(await eventCount(namespace)).toBe(events);
    } finally {
      await pod.stop();
    }
  }, 60_000);

  test('the API server may go away and come back', async () => {
    const namespace = await bench.settled();
    await cluster.api.restart();
    await waitFor(async () => (await cluster.api.request('GET', '/readyz')).status === 200, {
      message: 'the API server',
      deadlineMs: 30_000,
    });
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { displayName: 'after the restart' } });
    await waitFor(
      async () => (await cluster.get('configmaps', namespace, 'a-config'))?.['data']['spec.yaml'].includes('after the restart') === true,
      { message: 'the edit to be applied', deadlineMs: 60_000 },
    );
  }, 120_000);
});
