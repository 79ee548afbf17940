import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '../clock.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
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

describe('after an outage', () => {
  test('the first successful request of the client triggers all retries at once', async () => {
    const informers = ['configmaps', 'secrets', 'services'].map((plural) => {
      const kind = { ...CONFIG_MAPS, plural };
      // Without the notification they would come back a minute later.
      return bench.start({ kind, minBackoffMs: 120_000, maxBackoffMs: 120_000 }).informer;
    });
    await eventually(() => expect(api.openWatches).toBe(3));
    await api.down();
    await eventually(() => expect(informers.every(({ behindSince }) => behindSince !== undefined)).toBe(true));
    await api.up();
    expect(informers.map(({ hasSynced }) => hasSynced)).toEqual([true, true, true]);
    await bench.client.requestText({ method: 'GET', path: '/api/v1/namespaces/default/configmaps/none' }).catch(() => undefined);
    await eventually(() => expect(api.openWatches).toBe(3));
    await eventually(() => expect(informers.map(({ behindSince }) => behindSince)).toEqual([undefined, undefined, undefined]));
  });

  test('a watch that has been silent since may be dead, and is reopened; not so after a short outage', async () => {
    let passed = 0;
    const clock = { ...systemClock(), monotonic: () => performance.now() + passed };
    const pass = (ms: number): void => void (passed += ms);
    await bench.close();
    bench = await InformerBench.open({ clock });
    ({ api } = bench);
    const { informer } = bench.start({ clock });
    await eventually(() => expect(api.openWatches).toBe(1));
    bench.client.reachability.markUnreachable();
    pass(4_000);
    bench.client.reachability.markReachable();
    bench.client.reachability.markUnreachable();
    pass(5_000);
    bench.client.reachability.markReachable();
    await eventually(() => expect(informer.stats.watches).toBe(2));
    await eventually(() => expect(api.openWatches).toBe(1));
    expect(informer.stats.errors).toBe(0);
    api.put('a');
    await bench.inStep(informer);
  });

  test('a watch that broke off is reopened at once, and with the usual backoff when it is not accepted', async () => {
    const { informer } = bench.start({ minBackoffMs: 1_600, maxBackoffMs: 3_600_000 });
    await eventually(() => expect(api.openWatches).toBe(1));
    const from = performance.now();
    api.reset();
    await eventually(() => expect(informer.stats.watches).toBe(2));
    expect(performance.now() - from).toBeLessThan(800);
  });

  test('a kind that keeps failing while other requests succeed is retried early once, and then with its own backoff', async () => {
    api.fail('list', { status: 503 }, 1_000_000);
    const { informer } = bench.start({ minBackoffMs: 3_600_000, maxBackoffMs: 3_600_000 });
    await eventually(() => expect(informer.stats.errors).toBe(1));
    for (let i = 0; i < 5; i++) {
      await bench.client.requestText({ method: 'GET', path: '/api/v1/namespaces/default/configmaps/none' }).catch(() => undefined);
      await eventually(() => expect(informer.stats.errors).toBe(2));
    }
    expect(informer.stats.lists).toBe(2);
  });

  test("a pod's answer through the API server does not count", async () => {
    api.fail('list', { status: 503 });
    let recovered = 0;
    bench.client.reachability.onRecovered(() => (recovered += 1));
    const path = '/api/v1/namespaces/default/pods/a:8081/proxy/registry/status';
    await bench.client.requestText({ method: 'GET', path, retry: false }).catch(() => undefined);
    await bench.client.requestText({ method: 'GET', path: '/api/v1/namespaces/default/configmaps/none' }).catch(() => undefined);
    expect(recovered).toBe(0);
  });

  test('a busy server is not asked earlier than it wants', async () => {
    api.fail('list', { status: 429, headers: { 'retry-after': '3600' } });
    const { informer } = bench.start({ maxBackoffMs: 3_600_000 });
    await eventually(() => expect(informer.stats.errors).toBe(1));
    bench.client.reachability.markUnreachable();
    await bench.client.requestText({ method: 'GET', path: '/version' });
    expect(informer.stats.lists).toBe(1);
  });

  test('a refusal is no outage: nobody waits for it', async () => {
    api.put('a');
    const { informer } = bench.start();
    await eventually(() => expect(api.openWatches).toBe(1));
    api.fail('watch', { status: 403, reason: 'Forbidden' }, 1_000_000);
    api.fail('list', { status: 403, reason: 'Forbidden' }, 1_000_000);
    api.closeWatches();
    await eventually(() => expect(informer.lastError).toBeDefined());
    expect(informer.behindSince).toBeUndefined();
  });
});
