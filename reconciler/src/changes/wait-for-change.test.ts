import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { KubeClient } from '../client/client.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import type { KubeObject, ObjectMeta } from '../objects.ts';
import { eventually } from '../testing/eventually.ts';
import type { Fault } from '../testing/fake-api.ts';
import { FakeApi } from '../testing/fake-api.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import type { ChangeSelection } from './wait-for-change.ts';
import { waitForChange } from './wait-for-change.ts';

const namespace = 'default';
const ONE: ChangeSelection = { namespace, name: 'a' };
const ALL: ChangeSelection = { namespace };

let api: FakeApi;
let client: KubeClient;
let clock: ManualClock;
let stop: AbortController;

beforeEach(async () => {
  api = await FakeApi.start();
  client = new KubeClient({ access: api.access });
  clock = new ManualClock();
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort(new Error('the test is over'));
  await client.close();
  await api.down();
});

/** Waits, and records how that ends. */
function start(selection: ChangeSelection): { outcome: unknown } {
  const waiting: { outcome: unknown } = { outcome: 'waiting' };
  const set = (outcome: unknown) => (): void => void (waiting.outcome = outcome);
  void waitForChange(client, CONFIG_MAPS, selection, stop.signal, { clock, random: () => 0 }).then(set('changed'), (error: unknown) =>
    set(error)(),
  );
  return waiting;
}

/** Waits for a state while time passes, so that pauses are over. */
function soon(check: () => void): Promise<void> {
  return eventually(() => {
    clock.advance(30_000);
    check();
  });
}

function put(name: string, metadata: Partial<ObjectMeta> = {}, quiet = false): void {
  api.putObject<KubeObject>('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata, name, namespace } }, quiet);
}

const owner = { apiVersion: 'v1', kind: 'Shop', name: 's', uid: 'o' };

const changes: readonly { name: string; selection: ChangeSelection; act: () => void }[] = [
  { name: 'the object is deleted', selection: ONE, act: () => api.remove('a') },
  { name: 'its labels change', selection: ONE, act: () => put('a', { labels: { app: 'x' } }) },
  { name: 'its owners change', selection: ONE, act: () => put('a', { ownerReferences: [owner] }) },
  { name: 'another takes its place', selection: ONE, act: () => put('a', { uid: 'other' }) },
  { name: 'an object is added to all', selection: ALL, act: () => put('new') },
  { name: 'one of all changes', selection: ALL, act: () => put('b') },
  { name: 'one of all is deleted', selection: ALL, act: () => api.remove('b') },
];

test.each(changes)('resolves when $name', async ({ selection, act }) => {
  put('a');
  put('b');
  const waiting = start(selection);
  await eventually(() => expect(api.openWatches).toBe(1));
  expect(waiting.outcome).toBe('waiting');
  act();
  await eventually(() => expect(waiting.outcome).toBe('changed'));
  await eventually(() => expect(api.openWatches).toBe(0));
});

test.each(changes)('a gap in which $name is found by a list', async ({ selection, act }) => {
  put('a');
  put('b');
  const waiting = start(selection);
  await eventually(() => expect(api.openWatches).toBe(1));
  await api.down();
  act();
  api.compact();
  await api.up();
  await soon(() => expect(waiting.outcome).toBe('changed'));
  expect(api.count('list')).toBe(2);
});

test.each<[string, ChangeSelection]>([
  ['is not there', { namespace, name: 'absent' }],
  ['has another uid', { ...ONE, uid: 'former' }],
])('resolves at once when the object %s', async (_, selection) => {
  put('a');
  const waiting = start(selection);
  await eventually(() => expect(waiting.outcome).toBe('changed'));
  expect(api.count('watch')).toBe(0);
});

test('other changes of the object, other objects, and the end of a watch do not count', async () => {
  put('a', { labels: { app: 'x' }, uid: 'u' });
  const waiting = start({ ...ONE, uid: 'u' });
  await eventually(() => expect(api.openWatches).toBe(1));
  put('a', { labels: { app: 'x' }, uid: 'u', annotations: { note: 'changed' } });
  put('b');
  api.remove('b');
  api.bookmark();
  api.closeWatches();
  // What came before the end of the watch has been read by now.
  await soon(() => expect(api.count('watch')).toBe(2));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.compact();
  api.closeWatches();
  await soon(() => expect(api.count('list')).toBe(2));
  await soon(() => expect(api.openWatches).toBe(1));
  expect(waiting.outcome).toBe('waiting');
  const watches = api.seen.filter((request) => request.class === 'watch');
  expect(watches.every(({ query }) => query.get('fieldSelector') === 'metadata.name=a' && query.has('timeoutSeconds'))).toBe(true);
  expect(watches[0]?.headers.accept).toContain('PartialObjectMetadata');
  api.remove('a');
  await eventually(() => expect(waiting.outcome).toBe('changed'));
});

const passing: readonly { name: string; fault: Fault }[] = [
  { name: '500', fault: { status: 500 } },
  { name: '429', fault: { status: 429 } },
  { name: 'a connection reset', fault: 'reset' },
  { name: 'a proxy page', fault: { status: 200, body: '<html>sign in</html>' } },
];

test.each(passing)('waits out $name', async ({ fault }) => {
  put('a');
  api.fail('list', fault, 3);
  api.fail('watch', fault, 3);
  const waiting = start(ONE);
  await soon(() => expect(api.openWatches).toBe(1));
  api.remove('a');
  await soon(() => expect(waiting.outcome).toBe('changed'));
});

test('a server that closes each watch at once is asked with backoff', async () => {
  put('a');
  api.fail('watch', 'close', 1_000_000);
  start(ONE);
  for (let watches = 1; watches < 5; watches++) {
    await eventually(() => expect([clock.pending, api.count('watch')]).toEqual([1, watches]));
    // The pauses double.
    clock.advance(800 * 2 ** (watches - 1) - 1);
    expect(clock.pending).toBe(1);
    clock.advance(1);
  }
});

test.each([
  { on: 'list', status: 403 },
  { on: 'list', status: 404 },
  { on: 'watch', status: 403 },
] as const)('rejects with the $status of a $on', async ({ on, status }) => {
  put('a');
  api.fail(on, { status }, 1_000_000);
  const waiting = start(ALL);
  await eventually(() => expect(waiting.outcome).toMatchObject({ name: 'KubeApiError', status }));
});

test.each<[string, () => void, () => Promise<void>]>([
  ['before it begins', () => stop.abort('enough'), () => Promise.resolve()],
  ['while it watches', () => undefined, () => eventually(() => expect(api.openWatches).toBe(1))],
  ['in a pause', () => api.fail('list', 'reset', 1_000_000), () => eventually(() => expect(clock.pending).toBe(1))],
])("rejects with the signal's reason when that is aborted %s", async (_, before, during) => {
  put('a');
  before();
  const waiting = start(ONE);
  await during();
  stop.abort('enough');
  await eventually(() => expect(waiting.outcome).toBe('enough'));
});
