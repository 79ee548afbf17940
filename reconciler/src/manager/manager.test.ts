import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Registry } from 'prom-client';
import { request } from 'undici';
import { KubeClient } from '../client/client.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import type { Controller } from '../controller/controller.ts';
import { createController } from '../controller/controller.ts';
import type { Reconcile } from '../controller/types.ts';
import { Informer } from '../informer/informer.ts';
import type { Leadership, LeadershipChange } from '../leadership/types.ts';
import { silentLogger } from '../logger.ts';
import { eventually } from '../testing/eventually.ts';
import { FakeApi } from '../testing/fake-api.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import type { Runnable } from '../runnable.ts';
import { parseAddress } from './address.ts';
import type { ManagerOptions } from './manager.ts';
import { Manager } from './manager.ts';
import { createFrameworkMetrics } from './metrics.ts';

let api: FakeApi;
let clients: KubeClient[];
let stop: AbortController;

beforeEach(async () => {
  api = await FakeApi.start();
  clients = [];
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort(new Error('the test is over'));
  for (const client of clients) await client.close();
  await api.down();
});

function create(reconcile: Reconcile, options: Partial<ManagerOptions> = {}): Manager {
  const registry = new Registry();
  const logger = silentLogger();
  const metrics = createFrameworkMetrics(registry);
  const client = new KubeClient({ access: api.access, observe: metrics.observeRequest });
  clients.push(client);
  const informer = new Informer({ client, kind: CONFIG_MAPS, minBackoffMs: 5, logger });
  const controller = createController({ name: 'maps', primary: informer, reconcile, logger });
  return new Manager({
    informers: [informer],
    controllers: [controller],
    registry,
    metrics,
    healthAddress: '127.0.0.1:0',
    metricsAddress: '127.0.0.1:0',
    logger,
    ...options,
  });
}

async function fetchText(address: string | undefined, path: string): Promise<{ status: number; text: string }> {
  const { statusCode, body } = await request(`http://${address}${path}`);
  return { status: statusCode, text: await body.text() };
}

test('serves probes and metrics, ready only once all is synced and all checks pass', async () => {
  api.put('a');
  api.fail('list', { status: 503 }, 1_000_000);
  const reconciled: string[] = [];
  const manager = create(async ({ name }) => {
    reconciled.push(name);
    if (reconciled.length === 1) throw new Error('the first time');
  });
  let trouble = 'the mill is cold';
  manager.addReadyCheck('mill', () => {
    if (trouble !== '') throw new Error(trouble);
  });
  const run = manager.run(stop.signal);
  await eventually(() => expect(manager.addresses).toBeDefined());
  const { health, metrics } = manager.addresses ?? {};
  expect(await fetchText(health, '/healthz')).toEqual({ status: 200, text: 'ok\n' });
  expect(await fetchText(health, '/readyz')).toEqual({
    status: 503,
    text: '[-]informers-synced failed: not listed yet: configmaps\n[-]mill failed: the mill is cold\n',
  });
  expect(reconciled).toEqual([]);
  api.heal();
  trouble = '';
  await eventually(async () => expect(await fetchText(health, '/readyz?verbose')).toMatchObject({ status: 200 }));
  await eventually(() => expect(reconciled).toEqual(['a', 'a']));
  await eventually(async () => {
    const { text } = await fetchText(metrics, '/metrics');
    for (const line of [
      'controller_runtime_reconcile_total{controller="maps",result="success"} 1',
      'controller_runtime_reconcile_total{controller="maps",result="error"} 1',
      'controller_runtime_reconcile_errors_total{controller="maps"} 1',
      'controller_runtime_reconcile_time_seconds_count{controller="maps"} 2',
      'controller_runtime_active_workers{controller="maps"} 0',
      'workqueue_depth{name="maps"} 0',
      'workqueue_adds_total{name="maps"} 2',
      'workqueue_retries_total{name="maps"} 1',
      'workqueue_queue_duration_seconds_count{name="maps"} 2',
      'workqueue_work_duration_seconds_count{name="maps"} 2',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).toMatch(/rest_client_requests_total\{code="503",method="GET",host="127.0.0.1:\d+"\} \d+/);
    expect(text).toMatch(/rest_client_requests_total\{code="200",method="GET",host="127.0.0.1:\d+"\} \d+/);
  });
  expect((await fetchText(health, '/metrics')).status).toBe(404);
  expect((await request(`http://${health}/healthz`, { method: 'POST' })).statusCode).toBe(405);
  stop.abort(new Error('enough'));
  await run;
  // The connection of before may not know yet that it was ended.
  await eventually(() => expect(fetchText(health, '/healthz')).rejects.toThrow('ECONNREFUSED'));
});

test('a stop lets the running reconcile finish, with informers and probes alive, and says it is not ready', async () => {
  api.put('a');
  const finish: (() => void)[] = [];
  let aborted = false;
  const manager = create(async (_key, { signal }) => {
    signal.addEventListener('abort', () => (aborted = true));
    await new Promise<void>((resolve) => finish.push(resolve));
  });
  let ended = false;
  const run = manager.run(stop.signal).then(() => (ended = true));
  await eventually(() => expect(api.openWatches).toBe(1));
  const { health } = manager.addresses ?? {};
  await eventually(() => expect(finish).toHaveLength(1));
  stop.abort(new Error('enough'));
  await eventually(async () => expect((await fetchText(health, '/readyz')).text).toContain('[-]running failed: the manager is stopping'));
  expect([ended, aborted, api.openWatches]).toEqual([false, false, 1]);
  finish[0]?.();
  await run;
  expect(aborted).toBe(false);
  await eventually(() => expect(api.openWatches).toBe(0));
});

test('a reconcile that does not end is aborted after the grace', async () => {
  api.put('a');
  let began = false;
  const manager = create(
    (_key, { signal }) => {
      began = true;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
    { graceMs: 20 },
  );
  const run = manager.run(stop.signal);
  await eventually(() => expect(began).toBe(true));
  stop.abort(new Error('enough'));
  await run;
});

test('an address that is taken is an error that says so, and nothing is left running', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const manager = create(() => Promise.resolve(), { metricsAddress: `127.0.0.1:${port}` });
  await expect(manager.run(stop.signal)).rejects.toThrow(
    `cannot serve metrics on 127.0.0.1:${port}: the port is in use by another program`,
  );
  taken.close();
});

test('a stop before all has synced ends at once', async () => {
  api.fail('list', { status: 403 }, 1_000_000);
  const manager = create(() => Promise.resolve());
  const run = manager.run(stop.signal);
  await eventually(() => expect(api.count('list')).toBeGreaterThan(1));
  stop.abort(new Error('enough'));
  await run;
});

/** A leadership whose fate a test decides. */
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
  const manager = create(async ({ name }) => void log.push(`reconcile ${name}`), { leadership });
  const run = manager.run(stop.signal);
  await eventually(() => expect(api.openWatches).toBe(1));
  // Followers are ready: they answer at once when the leader dies.
  expect(await fetchText(manager.addresses?.health, '/readyz')).toMatchObject({ status: 200 });
  expect(log).toEqual([]);
  leadership.gain('default');
  await eventually(() => expect(log).toEqual(['reconcile a']));
  stop.abort(new Error('enough'));
  await run;
  expect(log).toEqual(['reconcile a', 'release']);
});

test('a loss aborts what runs, and what changes meanwhile is reconciled when it leads again', async () => {
  api.put('a');
  const leadership = new Fate([], 'default');
  const log: string[] = [];
  const manager = create(
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
  const run = manager.run(stop.signal);
  await eventually(() => expect(log).toEqual(['begin a']));
  leadership.lose('default');
  await eventually(() => expect(log).toEqual(['begin a', 'abort a: Error: this process does not lead any more']));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('b');
  // Of its deletion no informer tells again; whoever holds state for it has to hear of it all the same.
  api.remove('a');
  await eventually(async () =>
    expect((await fetchText(manager.addresses?.metrics, '/metrics')).text).toContain('workqueue_depth{name="maps"} 0'),
  );
  expect(log).toHaveLength(2);
  leadership.gain('default');
  await eventually(() => expect(log.slice(2).toSorted()).toEqual(['begin a', 'begin b']));
  stop.abort(new Error('enough'));
  await run;
});

test('objects are reconciled where this process leads, and the others once it leads there too', async () => {
  for (const namespace of ['one', 'two']) api.put('a', { namespace });
  const leadership = new Fate([], 'one');
  const log: string[] = [];
  const manager = create(async ({ namespace }) => void log.push(namespace), { leadership });
  const run = manager.run(stop.signal);
  await eventually(() => expect(log).toEqual(['one']));
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('b', { namespace: 'two' });
  api.put('b', { namespace: 'one' });
  await eventually(() => expect(log).toEqual(['one', 'one']));
  leadership.gain('two');
  await eventually(() => expect(log.filter((namespace) => namespace === 'two')).toEqual(['two', 'two']));
  stop.abort(new Error('enough'));
  await run;
});

test('what needs no leadership works while this process stands by, and a leadership in trouble is not ready', async () => {
  api.put('a');
  const log: string[] = [];
  let trouble: Error | undefined = new Error('leases is forbidden');
  const leadership: Leadership = Object.assign(new Fate(log), {
    check: () => {
      if (trouble !== undefined) throw trouble;
    },
  });
  const client = new KubeClient({ access: api.access });
  clients.push(client);
  const informer = new Informer({ client, kind: CONFIG_MAPS, logger: silentLogger() });
  const controller = (name: string, needsLeadership: boolean): Controller =>
    createController({
      name,
      primary: informer,
      needsLeadership,
      reconcile: async () => void log.push(name),
      logger: silentLogger(),
    });
  const manager = create(() => Promise.resolve(), {
    informers: [informer],
    controllers: [controller('leader only', true), controller('everywhere', false)],
    runnables: [
      { name: 'later', start: () => void log.push('later') },
      { name: 'now', needsLeadership: false, start: () => void log.push('now') },
    ],
    leadership,
  });
  const run = manager.run(stop.signal);
  await eventually(() => expect(log).toEqual(['now', 'everywhere']));
  expect(await fetchText(manager.addresses?.health, '/readyz')).toMatchObject({
    status: 503,
    text: expect.stringContaining('[-]leader-election failed: leases is forbidden'),
  });
  trouble = undefined;
  expect(await fetchText(manager.addresses?.health, '/readyz')).toMatchObject({ status: 200 });
  stop.abort(new Error('enough'));
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
  const manager = create(
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
  const run = manager.run(stop.signal);
  await eventually(() => expect(log).toContain('reconcile begins'));
  stop.abort(new Error('enough'));
  finish();
  await run;
  expect(log).toEqual(['lead', 'start one', 'start two', 'reconcile begins', 'reconcile ends', 'stop two', 'stop one', 'release']);
});

test('a runnable that cannot start is an error, and those before it are stopped, even if one of them fails at that', async () => {
  const log: string[] = [];
  const manager = create(() => Promise.resolve(), {
    runnables: [
      { name: 'first', stop: () => void log.push('stop first') },
      {
        name: 'stubborn',
        stop: () => {
          throw new Error('no');
        },
      },
      { name: 'broken', start: () => Promise.reject(new Error('cannot start')), stop: () => void log.push('stop broken') },
      { name: 'never', start: () => void log.push('start never'), stop: () => void log.push('stop never') },
    ],
  });
  await expect(manager.run(stop.signal)).rejects.toThrow('cannot start');
  expect(log).toEqual(['stop broken', 'stop first']);
  expect(api.openWatches).toBe(0);
});

test('the client belongs to who made it, and still works when all has ended', async () => {
  const manager = create(() => Promise.resolve());
  const run = manager.run(stop.signal);
  await eventually(() => expect(api.openWatches).toBe(1));
  stop.abort(new Error('enough'));
  await run;
  expect((await clients[0]?.list(CONFIG_MAPS))?.items).toEqual([]);
});

test('a controller whose informer nobody runs is refused', () => {
  expect(() => create(() => Promise.resolve(), { informers: [] })).toThrow('listens to configmaps, which the manager does not run');
});

test.each([
  [':8080', undefined, 8080],
  ['127.0.0.1:0', '127.0.0.1', 0],
  ['[::1]:80', '::1', 80],
  ['localhost:1', 'localhost', 1],
])('%s is an address', (text, host, port) => {
  expect(parseAddress(text)).toEqual({ host, port });
});

test.each(['8080', ':', ':99999', '::1:80', 'a b:1', ''])('"%s" is none', (text) => {
  expect(() => parseAddress(text)).toThrow('is no address to listen on');
});

test("controllers that it builds live by the manager's clock", async () => {
  const clock = new ManualClock();
  const client = new KubeClient({ access: api.access });
  clients.push(client);
  const addresses = { healthAddress: '127.0.0.1:0', metricsAddress: '127.0.0.1:0' };
  const manager = new Manager({ client, fieldManager: 'test', clock, logger: silentLogger(), ...addresses });
  let passes = 0;
  manager.controller(CONFIG_MAPS).reconcile(async () => {
    passes += 1;
    return { requeueAfterMs: 3_600_000 };
  });
  api.put('a');
  const run = manager.run(stop.signal);
  // The server refuses the watch-list, and what is tried next is due at once, by a clock that has to be turned for that.
  await eventually(() => {
    clock.advance(0);
    expect(passes).toBe(1);
  });
  clock.advance(3_600_000);
  await eventually(() => expect(passes).toBe(2));
  stop.abort(new Error('enough'));
  await run;
});
