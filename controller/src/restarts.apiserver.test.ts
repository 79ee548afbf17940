import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { startBench, type Bench, type Cluster } from './testing.ts';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

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
