import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CONFIG_MAPS } from '../client/kinds.ts';
import type { Controller } from '../controller/controller.ts';
import { createController } from '../controller/controller.ts';
import { Informer } from '../informer/informer.ts';
import { silentLogger } from '../logger.ts';
import type { Runnable } from '../runnable.ts';
import { eventually } from '../testing/eventually.ts';
import type { FakeApi } from '../testing/fake-api.ts';
import type { Leadership, LeadershipChange } from '../leadership/types.ts';
import { fetchText, ManagerBench } from './test-bench.ts';

let bench: ManagerBench;
let api: FakeApi;

beforeEach(async () => {
  bench = await ManagerBench.open();
  ({ api } = bench);
});

afterEach(() => bench.close());

/** A leadership that a test controls. */
class Fate implements Leadership {
  readonly led: Set<string>;
  readonly log: string[];
  #listener: (change: LeadershipChange) => void = () => undefined;
  #lead: () => void = () => undefined;

  constructor(log: string[] = [], ...led: string[]) {
    this.log = log;
    this.led = new Set(led);
  }
  acquire(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#lead = resolve;
      if (this.led.size > 0) resolve();
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  }
  async release(): Promise<void> {
    this.log.push('release');
  }
  leads(namespace: string): boolean {
    return this.led.has(namespace);
  }
  onChange(listener: (change: LeadershipChange) => void): () => void {
    this.#listener = listener;
    return () => undefined;
  }
  gain(namespace: string): void {
    this.led.add(namespace);
    this.#lead();
    this.#listener('gained');
  }
  lose(namespace: string): void {
    this.led.delete(namespace);
    this.#listener('lost');
  }
}

test('without leadership nothing is reconciled; it is released last', async () => {
  api.put('a');
  const log: string[] = [];
  const leadership = new Fate(log);
  const manager = bench.create(async ({ name }) => void log.push(`reconcile ${name}`), { leadership });
  const run = manager.run(bench.stop.signal);
  await eventually(() => expect(api.openWatches).toBe(1));
  // Standbys are ready: they answer at once when the leader dies.
  expect(await fetchText(manager.addresses?.health, '/readyz')).toMatchObject({ status: 200 });
  expect(log).toEqual([]);
  leadership.gain('default');
  await eventually(() => expect(log).toEqual(['reconcile a']));
  bench.stop.abort(new Error('enough'));
  await run;
  expect(log).toEqual(['reconcile a', 'release']);
});

test('losing leadership aborts running reconciles, and later changes are reconciled when it leads again', async () => {
  api.put('a');
  const leadership = new Fate([], 'default');
  const log: string[] = [];
  const manager = bench.create(
    ({ name }, { signal }) => {
      log.push(`begin ${name}`);
      if (log.length > 1) return Promise.resolve();
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          log.push(`abort ${name}: ${String(signal.reason)}`);
          reject(signal.reason);
        });
      });
    },
    { leadership },
  );
  const run = manager.run(bench.stop.signal);
  await eventually(() => expect(log).toEqual(['begin a']));
  leadership.lose('default');
  await eventually(() => expect(log).toEqual(['begin a', 'abort a: Error: this process is no longer the leader']));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('b');
  // No informer reports its deletion again; whoever holds state for it has to learn of it all the same.
  api.remove('a');
  await eventually(async () =>
    expect((await fetchText(manager.addresses?.metrics, '/metrics')).text).toContain('workqueue_depth{name="maps"} 0'),
  );
  expect(log).toHaveLength(2);
  leadership.gain('default');
  await eventually(() => expect(log.slice(2).toSorted()).toEqual(['begin a', 'begin b']));
  bench.stop.abort(new Error('enough'));
  await run;
});

test('objects are reconciled where this process leads, and others once it leads there, too', async () => {
  for (const namespace of ['one', 'two']) api.put('a', { namespace });
  const leadership = new Fate([], 'one');
  const log: string[] = [];
  const manager = bench.create(async ({ namespace }) => void log.push(namespace), { leadership });
  const run = manager.run(bench.stop.signal);
  await eventually(() => expect(log).toEqual(['one']));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('b', { namespace: 'two' });
  api.put('b', { namespace: 'one' });
  await eventually(() => expect(log).toEqual(['one', 'one']));
  leadership.gain('two');
  await eventually(() => expect(log.filter((namespace) => namespace === 'two')).toEqual(['two', 'two']));
  bench.stop.abort(new Error('enough'));
  await run;
});

test('what needs no leadership works on a standby, and a failing election is not ready', async () => {
  api.put('a');
  const log: string[] = [];
  let trouble: Error | undefined = new Error('leases is forbidden');
  const leadership: Leadership = Object.assign(new Fate(log), {
    check: () => {
      if (trouble !== undefined) throw trouble;
    },
  });
  const client = bench.client();
  const informer = new Informer({ client, kind: CONFIG_MAPS, logger: silentLogger() });
  const controller = (name: string, needsLeadership: boolean): Controller =>
    createController({
      name,
      primary: informer,
      needsLeadership,
      reconcile: async () => void log.push(name),
      logger: silentLogger(),
    });
  const manager = bench.create(() => Promise.resolve(), {
    informers: [informer],
    controllers: [controller('leader only', true), controller('everywhere', false)],
    runnables: [
      { name: 'later', start: () => void log.push('later') },
      { name: 'now', needsLeadership: false, start: () => void log.push('now') },
    ],
    leadership,
  });
  const run = manager.run(bench.stop.signal);
  await eventually(() => expect(log).toEqual(['now', 'everywhere']));
  expect(await fetchText(manager.addresses?.health, '/readyz')).toMatchObject({
    status: 503,
    text: expect.stringContaining('[-]leader-election failed: leases is forbidden'),
  });
  trouble = undefined;
  expect(await fetchText(manager.addresses?.health, '/readyz')).toMatchObject({ status: 200 });
  bench.stop.abort(new Error('enough'));
  await run;
  expect(log).toEqual(['now', 'everywhere', 'release']);
});

test('runnables start in order before the first reconcile, and stop in the opposite order after the last one', async () => {
  api.put('a');
  const log: string[] = [];
  const runnable = (name: string): Runnable => ({
    name,
    start: async () => void log.push(`start ${name}`),
    stop: async () => void log.push(`stop ${name}`),
  });
  let finish = (): void => undefined;
  const manager = bench.create(
    async () => {
      log.push('reconcile begins');
      await new Promise<void>((resolve) => (finish = resolve));
      log.push('reconcile ends');
    },
    {
      runnables: [runnable('one'), runnable('two')],
      leadership: Object.assign(new Fate(log, 'default'), { acquire: async () => void log.push('lead') }),
    },
  );
  const run = manager.run(bench.stop.signal);
  await eventually(() => expect(log).toContain('reconcile begins'));
  bench.stop.abort(new Error('enough'));
  finish();
  await run;
  expect(log).toEqual(['lead', 'start one', 'start two', 'reconcile begins', 'reconcile ends', 'stop two', 'stop one', 'release']);
});
