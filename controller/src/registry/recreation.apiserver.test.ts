import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { CHILDREN, condition, registryObject, startBench, type Bench, type Cluster, type Obj } from '../testing.ts';

const REPETITIONS = 20;

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

/** Plays the garbage collector for what a deleted registry left behind. */
async function collect(namespace: string): Promise<void> {
  for (const [plural, name] of CHILDREN) await cluster.delete(plural, namespace, name);
}

/** Whether the child is the new registry's. Another's is collected, whenever it appears: a pass may create it before the controller sees the deletion. */
async function isOwnedBy(uid: string, plural: string, namespace: string, name: string): Promise<boolean> {
  const child = await cluster.get(plural, namespace, name);
  const owner = child?.metadata.ownerReferences?.[0]?.uid;
  if (child !== undefined && owner !== uid) await cluster.delete(plural, namespace, name);
  return owner === uid;
}

/** The new registry's own children, Ready, and no failure reported on the way. */
async function comesUp(namespace: string, { metadata: { uid } }: Obj): Promise<void> {
  for (const [plural, name] of CHILDREN) {
    await waitFor(() => isOwnedBy(uid, plural, namespace, name), {
      message: `${plural} ${name} to be the new registry's`,
      deadlineMs: 15_000,
    });
  }
  await bench.available(namespace, 1);
  const object = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status']?.phase === 'Running');
  expect(condition(object, 'Stalled')).toBeUndefined();
  // The recorder sends in order: once this one exists, no earlier one is missing.
  const isReady = (event: Obj): boolean => event['reason'] === 'Ready' && event['regarding'].uid === uid;
  const { items } = await cluster.until('events', namespace, '', (events) => (events['items'] as Obj[]).some(isReady));
  const warnings = (items as Obj[]).filter((event) => event['type'] === 'Warning' && event['regarding'].kind === 'MCPRegistry');
  expect(warnings.map(({ note }) => note)).toEqual([]);
}

test(`a registry that is deleted and created at once waits for what was left behind (${REPETITIONS} times)`, async () => {
  const namespace = await bench.settled();
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
    const leftovers = await Promise.all(CHILDREN.map(([plural, name]) => cluster.until(plural, namespace, name, () => true)));
    await cluster.delete('mcpregistries', namespace, 'a');
    const created = await cluster.create('mcpregistries', namespace, registryObject('a'));
    const object = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status']?.phase !== undefined);
    expect(object['status']).toMatchObject({ phase: 'Pending', url: '', readyReplicas: 0 });
    expect(condition(object, 'Stalled')).toBeUndefined();
    expect(condition(object, 'Reconciling')).toMatchObject({
      reason: 'WaitingForDeletion',
      message: expect.stringMatching(
        / still belongs to the deleted MCPRegistry a with uid .+; waiting for the garbage collector to delete it$/,
      ),
    });
    for (const [index, [plural, name]] of CHILDREN.entries()) {
      expect((await cluster.get(plural, namespace, name))?.metadata.resourceVersion).toBe(leftovers[index]?.metadata.resourceVersion);
    }
    await collect(namespace);
    await comesUp(namespace, created);
  }
}, 120_000);

test(`it is no failure when the garbage collector is quick (${REPETITIONS} times)`, async () => {
  const namespace = await bench.settled();
  for (let repetition = 0; repetition < REPETITIONS; repetition += 1) {
    await cluster.delete('mcpregistries', namespace, 'a');
    const [created] = await Promise.all([cluster.create('mcpregistries', namespace, registryObject('a')), collect(namespace)]);
    await comesUp(namespace, created);
  }
}, 120_000);
