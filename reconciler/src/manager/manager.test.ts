import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { CONFIG_MAPS } from '../client/kinds.ts';
import { silentLogger } from '../logger.ts';
import { eventually } from '../testing/eventually.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { Manager } from './manager.ts';
import type { FakeApi } from '../testing/fake-api.ts';
import { fetchText, ManagerBench } from './test-bench.ts';

let bench: ManagerBench;
let api: FakeApi;

beforeEach(async () => {
  bench = await ManagerBench.open();
  ({ api } = bench);
});

afterEach(() => bench.close());

test('serves probes and metrics, ready only once everything is synced and all checks pass', async () => {
  api.put('a');
  api.fail('list', { status: 503 }, 1_000_000);
  const reconciled: string[] = [];
  const manager = bench.create(async ({ name }) => {
    reconciled.push(name);
    if (reconciled.length === 1) throw new Error('the first time');
  });
  let trouble = 'the mill is cold';
  manager.addReadyCheck('mill', () => {
    if (trouble !== '') throw new Error(trouble);
    return 'the mill is warm';
  });
  const run = manager.run(bench.stop.signal);
  await eventually(() => expect(manager.addresses).toBeDefined());
  const { health, metrics } = manager.addresses ?? {};
  expect(await fetchText(health, '/healthz')).toEqual({ status: 200, text: 'ok\n' });
  expect(await fetchText(health, '/readyz')).toEqual({
    status: 503,
    // The reason is known once the first answer has arrived.
    text: expect.stringMatching(
      /^\[-\]informers-synced failed: not listed yet: configmaps( \(.+\))?\n\[-\]mill failed: the mill is cold\n$/,
    ),
  });
  expect(reconciled).toEqual([]);
  api.heal();
  trouble = '';
  await eventually(async () => expect(await fetchText(health, '/readyz?verbose')).toMatchObject({ status: 200 }));
  expect((await fetchText(health, '/readyz')).text).toContain('[+]mill ok: the mill is warm\n');
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
  bench.stop.abort(new Error('enough'));
  await run;
  // The previous connection may not have noticed yet that it was closed.
  await eventually(() => expect(fetchText(health, '/healthz')).rejects.toThrow('ECONNREFUSED'));
});

test('a stop lets the running reconcile finish, with informers and probes alive, and says it is not ready', async () => {
  api.put('a');
  const finish: (() => void)[] = [];
  let aborted = false;
  const manager = bench.create(async (_key, { signal }) => {
    signal.addEventListener('abort', () => (aborted = true));
    await new Promise<void>((resolve) => finish.push(resolve));
  });
  let ended = false;
  const run = manager.run(bench.stop.signal).then(() => (ended = true));
  await eventually(() => expect(api.openWatches).toBe(1));
  const { health } = manager.addresses ?? {};
  await eventually(() => expect(finish).toHaveLength(1));
  bench.stop.abort(new Error('enough'));
  await eventually(async () => expect((await fetchText(health, '/readyz')).text).toContain('[-]running failed: the manager is stopping'));
  expect([ended, aborted, api.openWatches]).toEqual([false, false, 1]);
  finish[0]?.();
  await run;
  expect(aborted).toBe(false);
  await eventually(() => expect(api.openWatches).toBe(0));
});

test('a reconcile that does not end is aborted after the grace period', async () => {
  api.put('a');
  let began = false;
  const manager = bench.create(
    (_key, { signal }) => {
      began = true;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
    { graceMs: 20 },
  );
  const run = manager.run(bench.stop.signal);
  await eventually(() => expect(began).toBe(true));
  bench.stop.abort(new Error('enough'));
  await run;
});

test('an address in use is an error, and nothing is left running', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const manager = bench.create(() => Promise.resolve(), { metricsAddress: `127.0.0.1:${port}` });
  await expect(manager.run(bench.stop.signal)).rejects.toThrow(
    `cannot serve metrics on 127.0.0.1:${port}: the port is in use by another program`,
  );
  taken.close();
});

test('a stop before everything has synced takes effect at once', async () => {
  api.fail('list', { status: 403 }, 1_000_000);
  const manager = bench.create(() => Promise.resolve());
  const run = manager.run(bench.stop.signal);
  await eventually(() => expect(api.count('list')).toBeGreaterThan(1));
  bench.stop.abort(new Error('enough'));
  await run;
});

test('a runnable that cannot start is an error, and earlier ones are stopped, even if one of them fails to', async () => {
  const log: string[] = [];
  const manager = bench.create(() => Promise.resolve(), {
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
  await expect(manager.run(bench.stop.signal)).rejects.toThrow('cannot start');
  expect(log).toEqual(['stop broken', 'stop first']);
  expect(api.openWatches).toBe(0);
});

test('the client belongs to its creator, and still works after the manager has stopped', async () => {
  const manager = bench.create(() => Promise.resolve());
  const run = manager.run(bench.stop.signal);
  await eventually(() => expect(api.openWatches).toBe(1));
  bench.stop.abort(new Error('enough'));
  await run;
  expect((await bench.clients[0]?.list(CONFIG_MAPS))?.items).toEqual([]);
});

test('a controller whose informer nobody runs is refused', () => {
  expect(() => bench.create(() => Promise.resolve(), { informers: [] })).toThrow('listens to configmaps, which the manager does not run');
});

test("controllers that it builds use the manager's clock", async () => {
  const clock = new ManualClock();
  const client = bench.client();
  const addresses = { healthAddress: '127.0.0.1:0', metricsAddress: '127.0.0.1:0' };
  const manager = new Manager({ client, fieldManager: 'test', clock, logger: silentLogger(), ...addresses });
  let passes = 0;
  manager.controller(CONFIG_MAPS).reconcile(async () => {
    passes += 1;
    return { requeueAfterMs: 3_600_000 };
  });
  api.put('a');
  const run = manager.run(bench.stop.signal);
  // The server refuses the watch-list, and the next attempt is due at once, by a clock that has to be advanced for it.
  await eventually(() => {
    clock.advance(0);
    expect(passes).toBe(1);
  });
  clock.advance(3_600_000);
  await eventually(() => expect(passes).toBe(2));
  bench.stop.abort(new Error('enough'));
  await run;
});
