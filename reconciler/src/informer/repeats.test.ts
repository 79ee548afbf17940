import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../testing/eventually.ts';
import type { FakeApi } from '../testing/fake-api.ts';
import { InformerBench } from './test-bench.ts';

let bench: InformerBench;
let api: FakeApi;

beforeEach(async () => {
  bench = await InformerBench.open();
  ({ api } = bench);
});

afterEach(() => bench.close());

function sent(type: string, name: string, version: number): string {
  const object = { metadata: { namespace: 'default', name, uid: name, resourceVersion: String(version) } };
  return `${JSON.stringify({ type, object })}\n`;
}

test('a repeated event, after later ones or after the object is gone, undoes nothing', async () => {
  const { informer, log } = bench.start();
  await eventually(() => expect(api.openWatches).toBe(1));
  for (const [type, name, version] of [
    ['ADDED', 'a', 101],
    ['ADDED', 'b', 102],
    ['MODIFIED', 'a', 103],
    ['ADDED', 'a', 101],
    ['DELETED', 'b', 104],
    ['ADDED', 'b', 102],
    ['MODIFIED', 'a', 103],
  ] as const)
    api.sendRaw(sent(type, name, version));
  await eventually(() => expect(informer.stats.repeats).toBe(3));
  expect(log).toEqual(['add a', 'add b', 'update a', 'delete b']);
  expect(informer.store.list().map(({ metadata }) => metadata.resourceVersion)).toEqual(['103']);
});

test('a repeated bookmark does not set the watch back', async () => {
  const { informer } = bench.start();
  await eventually(() => expect(api.openWatches).toBe(1));
  const bookmark = `${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '150' } } })}\n`;
  for (const line of [bookmark, sent('ADDED', 'a', 160), bookmark]) api.sendRaw(line);
  await eventually(() => expect(informer.stats.bookmarks).toBe(2));
  api.closeWatches();
  await eventually(() => expect(api.count('watch')).toBeGreaterThan(1));
  const watches = api.seen.filter((request) => request.class === 'watch').map(({ query }) => query.get('resourceVersion'));
  expect(watches[1]).toBe('160');
});
