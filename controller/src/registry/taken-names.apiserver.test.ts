import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { catalogConfigMap, condition, registryObject, startBench, type Bench, type Cluster, type Obj } from '../testing.ts';

const source = { source: { type: 'configmap', configmap: { name: 'b-config' } } };

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

function isRefused(object: Obj): boolean {
  return condition(object, 'Ready')?.reason === 'ValidationFailed';
}

/** Whether the controller accepts the spec; its ConfigMap may still be missing. */
function isAccepted(object: Obj): boolean {
  return object['status']?.phase === 'Pending';
}

test("another registry's ConfigMap cannot be a source, from the creation of that registry until its ConfigMap is gone", async () => {
  const namespace = await cluster.namespace();
  await cluster.create('mcpregistries', namespace, registryObject('a', source));
  await cluster.until('mcpregistries', namespace, 'a', isAccepted);
  await cluster.create('mcpregistries', namespace, registryObject('b'));
  const refused = await cluster.until('mcpregistries', namespace, 'a', isRefused);
  expect(refused['status']).toMatchObject({
    phase: 'Failed',
    message: expect.stringContaining('spec.source.configmap.name: must not name a ConfigMap of MCPRegistry b'),
  });
  await cluster.until('configmaps', namespace, 'b-config', () => true);
  await cluster.delete('mcpregistries', namespace, 'b');
  await bench.passAgain(namespace);
  await cluster.until('mcpregistries', namespace, 'a', isRefused);
  // Plays the garbage collector.
  await cluster.delete('configmaps', namespace, 'b-config');
  await cluster.until('mcpregistries', namespace, 'a', isAccepted);
});

test('one that does not exist yet is refused as long as that registry exists', async () => {
  const namespace = await cluster.namespace();
  const spec = { source: { type: 'configmap', configmap: { name: 'b-deployed' } } };
  await cluster.create('mcpregistries', namespace, registryObject('b'));
  await cluster.create('mcpregistries', namespace, registryObject('a', spec));
  await cluster.until('mcpregistries', namespace, 'a', isRefused);
  expect(await cluster.get('deployments', namespace, 'a-api')).toBeUndefined();
  await cluster.delete('mcpregistries', namespace, 'b');
  await cluster.until('mcpregistries', namespace, 'a', isAccepted);
});

test("a user's own ConfigMap of such a name stays a source, and the registry that wants the name is refused", async () => {
  const namespace = await cluster.namespace();
  await cluster.create('configmaps', namespace, catalogConfigMap('b-config', 'x'));
  await cluster.create('mcpregistries', namespace, registryObject('a', source));
  await cluster.until('deployments', namespace, 'a-api', () => true);
  await cluster.create('mcpregistries', namespace, registryObject('b'));
  const b = await cluster.until('mcpregistries', namespace, 'b', (found) => found['status']?.phase === 'Failed');
  expect(condition(b, 'Ready')?.reason).toBe('ConfigMapFailed');
  await bench.passAgain(namespace);
  expect(isAccepted(await cluster.until('mcpregistries', namespace, 'a', () => true))).toBe(true);
});

test("a ConfigMap of the registry's own name is refused by the API server", async () => {
  const namespace = await cluster.namespace();
  await expect(cluster.create('mcpregistries', namespace, registryObject('b', source))).rejects.toThrow(
    'must not be NAME-config or NAME-deployed',
  );
});
