import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Logger } from '../logger.ts';
import { silentLogger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';
import { eventually } from '../testing/eventually.ts';
import type { FakeApi } from '../testing/fake-api.ts';
import { InformerBench, keys } from './test-bench.ts';

let bench: InformerBench;
let api: FakeApi;

beforeEach(async () => {
  bench = await InformerBench.open();
  ({ api } = bench);
});

afterEach(() => bench.close());

test('lists, watches and reports each change', async () => {
  api.put('a');
  const { informer, log } = bench.start();
  expect(informer.hasSynced).toBe(false);
  await informer.waitForSync(bench.stop.signal);
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('b');
  api.put('a', { data: { x: '1' } });
  api.remove('b');
  await eventually(() => expect(log).toEqual(['add a', 'add b', 'update a', 'delete b']));
  expect(informer.store.get({ namespace: 'default', name: 'a' })).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', data: { x: '1' } });
});

const listFaults = [
  { name: '500', fault: { status: 500 } },
  { name: '403', fault: { status: 403, reason: 'Forbidden' } },
  { name: '404', fault: { status: 404, reason: 'NotFound' } },
  { name: '410', fault: { status: 410, reason: 'Expired' } },
  { name: '429', fault: { status: 429, headers: { 'retry-after': '1' } } },
  { name: 'a proxy page', fault: { status: 200, body: '<html>sign in</html>' } },
  { name: 'a connection reset', fault: 'reset' },
] as const;

test.each(listFaults)('recovers from $name on the list', async ({ fault }) => {
  api.put('a');
  api.fail('list', fault, 3);
  const { informer } = bench.start();
  await bench.inStep(informer);
  expect(api.count('list')).toBeGreaterThan(3);
  expect(informer.hasSynced).toBe(true);
  await eventually(() => expect(informer.lastError).toBeUndefined());
});

test('keeps its objects while the list fails, and says why', async () => {
  api.put('a');
  const { informer, log } = bench.start();
  await eventually(() => expect(api.openWatches).toBe(1));
  api.fail('list', { status: 403, reason: 'Forbidden', message: 'no permission to list configmaps' }, 1_000_000);
  api.fail('watch', { status: 403, reason: 'Forbidden', message: 'no permission to watch configmaps' }, 1_000_000);
  api.reset();
  await eventually(() => expect(String(informer.lastError)).toContain('no permission to list configmaps'));
  expect(keys(informer)).toEqual(['default/a']);
  expect(log).toEqual(['add a']);
  api.heal();
  api.put('b');
  await bench.inStep(informer);
});

const watchFaults = [
  { name: '500', fault: { status: 500 } },
  { name: '403', fault: { status: 403, reason: 'Forbidden' } },
  { name: '410 as an HTTP answer', fault: { status: 410, reason: 'Expired' } },
  {
    name: 'a resourceVersion that is too large',
    fault: { status: 504, reason: 'Timeout', message: 'Too large resource version: 200, current: 100' },
  },
  { name: 'a connection reset', fault: 'reset' },
  { name: 'a clean close at once', fault: 'close' },
] as const;

test.each(watchFaults)('recovers from $name on the watch request', async ({ fault }) => {
  api.put('a');
  api.fail('watch', fault, 5);
  const { informer } = bench.start();
  await eventually(() => expect(api.openWatches).toBe(1));
  expect(api.count('watch')).toBe(6);
  api.put('b');
  await bench.inStep(informer);
  expect(informer.lastError).toBeUndefined();
});

test('a 410 relists and reports only what differs', async () => {
  api.put('stays');
  api.put('goes');
  const { informer, log } = bench.start();
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('comes', { quiet: true });
  api.remove('goes', { quiet: true });
  api.compact();
  api.closeWatches();
  await bench.inStep(informer);
  expect(log).toEqual(['add stays', 'add goes', 'delete goes', 'add comes']);
  expect(informer.stats.relists).toBe(1);
});

const streamFaults: readonly { name: string; act: () => void }[] = [
  { name: 'a reset', act: () => api.reset() },
  { name: 'a clean close', act: () => api.closeWatches() },
  { name: 'a line that is not JSON', act: () => api.sendRaw('<html>gateway</html>\n') },
  { name: 'JSON that is no event', act: () => api.sendRaw('[1,2]\n') },
  { name: 'an event without object', act: () => api.sendRaw('{"type":"ADDED"}\n') },
  { name: 'an object without name', act: () => api.sendRaw('{"type":"ADDED","object":{"metadata":{}}}\n') },
  { name: 'an event of unknown type', act: () => api.sendRaw('{"type":"GONE","object":{"metadata":{"name":"x"}}}\n') },
  { name: 'an ERROR event 410', act: () => api.sendError(410, 'Expired', 'too old resource version') },
  { name: 'an ERROR event 500', act: () => api.sendError(500, 'InternalError', 'etcd is away') },
  {
    name: 'half an object and a close',
    act: () => (api.sendRaw('{"type":"ADDED","object":{"metadata":{"name":"half'), api.closeWatches()),
  },
];

test.each(streamFaults)('recovers from $name in the middle of a watch', async ({ act }) => {
  api.put('a');
  const { informer } = bench.start();
  await eventually(() => expect(api.openWatches).toBe(1));
  act();
  await eventually(() => expect(informer.stats.watches).toBeGreaterThan(1));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('b');
  api.remove('a');
  await bench.inStep(informer);
  expect(informer.store.size).toBe(1);
});

test('a clean close continues from the last version, bookmarks included, without a list', async () => {
  api.put('a');
  const { informer } = bench.start();
  await eventually(() => expect(api.openWatches).toBe(1));
  api.bookmark();
  await eventually(() => expect(informer.stats.bookmarks).toBe(1));
  api.closeWatches();
  await eventually(() => expect(api.count('watch')).toBe(2));
  const watches = api.seen.filter((request) => request.class === 'watch').map(({ query }) => Number(query.get('resourceVersion')));
  expect(watches[1]).toBe((watches[0] ?? 0) + 1);
  expect(api.count('list')).toBe(1);
  expect(api.seen.find((request) => request.class === 'watch')?.query.get('allowWatchBookmarks')).toBe('true');
});

test('a server that closes each watch at once is not asked in a busy loop', async () => {
  api.fail('watch', 'close', 1_000_000);
  const { informer } = bench.start({ minBackoffMs: 800, maxBackoffMs: 30_000 });
  await eventually(() => expect(informer.stats.watches).toBe(2));
  const began = performance.now();
  await eventually(() => expect(informer.stats.watches).toBe(4));
  // Third and fourth watch wait at least 200 and 400 ms, less at most half for jitter.
  expect(performance.now() - began).toBeGreaterThan(250);
});

test('a silent watch is abandoned and reopened; a quiet one with bookmarks is not', async () => {
  api.put('a');
  const { informer } = bench.start({ silenceLimitMs: 300 });
  await eventually(() => expect(api.openWatches).toBe(1));
  for (let i = 0; i < 4; i++) {
    api.bookmark();
    await eventually(() => expect(informer.stats.bookmarks).toBe(i + 1));
  }
  expect(informer.stats.silences).toBe(0);
  await eventually(() => expect(informer.stats.silences).toBe(1));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('b');
  await bench.inStep(informer);
});

test('a silent watch causes no warning, no error and no pause', async () => {
  const lines: string[] = [];
  const note = (_fields: object, message: string): void => void lines.push(message);
  // A pause after a failure would last for the rest of the test.
  const { informer } = bench.start({
    silenceLimitMs: 50,
    minBackoffMs: 60_000,
    logger: { debug: () => undefined, info: note, warn: note, error: note },
  });
  await eventually(() => expect(informer.stats.silences).toBeGreaterThan(3));
  expect(lines).toEqual([]);
  expect(informer.stats.errors).toBe(0);
  expect(informer.lastError).toBeUndefined();
  expect(informer.behindSince).toBeUndefined();
});

test('a request that is never answered counts as silence, too', async () => {
  api.put('a');
  api.fail('watch', 'hang', 1);
  const { informer } = bench.start({ silenceLimitMs: 100 });
  await eventually(() => expect(informer.stats.silences).toBe(1));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('b');
  await bench.inStep(informer);
});

test('events split across chunks, in the middle of characters, arrive whole', async () => {
  const { informer } = bench.start();
  await eventually(() => expect(api.openWatches).toBe(1));
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a', namespace: 'default', uid: '1', resourceVersion: '500' },
    data: { x: 'Grüße 🚀' },
  };
  const bytes = Buffer.from(`${JSON.stringify({ type: 'ADDED', object })}\n`);
  for (const byte of bytes) {
    api.sendRaw(Uint8Array.of(byte));
    // Another turn of the loop makes it another chunk.
    await new Promise(setImmediate);
  }
  await eventually(() => expect(informer.store.get({ namespace: 'default', name: 'a' })).toMatchObject({ data: { x: 'Grüße 🚀' } }));
});

test.each([
  { name: 'seen by a list', compact: true },
  { name: 'seen by a watch', compact: false },
])('an object deleted and recreated in a gap is a delete and an add ($name)', async ({ compact }) => {
  api.put('a', { uid: 'first' });
  const { informer, log } = bench.start();
  await eventually(() => expect(api.openWatches).toBe(1));
  const uids: (string | undefined)[] = [];
  informer.onEvent((event) => void uids.push(`${event.type} ${event.object.metadata.uid}`));
  api.remove('a', { quiet: true });
  api.put('a', { uid: 'second', quiet: compact });
  if (compact) {
    api.compact();
    api.closeWatches();
  }
  await eventually(() => expect(log).toEqual(['add a', 'delete a', 'add a']));
  expect(uids).toEqual(['add first', 'delete first', 'add second']);
});

test('a listener that throws or rejects harms nobody', async () => {
  const errors: string[] = [];
  const logger: Logger = { ...silentLogger(), error: (_fields, message) => void errors.push(message) };
  const { informer, log } = bench.start({ logger });
  informer.onEvent(() => {
    throw new Error('thrown');
  });
  informer.onEvent(() => Promise.reject(new Error('rejected')));
  informer.onEvent((event) => void log.push(`after: ${event.type} ${event.object.metadata.name}`));
  api.put('a');
  await eventually(() => expect(log).toEqual(['add a', 'after: add a']));
  await eventually(() => expect(errors).toEqual(['a listener failed', 'a listener failed']));
});

test('survives a server outage', async () => {
  api.put('a');
  const { informer } = bench.start();
  await informer.waitForSync(bench.stop.signal);
  await api.down();
  await eventually(() => expect(informer.stats.errors).toBeGreaterThan(2));
  expect(keys(informer)).toEqual(['default/a']);
  api.put('b');
  api.remove('a');
  await api.up();
  await bench.inStep(informer);
  expect(informer.lastError).toBeUndefined();
});

test('follows only the given namespaces, each with its own list and watch', async () => {
  api.put('a', { namespace: 'one' });
  api.put('a', { namespace: 'two' });
  api.put('a', { namespace: 'three' });
  const { informer, log } = bench.start({ namespaces: ['one', 'two'], labelSelector: 'app=x', fieldSelector: 'metadata.name=a' });
  await informer.waitForSync(bench.stop.signal);
  expect(keys(informer)).toEqual(['one/a', 'two/a']);
  await eventually(() => expect(api.openWatches).toBe(2));
  api.remove('a', { namespace: 'two', quiet: true });
  api.compact();
  api.closeWatches();
  await eventually(() => expect(keys(informer)).toEqual(['one/a']));
  expect(log.filter((entry) => entry.startsWith('delete'))).toEqual(['delete a']);
  expect(api.seen[0]?.query.get('labelSelector')).toBe('app=x');
  expect(api.seen[0]?.query.get('fieldSelector')).toBe('metadata.name=a');
});

test('an optional kind that is absent is synced without objects, then found, then gone', async () => {
  api.fail('list', { status: 404, reason: 'NotFound' }, 3);
  const { informer, log } = bench.start({ optional: true });
  await informer.waitForSync(bench.stop.signal);
  expect(informer.present).toBe(false);
  expect(informer.lastError).toBeUndefined();
  api.put('a');
  await eventually(() => expect(log).toEqual(['add a']));
  expect(informer.present).toBe(true);
  // Before the faults: `a` may have come with the list, and the watch that follows it would meet them.
  await eventually(() => expect(api.openWatches).toBe(1));
  api.fail('watch', { status: 404, reason: 'NotFound' }, 1_000_000);
  api.fail('list', { status: 404, reason: 'NotFound' }, 1_000_000);
  api.closeWatches();
  await eventually(() => expect(log).toEqual(['add a', 'delete a']));
  expect(informer.stats.errors).toBe(0);
});

test('asks for metadata only if configured', async () => {
  bench.start({ metadataOnly: true });
  await eventually(() => expect(api.openWatches).toBe(1));
  const accepted = api.seen.map(({ class: kind, headers }) => [kind, headers.accept]);
  expect(accepted).toEqual([
    ['list', 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'],
    ['watch', 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'],
  ]);
});

test('indexes follow adds, changes and deletes', async () => {
  const team = (object: KubeObject): string[] => [(object as { data?: Record<string, string> }).data?.['team'] ?? 'none'];
  api.put('a', { data: { team: 'red' } });
  api.put('b', { data: { team: 'red' } });
  const { informer } = bench.start({ indexes: { team } });
  const members = (value: string): string[] => informer.store.byIndex('team', value).map((object) => object.metadata.name);
  await eventually(() => expect(members('red')).toEqual(['a', 'b']));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('a', { data: { team: 'blue' } });
  api.remove('b');
  await eventually(() => expect([members('red'), members('blue')]).toEqual([[], ['a']]));
  expect(() => informer.store.byIndex('other', 'x')).toThrow('no index');
});

test('lists page by page, and starts over when a continue token has expired', async () => {
  for (let i = 0; i < 1_203; i++) api.put(`n${String(i).padStart(4, '0')}`);
  // The first page is answered, the second is not.
  api.fail('list', { status: 410, reason: 'Expired' }, 1, 1);
  const { informer } = bench.start();
  await bench.inStep(informer);
  const pages = api.seen.filter((request) => request.class === 'list').map(({ query }) => query.get('continue') ?? 'first');
  expect(pages).toEqual(['first', '500', 'first', '500', '1000']);
  expect(informer.stats.lists).toBe(1);
});
