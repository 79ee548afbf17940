import { beforeEach, expect, test } from '@jest/globals';
import { KubeConnectionError } from '../client/errors.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import { Store } from '../informer/store.ts';
import type { KubeObject } from '../objects.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { AnotherWriter } from './another-writer.ts';
import { Applier } from './applier.ts';
import { applySet } from './apply-set.ts';
import { ownedBy } from './ownership.ts';
import { OneObject, Wishes } from './test-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let clock: ManualClock;
let server: OneObject;
let applier: Applier;
let apply: Wishes;

beforeEach(() => {
  clock = new ManualClock(Date.parse('2026-01-01T00:00:00Z'));
  server = new OneObject(clock);
  applier = new Applier(server.client, 'me', { now: () => clock.now() });
  apply = new Wishes(server, applier);
});

/** Somebody applies under our name, and we restore it. */
async function flip(times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    server.apply('me', { a: 'theirs', b: '1' });
    await apply.data({ a: 'ours', b: '1' });
  }
}

const flips: readonly { name: string; ours: Record<string, string>; theirs: Record<string, string>; path: string }[] = [
  { name: 'another value', ours: { a: 'ours', b: '1' }, theirs: { a: 'theirs', b: '1' }, path: '.data.a' },
  { name: 'a field more', ours: { b: '1' }, theirs: { a: 'theirs', b: '1' }, path: '.data.a' },
  { name: 'a field less', ours: { a: 'ours', b: '1' }, theirs: { b: '1' }, path: '.data.a' },
];

test.each(flips)('$name under our name is undone three times, and then left alone', async ({ ours, theirs, path }) => {
  await apply.data(ours);
  for (let i = 1; i <= 3; i++) {
    // The server's times are whole seconds.
    clock.advance(1_000);
    server.apply('me', theirs);
    const { written, anotherWriter } = await apply.data(ours);
    expect([i, written, anotherWriter?.path]).toEqual([i, true, i === 3 ? path : undefined]);
  }
  expect(server.live.data).toEqual(ours);
  const { writes } = server;
  // Whether something is to be put back or not: it is fought over, and whoever wrote last is to know that, too.
  await expect(apply.data(ours)).rejects.toBeInstanceOf(AnotherWriter);
  server.apply('me', theirs);
  clock.advance(10 * MINUTE - 1);
  await expect(apply.data(ours)).rejects.toMatchObject({ name: 'AnotherWriter', kind: CONFIG_MAPS, path, count: 3, retryAfterMs: 1 });
  expect([server.writes, server.live.data]).toEqual([writes, theirs]);
  await expect(apply.data(ours)).rejects.toThrow(
    `ConfigMap n/c: somebody else applies under the name me, too, and changed ${path} 3 times; it is left as it is for now`,
  );
});

test('a fight within one second counts, too', async () => {
  await apply.data({ a: 'ours', b: '1' });
  await flip(3);
  await expect(apply.data({ a: 'ours', b: '1' })).rejects.toBeInstanceOf(AnotherWriter);
});

const peaceful: readonly {
  name: string;
  act: (round: number) => Promise<unknown> | void;
  wish?: (round: number) => Record<string, string>;
}[] = [
  { name: 'an edit by another manager', act: (round) => server.update('kubectl', { a: `edit ${round}` }) },
  { name: 'a field that another manager removes', act: () => server.update('kubectl', { a: null }) },
  { name: 'a field that another manager takes over by force', act: (round) => server.apply('you', { a: `${round}` }) },
  {
    name: 'a value that a webhook rewrites in our own apply, and an edit beside it',
    act: (round) => {
      server.mutate = (fields) => ('a' in fields ? { ...fields, a: 'rewritten' } : fields);
      server.update('kubectl', { b: `edit ${round}` });
    },
  },
  {
    name: 'a value that a webhook changes in the request of another',
    act: (round) => {
      server.update('kubectl', { c: `edit ${round}` });
      server.mutateUnseen('a', `${round}`);
    },
  },
  { name: 'a wish that changes', act: () => undefined, wish: (round) => ({ a: `wish ${round}`, b: '1' }) },
  {
    name: 'an apply under our name of what we want as well',
    act: (round) => server.apply('me', { a: `wish ${round}`, b: '1' }),
    wish: (round) => ({ a: `wish ${round}`, b: '1' }),
  },
  {
    name: 'another process of ours in between, when what is wanted changes with time',
    act: (round) => server.apply('me', { a: `wish ${round - 0.5}`, b: '1' }),
    wish: (round) => ({ a: `wish ${round}`, b: '1' }),
  },
  {
    name: 'a field that another manager took over, whatever is applied under our name beside it',
    act: (round) => {
      server.apply('you', { a: `${round}` });
      server.apply('me', { b: '1', [`z${round}`]: '1' });
    },
  },
  {
    name: 'a write of ours whose answer was lost',
    act: async (round) => {
      server.loses = new KubeConnectionError('the answer broke off');
      await apply.data({ a: `lost ${round}`, b: '1' }).catch(() => undefined);
    },
  },
  {
    name: 'a store that is behind',
    act: async () => {
      await apply.data({ a: 'former', b: '1' });
      const before = server.live;
      await apply.data({ a: 'meanwhile', b: '1' });
      await apply.data({ a: 'ours', b: '1' });
      await apply.data({ a: 'ours', b: '1' }, before);
    },
  },
];

test.each(peaceful)('no fight: $name', async ({ act, wish = () => ({ a: 'ours', b: '1' }) }) => {
  await apply.data(wish(0));
  for (let round = 1; round < 10; round++) {
    clock.advance(round % 2 === 0 ? 0 : 1_000);
    await act(round);
    expect((await apply.data(wish(round))).anotherWriter).toBeUndefined();
  }
});

test.each([
  { name: 'within ten minutes', pauseMs: 5 * MINUTE, isFight: true },
  { name: 'in more than ten minutes', pauseMs: 5 * MINUTE + 1, isFight: false },
])('a path that is changed three times $name: a fight is $isFight', async ({ pauseMs, isFight }) => {
  await apply.data({ a: 'ours', b: '1' });
  await flip(1);
  for (let i = 0; i < 2; i++) {
    clock.advance(pauseMs);
    await flip(1);
  }
  const again = apply.data({ a: 'ours', b: '1' });
  const outcome = await again.then(
    ({ written }) => written,
    ({ name }: Error) => name,
  );
  expect(outcome).toBe(isFight ? 'AnotherWriter' : false);
});

test('three paths that are changed once each are no fight', async () => {
  const wish = { a: '1', b: '1', c: '1' };
  await apply.data(wish);
  for (const name of Object.keys(wish)) {
    server.apply('me', { ...wish, [name]: 'theirs' });
    expect((await apply.data(wish)).anotherWriter).toBeUndefined();
  }
});

test('after the pause it is tried again; a change right after that doubles the pause, up to a day', async () => {
  await apply.data({ a: 'ours', b: '1' });
  await flip(3);
  for (const hours of [1 / 6, 1 / 3, 2 / 3, 4 / 3, 8 / 3, 16 / 3, 32 / 3, 64 / 3, 24, 24]) {
    server.apply('me', { a: 'theirs', b: '1' });
    const error = (await apply.data({ a: 'ours', b: '1' }).catch((reason: unknown) => reason)) as AnotherWriter;
    expect(error.retryAfterMs).toBe(Math.round(hours * HOUR));
    clock.advance(error.retryAfterMs);
    // The attempt, and its result.
    expect(await apply.data({ a: 'ours', b: '1' })).toMatchObject({ written: true });
    clock.advance(MINUTE);
    await flip(1);
  }
});

test('an attempt without a further change ends the fight', async () => {
  await apply.data({ a: 'ours', b: '1' });
  await flip(3);
  server.apply('me', { a: 'theirs', b: '1' });
  clock.advance(10 * MINUTE);
  expect(await apply.data({ a: 'ours', b: '1' })).toMatchObject({ written: true });
  clock.advance(10 * MINUTE + 1);
  await flip(2);
  expect(await apply.data({ a: 'ours', b: '1' })).toMatchObject({ written: false });
  await flip(1);
  await expect(apply.data({ a: 'ours', b: '1' })).rejects.toMatchObject({ count: 3, retryAfterMs: 10 * MINUTE });
});

test('a deleted object is forgotten', async () => {
  await apply.data({ a: 'ours', b: '1' });
  await flip(3);
  applier.forget('u');
  expect(await apply.data({ a: 'ours', b: '1' })).toMatchObject({ written: false });
});

/** Somebody applies another status under our name, and we restore ours. */
async function flipStatus(contested?: (error: AnotherWriter) => object): Promise<{ written: boolean; path: string | undefined }> {
  server.apply('me', { phase: 'theirs' }, 'status');
  const { written, anotherWriter } = await apply.status({ phase: 'ours' }, contested === undefined ? {} : { contested });
  return { written, path: anotherWriter?.path };
}

const contested = ({ path, count }: AnotherWriter): object => ({ phase: 'ours', note: `${path} ${count}` });

test('a contested status reports the fight once, and is then left alone', async () => {
  await apply.status({ phase: 'ours' });
  expect([await flipStatus(contested), await flipStatus(contested), await flipStatus(contested)]).toEqual([
    { written: true, path: undefined },
    { written: true, path: undefined },
    { written: true, path: '.status.phase' },
  ]);
  expect(server.live.status).toEqual({ phase: 'ours', note: '.status.phase 3' });
  expect(await apply.status({ phase: 'ours' }, { contested })).toMatchObject({
    written: false,
    anotherWriter: { path: '.status.phase' },
  });
  expect(await flipStatus(contested)).toEqual({ written: false, path: '.status.phase' });
  expect(server.live.status).toMatchObject({ phase: 'theirs' });
  // After that the status itself is tried; a further change is reported once more.
  clock.advance(10 * MINUTE);
  expect(await apply.status({ phase: 'ours' }, { contested })).toMatchObject({ written: true });
  expect(server.live.status).toEqual({ phase: 'ours' });
  expect(await flipStatus(contested)).toEqual({ written: true, path: '.status.phase' });
  expect(server.live.status).toEqual({ phase: 'ours', note: '.status.phase 4' });
});

test('a fight that could not be reported is reported later', async () => {
  await apply.status({ phase: 'ours' });
  for (let i = 0; i < 3; i++) await flipStatus();
  await expect(apply.status({ phase: 'ours' })).rejects.toBeInstanceOf(AnotherWriter);
  server.loses = new KubeConnectionError('the answer broke off');
  await expect(apply.status({ phase: 'ours' }, { contested })).rejects.toBeInstanceOf(KubeConnectionError);
  expect(await apply.status({ phase: 'ours' }, { contested: () => ({ phase: 'ours', note: 'contested' }) })).toMatchObject({
    written: true,
  });
  expect(await apply.status({ phase: 'ours' }, { contested: () => ({ phase: 'ours', note: 'contested' }) })).toMatchObject({
    written: false,
  });
});

test('a fight over the status is not one over the object, and vice versa', async () => {
  await apply.data({ a: 'ours', b: '1' });
  await apply.status({ phase: 'ours' });
  for (let i = 0; i < 3; i++) await flipStatus();
  await expect(apply.status({ phase: 'ours' })).rejects.toBeInstanceOf(AnotherWriter);
  expect(await apply.data({ a: 'changed', b: '1' })).toMatchObject({ written: true });
  await apply.data({ a: 'ours', b: '1' });
  applier.forget('u');
  await apply.data({ a: 'again', b: '1' });
  await apply.data({ a: 'ours', b: '1' });
  await flip(3);
  await expect(apply.data({ a: 'ours', b: '1' })).rejects.toBeInstanceOf(AnotherWriter);
  expect(await apply.status({ phase: 'changed' })).toMatchObject({ written: true });
});

test('a set returns it like any other failure', async () => {
  await apply.data({ a: 'ours', b: '1' });
  await flip(3);
  const owner = { apiVersion: 'v1', kind: 'Shop', metadata: { name: 's', namespace: 'n', uid: 'owner' } };
  const live: KubeObject = { ...server.live, metadata: { ...server.live.metadata, ownerReferences: [ownedBy(owner)] } };
  const store = new Store<KubeObject>();
  store.set(live);
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'n' } };
  const { signal } = new AbortController();
  const result = await applySet([{ kind: CONFIG_MAPS, object }], { applier, live: [{ kind: CONFIG_MAPS, store }], owner, signal });
  expect(result.failures).toMatchObject([{ kind: CONFIG_MAPS, error: { name: 'AnotherWriter', path: '.data.a' } }]);
});
