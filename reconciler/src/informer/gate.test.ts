import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { KubeApiError, KubeConnectionError } from '../client/errors.ts';
import { eventually } from '../testing/eventually.ts';
import type { FakeApi } from '../testing/fake-api.ts';
import { InformerBench, keys } from './test-bench.ts';

let bench: InformerBench;
let api: FakeApi;
/** What the gate answers; an error is thrown. */
let answer: boolean | string | Error;
let asked: number;

const gate = async (): Promise<boolean | string> => {
  asked += 1;
  if (answer instanceof Error) throw answer;
  return answer;
};

beforeEach(async () => {
  bench = await InformerBench.open();
  ({ api } = bench);
  answer = true;
  asked = 0;
});

afterEach(() => bench.close());

test('a closed gate makes the kind absent: synced without objects, and without requests', async () => {
  api.put('a');
  answer = false;
  const { informer, log } = bench.start({ optional: true, gate });
  await informer.waitForSync(bench.stop.signal);
  await eventually(() => expect(asked).toBeGreaterThan(3));
  expect([informer.present, informer.store.size, informer.lastError]).toEqual([false, 0, undefined]);
  expect([api.count('list'), api.count('initial'), api.count('watch'), log]).toEqual([0, 0, 0, []]);
  answer = true;
  await eventually(() => expect(log).toEqual(['add a']));
  expect(informer.present).toBe(true);
});

test('a gate is asked before each list and each watch', async () => {
  bench.start({ optional: true, gate });
  await eventually(() => expect(api.openWatches).toBe(1));
  // This server refuses to begin a watch with all objects; the gate was asked for that, too.
  expect(asked).toBe(3);
  api.closeWatches();
  await eventually(() => expect(api.count('watch')).toBe(2));
  expect(asked).toBe(4);
});

test.each([
  { name: 'at the end of a watch', act: () => api.closeWatches() },
  { name: 'when the server does not know the version any more', act: () => (api.compact(), api.closeWatches()) },
])('a gate that closes empties the store at once, and one that opens causes a new list ($name)', async ({ act }) => {
  api.put('a');
  const { informer, log } = bench.start({ optional: true, gate });
  await eventually(() => expect(api.openWatches).toBe(1));
  const watches = api.count('watch');
  answer = false;
  act();
  await eventually(() => expect(log).toEqual(['add a', 'delete a']));
  expect([informer.present, informer.hasSynced, informer.stats.errors]).toEqual([false, true, 0]);
  const lists = api.count('list');
  api.put('b');
  expect([api.count('list'), api.count('watch')]).toEqual([lists, watches]);
  answer = true;
  await bench.inStep(informer);
  expect(log).toEqual(['add a', 'delete a', 'add a', 'add b']);
  expect(informer.present).toBe(true);
});

const errors: readonly { name: string; error: Error }[] = [
  { name: 'its own error', error: new Error('cannot tell') },
  { name: 'an outage', error: new KubeConnectionError('nobody answers') },
  // Each of these would mean something else as the answer to a list or a watch.
  ...[400, 403, 404, 410, 422].map((status) => ({
    name: `the server's ${status}`,
    error: new KubeApiError({ status, reason: '', message: 'no', request: 'GET /crd' }),
  })),
];

test.each(errors)('a gate that fails with $name counts as a failed list: not synced until it answers', async ({ error }) => {
  api.put('a');
  answer = error;
  const { informer } = bench.start({ optional: true, gate });
  await eventually(() => expect(informer.stats.errors).toBeGreaterThan(2));
  expect([informer.hasSynced, informer.present]).toEqual([false, true]);
  expect(informer.lastError).toBe(error);
  expect([api.count('list'), api.count('initial')]).toEqual([0, 0]);
  answer = true;
  await bench.inStep(informer);
  await eventually(() => expect(informer.lastError).toBeUndefined());
});

test('while a gate fails, the store keeps its objects', async () => {
  api.put('a');
  const { informer, log } = bench.start({ optional: true, gate });
  await eventually(() => expect(api.openWatches).toBe(1));
  answer = new Error('cannot tell');
  api.closeWatches();
  await eventually(() => expect(informer.lastError).toBe(answer));
  expect([keys(informer), log]).toEqual([['default/a'], ['add a']]);
});

test('a gate can choose the version that is listed and watched, and another version causes a new list', async () => {
  api.put('a');
  answer = 'v2';
  const { informer, log } = bench.start({ optional: true, gate });
  await bench.inStep(informer);
  const asked = (): Set<string> => new Set(api.seen.map(({ path }) => path));
  expect(asked()).toEqual(new Set(['/api/v2/configmaps']));
  await eventually(() => expect(api.openWatches).toBe(1));
  const lists = api.count('list');
  answer = 'v1';
  api.closeWatches();
  await eventually(() => expect(asked()).toEqual(new Set(['/api/v2/configmaps', '/api/v1/configmaps'])));
  await eventually(() => expect(api.count('list')).toBeGreaterThan(lists));
  api.put('b');
  await bench.inStep(informer);
  expect(log).toEqual(['add a', 'add b']);
});

test('a gate requires an optional kind', () => {
  expect(() => bench.start({ gate })).toThrow('configmaps have a gate and are not optional');
});
