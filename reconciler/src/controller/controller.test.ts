import { describe, expect, jest, test } from '@jest/globals';
import { KubeApiError } from '../client/errors.ts';
import { CONFIG_MAPS, DEPLOYMENTS } from '../client/kinds.ts';
import type { ResourceKind } from '../client/kinds.ts';
import { systemClock } from '../clock.ts';
import type { InformerEvent } from '../informer/events.ts';
import type { KubeObject, ObjectMeta } from '../objects.ts';
import { formatKey } from '../objects.ts';
import { silentLogger } from '../logger.ts';
import { eventually } from '../testing/eventually.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import type { ControllerOptions } from './controller.ts';
import { createController, ownerKeys } from './controller.ts';
import { RequeueAfter, TerminalError } from './errors.ts';
import type { ControllerObserver, EventSource, ReconcileContext, ReconcileResult } from './types.ts';
import { ignoreStatusChanges } from './predicates.ts';

/** An informer whose events come from the test. */
class Source implements EventSource {
  readonly kind: ResourceKind;
  hasSynced = true;
  readonly #listeners = new Set<(event: InformerEvent<KubeObject>) => void>();
  constructor(kind: ResourceKind) {
    this.kind = kind;
  }
  waitForSync(): Promise<void> {
    return Promise.resolve();
  }
  onEvent(listener: (event: InformerEvent<KubeObject>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  emit(event: InformerEvent<KubeObject>): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function object(name: string, meta: Partial<ObjectMeta> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'n', ...meta } };
}

const owned = (by: string): Partial<ObjectMeta> => ({
  ownerReferences: [
    { apiVersion: 'v1', kind: 'Other', name: 'no', uid: '0' },
    { apiVersion: 'v1', kind: 'ConfigMap', name: by, uid: '1', controller: true },
  ],
});

interface Bench {
  readonly primary: Source;
  readonly calls: string[];
  readonly outcomes: string[];
  readonly stop: () => Promise<void>;
  readonly enqueue: (name: string) => void;
}

async function bench(
  reconcile: (name: string, call: number, context: ReconcileContext) => Promise<ReconcileResult>,
  options: Partial<ControllerOptions> = {},
): Promise<Bench> {
  const primary = new Source(CONFIG_MAPS);
  const calls: string[] = [];
  const outcomes: string[] = [];
  const nothing = (): void => undefined;
  const observe: ControllerObserver = {
    started: nothing,
    active: nothing,
    reconciled: (outcome) => void outcomes.push(outcome),
    queue: { added: nothing, retried: nothing, depth: nothing, queued: nothing, worked: nothing },
  };
  const controller = createController({
    name: 'test',
    primary,
    reconcile: (key, context) => {
      calls.push(formatKey(key));
      return reconcile(key.name, calls.filter((call) => call === formatKey(key)).length, context);
    },
    resyncMs: 0,
    logger: silentLogger(),
    ...options,
  });
  await controller.start(new AbortController().signal, observe);
  return { primary, calls, outcomes, stop: () => controller.stop(30_000), enqueue: (name) => controller.enqueue({ namespace: 'n', name }) };
}

const done = (): Promise<void> => Promise.resolve();

test('changes of primary, owned and watched objects reconcile the right keys', async () => {
  const [deployments, others] = [new Source(DEPLOYMENTS), new Source(CONFIG_MAPS)];
  const { primary, calls, stop } = await bench(done, {
    owns: [deployments],
    watches: [{ informer: others, map: ({ metadata }) => [{ namespace: 'n', name: metadata.labels?.['for'] ?? 'nobody' }] }],
  });
  primary.emit({ type: 'add', object: object('a') });
  deployments.emit({ type: 'delete', object: object('d', owned('b')) });
  deployments.emit({ type: 'add', object: object('stray') });
  others.emit({ type: 'update', old: object('o', { labels: { for: 'c' } }), object: object('o', { labels: { for: 'd' } }) });
  await eventually(() => expect(calls.toSorted()).toEqual(['n/a', 'n/b', 'n/c', 'n/d']));
  await stop();
  primary.emit({ type: 'add', object: object('late') });
  expect(calls).toHaveLength(4);
});

test('failed keys are retried with backoff, even when thrown synchronously; the process survives', async () => {
  const seen: number[] = [];
  const { calls, outcomes, enqueue, stop } = await bench((_, call, { failures }) => {
    seen.push(failures);
    if (call === 1) throw new Error('at once');
    return call < 4 ? Promise.reject(new TypeError('later')) : done();
  });
  enqueue('a');
  await eventually(() => expect(outcomes).toEqual(['error', 'error', 'error', 'success']));
  expect(seen).toEqual([0, 1, 2, 3]);
  expect(calls).toHaveLength(4);
  await stop();
});

test('however often it fails, an object waits no longer than the longest backoff', async () => {
  const clock = new ManualClock();
  const { calls, enqueue, stop } = await bench(() => Promise.reject(new Error('no')), { clock, maxBackoffMs: 40 });
  enqueue('a');
  for (const [failures, wait] of [5, 10, 20, 40, 40, 40].entries()) {
    await eventually(() => expect(clock.pending).toBe(1));
    clock.advance(wait - 1);
    expect(calls).toHaveLength(failures + 1);
    clock.advance(1);
    await eventually(() => expect(calls).toHaveLength(failures + 2));
  }
  await stop();
});

test('a success resets the failures', async () => {
  const seen: number[] = [];
  const { outcomes, enqueue, stop } = await bench((_, call, { failures }) => {
    seen.push(failures);
    return call % 3 === 0 ? done() : Promise.reject(new Error('not yet'));
  });
  enqueue('a');
  await eventually(() => expect(outcomes).toHaveLength(3));
  enqueue('a');
  await eventually(() => expect(outcomes).toHaveLength(6));
  expect(seen).toEqual([0, 1, 2, 0, 1, 2]);
  await stop();
});

const endings = [
  { name: 'done', end: () => done(), outcome: 'success', timers: 0 },
  { name: 'terminal', end: () => Promise.reject(new TerminalError('for good')), outcome: 'terminal_error', timers: 0 },
  { name: 'requeue by answer', end: () => Promise.resolve({ requeueAfterMs: 5_000 }), outcome: 'requeue_after', timers: 1 },
  { name: 'requeue by error', end: () => Promise.reject(new RequeueAfter(5_000)), outcome: 'requeue_after', timers: 1 },
  { name: 'failed', end: () => Promise.reject(new Error('no')), outcome: 'error', timers: 1 },
] as const;

test.each(endings)('after "$name" the object is reconciled again only on request', async ({ end, outcome, timers }) => {
  const clock = new ManualClock();
  const { calls, outcomes, enqueue, stop } = await bench(end, { clock });
  enqueue('a');
  await eventually(() => expect(outcomes).toEqual([outcome]));
  expect(clock.pending).toBe(timers);
  clock.advance(4_999);
  clock.advance(1);
  if (timers === 0) expect(calls).toHaveLength(1);
  else await eventually(() => expect(calls.length).toBeGreaterThan(1));
  await stop();
});

test('a successful object is reconciled again after the resync time', async () => {
  const clock = new ManualClock();
  const { calls, enqueue, stop } = await bench(done, { clock, resyncMs: 1_000, random: () => 0.5 });
  enqueue('a');
  await eventually(() => expect(clock.pending).toBe(1));
  clock.advance(999);
  expect(calls).toHaveLength(1);
  clock.advance(1);
  await eventually(() => expect(calls).toHaveLength(2));
  await stop();
});

test('works on several objects at a time, but never twice on one', async () => {
  let running = 0;
  let most = 0;
  const releases: (() => void)[] = [];
  const active = new Set<string>();
  const { calls, enqueue, stop } = await bench(
    async (name) => {
      expect(active.has(name)).toBe(false);
      active.add(name);
      most = Math.max(most, ++running);
      await new Promise<void>((resolve) => releases.push(resolve));
      running -= 1;
      active.delete(name);
    },
    { concurrency: 3 },
  );
  for (const name of ['a', 'b', 'c', 'd']) enqueue(name);
  await eventually(() => expect(releases).toHaveLength(3));
  enqueue('a');
  for (let released = 0; released < 5; released++) {
    await eventually(() => expect(releases.length).toBeGreaterThan(released));
    releases[released]?.();
  }
  await eventually(() => expect(calls.toSorted()).toEqual(['n/a', 'n/a', 'n/b', 'n/c', 'n/d']));
  expect(most).toBe(3);
  await stop();
});

test('a stop waits for running reconciles, then aborts them', async () => {
  const clock = new ManualClock();
  let aborted = false;
  const { calls, outcomes, enqueue, stop } = await bench(
    (_, __, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(signal.reason);
        });
      }),
    { clock },
  );
  enqueue('a');
  await eventually(() => expect(calls).toEqual(['n/a']));
  const stopped = stop();
  enqueue('b');
  clock.advance(29_999);
  expect(aborted).toBe(false);
  clock.advance(1);
  await stopped;
  expect([aborted, calls, outcomes]).toEqual([true, ['n/a'], ['error']]);
});

test.each([
  { name: 'status only', old: { generation: 1 }, now: { generation: 1 }, passes: false },
  { name: 'spec', old: { generation: 1 }, now: { generation: 2 }, passes: true },
  { name: 'annotation', old: { generation: 1 }, now: { generation: 1, annotations: { a: 'b' } }, passes: true },
  { name: 'deletion', old: { generation: 1 }, now: { generation: 1, deletionTimestamp: 'now' }, passes: true },
  { name: 'a kind without generation', old: {}, now: {}, passes: true },
])('ignoreStatusChanges: $name passes $passes', ({ old, now, passes }) => {
  expect(ignoreStatusChanges({ type: 'update', old: object('a', old), object: object('a', now) })).toBe(passes);
  expect(ignoreStatusChanges({ type: 'add', object: object('a', now) })).toBe(true);
});

test('a predicate keeps events from the queue', async () => {
  const { primary, calls, stop } = await bench(done, { predicate: ignoreStatusChanges });
  primary.emit({ type: 'update', old: object('quiet', { generation: 1 }), object: object('quiet', { generation: 1 }) });
  primary.emit({ type: 'update', old: object('loud', { generation: 1 }), object: object('loud', { generation: 2 }) });
  await eventually(() => expect(calls).toEqual(['n/loud']));
  await stop();
});

test.each([
  { apiVersion: 'example.com/v1', kind: 'Shop', found: true },
  { apiVersion: 'example.com/v2', kind: 'Shop', found: true },
  { apiVersion: 'other.com/v1', kind: 'Shop', found: false },
  { apiVersion: 'v1', kind: 'Shop', found: false },
  { apiVersion: 'example.com/v1', kind: 'Store', found: false },
])('an owner $apiVersion $kind is ours: $found', ({ apiVersion, kind, found }) => {
  const primary: ResourceKind = { group: 'example.com', version: 'v1', plural: 'shops', kind: 'Shop', namespaced: true };
  const child = object('c', { ownerReferences: [{ apiVersion, kind, name: 'o', uid: '1', controller: true }] });
  expect(ownerKeys(child, primary)).toEqual(found ? [{ namespace: 'n', name: 'o' }] : []);
});

test('without a logger a failure is written to standard error', async () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const primary = new Source(CONFIG_MAPS);
    const controller = createController({ name: 'test', primary, reconcile: () => Promise.reject(new Error('the mill is cold')) });
    await controller.start(new AbortController().signal);
    controller.enqueue({ namespace: 'n', name: 'a' });
    const written = (): string => write.mock.calls.map(([text]) => String(text)).join('');
    await eventually(() => expect(written()).toMatch(/^ERROR reconcile failed .*"name":"a".*\n {2}Error: the mill is cold/));
    await controller.stop(1_000);
  } finally {
    write.mockRestore();
  }
});

test('does not start before all informers have synced', async () => {
  const primary = new Source(CONFIG_MAPS);
  let sync = (): void => undefined;
  primary.waitForSync = () => new Promise((resolve) => (sync = resolve));
  const calls: string[] = [];
  const controller = createController({
    name: 'test',
    primary,
    reconcile: async ({ name }) => void calls.push(name),
    clock: systemClock(),
  });
  const started = controller.start(new AbortController().signal);
  controller.enqueue({ namespace: 'n', name: 'a' });
  await new Promise(setImmediate);
  expect(calls).toEqual([]);
  sync();
  await started;
  await eventually(() => expect(calls).toEqual(['a']));
  await controller.stop(1_000);
});

describe('a conflict', () => {
  const conflict = (): Error => new KubeApiError({ status: 409, reason: 'Conflict', message: 'changed', request: 'PATCH /x' });

  async function logOf(error: () => Error, times: number): Promise<{ errors: string[]; outcomes: string[] }> {
    const errors: string[] = [];
    const logger = { ...silentLogger(), error: (_fields: object, message: string) => void errors.push(message) };
    const { primary, outcomes, stop } = await bench((_name, call) => (call <= times ? Promise.reject(error()) : done()), { logger });
    primary.emit({ type: 'add', object: object('a') });
    await eventually(() => expect(outcomes).toHaveLength(times + 1));
    await stop();
    return { errors, outcomes };
  }

  test('that the next reconcile explains is no error', async () => {
    expect(await logOf(conflict, 2)).toEqual({ errors: [], outcomes: ['requeue', 'requeue', 'success'] });
  });

  test('of several objects at once is none either', async () => {
    const both = (): Error => new AggregateError([conflict(), conflict()], 'two objects');
    expect(await logOf(both, 1)).toEqual({ errors: [], outcomes: ['requeue', 'success'] });
  });

  test('next to another failure is one', async () => {
    const mixed = (): Error => new AggregateError([conflict(), new Error('no')], 'two objects');
    expect(await logOf(mixed, 1)).toEqual({ errors: ['reconcile failed'], outcomes: ['error', 'success'] });
  });

  test('that does not go away becomes one', async () => {
    const { errors, outcomes } = await logOf(conflict, 5);
    expect(outcomes).toEqual(['requeue', 'requeue', 'requeue', 'error', 'error', 'success']);
    expect(errors).toHaveLength(2);
  });
});

describe('while a store lags behind', () => {
  class Behind extends Source {
    behindSince: number | undefined = 0;
    #resolve: () => void = () => undefined;
    whenCurrent(signal: AbortSignal): Promise<void> {
      return new Promise((resolve, reject) => {
        this.#resolve = resolve;
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    }
    catchUp(): void {
      this.behindSince = undefined;
      this.#resolve();
    }
  }

  test('nothing is reconciled until it has caught up', async () => {
    const behind = new Behind(DEPLOYMENTS);
    const { primary, calls, stop } = await bench(done, { owns: [behind], clock: new ManualClock() });
    primary.emit({ type: 'add', object: object('a') });
    await new Promise(setImmediate);
    expect(calls).toEqual([]);
    behind.catchUp();
    await eventually(() => expect(calls).toEqual(['n/a']));
    await stop();
  });

  test('reconciles proceed after a minute, since it may lag for long', async () => {
    const clock = new ManualClock();
    const { primary, calls, stop } = await bench(done, { owns: [new Behind(DEPLOYMENTS)], clock });
    clock.advance(59_999);
    primary.emit({ type: 'add', object: object('a') });
    await new Promise(setImmediate);
    expect(calls).toEqual([]);
    clock.advance(1);
    await eventually(() => expect(calls).toEqual(['n/a']));
    primary.emit({ type: 'add', object: object('b') });
    await eventually(() => expect(calls).toEqual(['n/a', 'n/b']));
    await stop();
  });

  test('a stop does not wait for it', async () => {
    const { primary, calls, stop } = await bench(done, { owns: [new Behind(DEPLOYMENTS)], clock: new ManualClock() });
    primary.emit({ type: 'add', object: object('a') });
    await new Promise(setImmediate);
    await stop();
    expect(calls).toEqual([]);
  });
});

test('existing objects are reconciled after current changes at a start', async () => {
  class Full extends Source {
    override onEvent(listener: (event: InformerEvent<KubeObject>) => void): () => void {
      for (const name of ['a', 'b', 'c']) listener({ type: 'add', object: object(name) });
      return super.onEvent(listener);
    }
  }
  const primary = new Full(CONFIG_MAPS);
  let release: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (release = resolve));
  const { calls, stop } = await bench((name) => (name === 'a' ? first : done()), { primary, concurrency: 1 });
  await eventually(() => expect(calls).toEqual(['n/a']));
  primary.emit({ type: 'update', object: object('edited'), old: object('edited') });
  release();
  await eventually(() => expect(calls).toEqual(['n/a', 'n/edited', 'n/b', 'n/c']));
  await stop();
});
