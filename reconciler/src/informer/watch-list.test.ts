import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../testing/eventually.ts';
import type { InitialEventsSupport } from '../testing/fake-api.ts';
import type { FakeApi } from '../testing/fake-api.ts';
import { InformerBench, keys } from './test-bench.ts';

let bench: InformerBench;
let api: FakeApi;

beforeEach(async () => {
  bench = await InformerBench.open();
  ({ api } = bench);
});

afterEach(() => bench.close());

describe('a server that begins watches with all objects', () => {
  async function restart(initialEvents: InitialEventsSupport): Promise<void> {
    await bench.close();
    bench = await InformerBench.open({ initialEvents });
    ({ api } = bench);
  }

  test('is asked for no list', async () => {
    await restart('sent');
    api.put('a');
    api.put('b');
    const { informer, log } = bench.start();
    await informer.waitForSync(bench.stop.signal);
    expect(keys(informer)).toEqual(['default/a', 'default/b']);
    api.put('c');
    await bench.inStep(informer);
    // After the end of a watch, too, only what is new is asked for.
    api.closeWatches();
    await eventually(() => expect(api.count('watch')).toBe(1));
    api.put('d');
    await bench.inStep(informer);
    expect(log).toEqual(['add a', 'add b', 'add c', 'add d']);
    expect([api.count('initial'), api.count('list')]).toEqual([1, 0]);
    expect(informer.stats).toMatchObject({ watchLists: 1, lists: 0 });
  });

  test.each<[what: string, act: () => void]>([
    ['breaks off before the end', () => api.fail('initial', 'reset')],
    ['ends before the end', () => api.fail('initial', 'close')],
    ['fails', () => api.fail('initial', { status: 500 })],
  ])('is asked again when it %s', async (_, act) => {
    await restart('sent');
    api.put('a');
    act();
    const { informer } = bench.start();
    await informer.waitForSync(bench.stop.signal);
    expect(keys(informer)).toEqual(['default/a']);
    expect([api.count('initial'), api.count('list')]).toEqual([2, 0]);
  });

  test('is trusted when it has lost the history: what is not sent is gone', async () => {
    await restart('sent');
    api.put('goes');
    const { informer, log } = bench.start();
    await informer.waitForSync(bench.stop.signal);
    api.remove('goes', { quiet: true });
    api.put('comes', { quiet: true });
    api.compact();
    api.closeWatches();
    await bench.inStep(informer);
    expect(log).toEqual(['add goes', 'delete goes', 'add comes']);
  });

  test('is asked for lists when it never marks the end of the objects', async () => {
    await restart('endless');
    api.put('a');
    const { informer } = bench.start({ initialEventsLimitMs: 30 });
    await informer.waitForSync(bench.stop.signal);
    expect(informer.stats).toMatchObject({ watchLists: 0, lists: 1 });
    api.put('b');
    await bench.inStep(informer);
  });
});
