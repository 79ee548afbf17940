import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { KubeClient } from '../client/client.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import type { Logger } from '../logger.ts';
import { silentLogger } from '../logger.ts';
import { eventually } from '../testing/eventually.ts';
import { FakeApi } from '../testing/fake-api.ts';
import { Blockers } from './blockers.ts';

const namespace = 'default';
const A = { kind: CONFIG_MAPS, namespace, name: 'a' };
const B = { kind: CONFIG_MAPS, namespace, name: 'b' };

let api: FakeApi;
let client: KubeClient;
let blockers: Blockers;
let log: string[];
/** `LEVEL message`. */
let lines: string[];

beforeEach(async () => {
  api = await FakeApi.start();
  client = new KubeClient({ access: api.access });
  log = [];
  lines = [];
  const note =
    (level: string) =>
    (_fields: object, message: string): void =>
      void lines.push(`${level} ${message}`);
  const logger: Logger = { ...silentLogger(), debug: note('debug'), warn: note('warn'), error: note('error') };
  blockers = new Blockers({ client, logger });
  api.put('a');
  api.put('b');
});

afterEach(async () => {
  await blockers.close();
  await client.close();
  await api.down();
});

const tell = (what: string) => (): void => void log.push(what);

test('a key waits once for each blocker, and is notified once of each', async () => {
  for (let i = 0; i < 3; i++) {
    blockers.wait('x', A, tell('x a'));
    blockers.wait('x', B, tell('x b'));
    blockers.wait('y', A, tell('y a'));
  }
  await eventually(() => expect(api.openWatches).toBe(3));
  api.remove('a');
  await eventually(() => expect(log.toSorted()).toEqual(['x a', 'y a']));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.remove('b');
  await eventually(() => expect(log).toContain('x b'));
  expect([log.length, api.count('list')]).toEqual([3, 3]);
});

test('a notified key may wait again', async () => {
  blockers.wait('x', A, () => {
    log.push('first');
    api.put('a');
    blockers.wait('x', A, tell('second'));
  });
  await eventually(() => expect(api.openWatches).toBe(1));
  api.remove('a');
  await eventually(() => expect(log).toEqual(['first']));
  await eventually(() => expect(api.count('watch')).toBe(2));
  api.remove('a');
  await eventually(() => expect(log).toEqual(['first', 'second']));
});

test('a cleared key is not notified, and may wait again', async () => {
  blockers.wait('x', A, tell('cleared'));
  blockers.wait('y', A, tell('y'));
  await eventually(() => expect(api.openWatches).toBe(2));
  blockers.clear('x');
  blockers.clear('nobody');
  blockers.wait('x', A, tell('again'));
  await eventually(() => expect(api.count('watch')).toBe(3));
  await eventually(() => expect(api.openWatches).toBe(2));
  api.remove('a');
  await eventually(() => expect(log.toSorted()).toEqual(['again', 'y']));
  expect(lines).toEqual([]);
});

test('a wait that the server refuses ends with a debug line, and may start again', async () => {
  api.fail('list', { status: 403, reason: 'Forbidden' });
  blockers.wait('x', A, tell('refused'));
  await eventually(() => expect(lines).toEqual(['debug waiting for a change failed']));
  blockers.wait('x', A, tell('x'));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.remove('a');
  await eventually(() => expect(log).toEqual(['x']));
});

test('a listener that throws harms nobody', async () => {
  blockers.wait('x', A, () => {
    throw new Error('thrown');
  });
  blockers.wait('y', A, tell('y'));
  await eventually(() => expect(api.openWatches).toBe(2));
  api.remove('a');
  await eventually(() => expect([log, lines]).toEqual([['y'], ['error a listener failed']]));
});

test('closing ends all requests, and none starts afterwards', async () => {
  blockers.wait('x', A, tell('x'));
  blockers.wait('y', B, tell('y'));
  await eventually(() => expect(api.openWatches).toBe(2));
  await blockers.close();
  await eventually(() => expect(api.openWatches).toBe(0));
  blockers.wait('x', A, tell('late'));
  api.remove('a');
  await blockers.close();
  expect([log, api.count('list')]).toEqual([[], 2]);
});
