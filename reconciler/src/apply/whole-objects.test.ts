import { beforeEach, expect, test } from '@jest/globals';
import type { ApiClient } from '../client/api-client.ts';
import { KubeApiError } from '../client/errors.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { AnotherWriter } from './another-writer.ts';
import { Applier } from './applier.ts';
import { ownedBy } from './ownership.ts';

const MINUTE = 60_000;

let clock: ManualClock;
let applier: Applier;
let writes: number;

function owner(uid = 'o'): KubeObject {
  return { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'shop', namespace: 'n', uid } };
}

function object(of = owner()): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'n', ownerReferences: [ownedBy(of)] } };
}

/** The server's object; it gets a new UID each time it is created. */
function made(uid: number, of = owner()): KubeObject {
  const wanted = object(of);
  return { ...wanted, metadata: { ...wanted.metadata, uid: String(uid), resourceVersion: String(uid) } };
}

beforeEach(() => {
  clock = new ManualClock(0);
  writes = 0;
  const client = {
    get: () => Promise.reject(new KubeApiError({ request: 'GET', status: 404, reason: 'NotFound', message: '' })),
    apply: async () => made(++writes),
    delete: async () => void (writes += 1),
  };
  applier = new Applier(client as unknown as ApiClient, 'me', { now: () => clock.now() });
});

const makeFor = (of?: KubeObject): Promise<unknown> => applier.applyIfNeeded(CONFIG_MAPS, object(of), undefined);
const make = (): Promise<unknown> => makeFor();
const remove = (uid: number): Promise<unknown> => applier.deleteIfOurs(CONFIG_MAPS, made(uid), { owner: owner() });

test.each<[string, (uid: number) => Promise<unknown>, number, string]>([
  ['that somebody deletes', make, 6, 'deleted it'],
  ['that somebody makes again', remove, 5, 'recreated it'],
])('an object %s five times within a minute is left alone', async (_, act, times, deed) => {
  for (let i = 1; i <= times; i++) await act(i);
  expect(writes).toBe(times);
  await expect(act(99)).rejects.toThrow(`ConfigMap n/c: somebody else ${deed} 5 times; it is left as it is for now`);
  await expect(act(99)).rejects.toBeInstanceOf(AnotherWriter);
  expect(writes).toBe(times);
  clock.advance(10 * MINUTE);
  await act(100);
  expect(writes).toBe(times + 1);
});

test('manual changes are undone each time', async () => {
  for (let i = 0; i < 20; i++) {
    await make();
    await remove(i);
    clock.advance(20_000);
  }
  expect(writes).toBe(40);
});

test('an object of a new owner of the same name is not a recreation', async () => {
  for (let i = 0; i < 20; i++) await makeFor(owner(`o-${i}`));
  expect(writes).toBe(20);
});

test('writes of another process while it led are forgotten', async () => {
  for (let i = 0; i < 6; i++) await make();
  applier.forgetAll();
  await make();
  expect(writes).toBe(7);
});
