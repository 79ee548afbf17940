import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ManualClock } from '../testing/manual-clock.ts';
import { PRIORITY, WorkQueue } from './work-queue.ts';

function fresh(): { queue: WorkQueue; clock: ManualClock } {
  const clock = new ManualClock();
  return { queue: new WorkQueue({ clock }), clock };
}

test('a waiting key is queued once, and keys come in order', async () => {
  const { queue } = fresh();
  for (const key of ['a', 'b', 'a']) queue.add(key);
  expect(queue.depth).toBe(2);
  expect([await queue.take(), await queue.take()]).toEqual(['a', 'b']);
});

test('a key that is added while being processed comes once more afterwards, and not before', async () => {
  const { queue } = fresh();
  queue.add('a');
  await queue.take();
  queue.add('a');
  queue.add('a');
  expect(queue.depth).toBe(0);
  queue.done('a');
  expect(queue.depth).toBe(1);
  expect(await queue.take()).toBe('a');
  queue.done('a');
  expect(queue.depth).toBe(0);
});

test.each([
  { waits: [100, 50], at: 50 },
  { waits: [50, 100], at: 50 },
  { waits: [50, 0], at: 0 },
])('of the times $waits the key comes once, at $at', ({ waits, at }) => {
  const { queue, clock } = fresh();
  for (const ms of waits) queue.addAfter('a', ms);
  clock.advance(at - 1);
  expect(queue.depth).toBe(at === 0 ? 1 : 0);
  clock.advance(1);
  expect(queue.depth).toBe(1);
  clock.advance(1_000);
  expect(queue.depth).toBe(1);
  expect(clock.pending).toBe(0);
});

test('failures wait 5 ms, twice as long each time, 1,000 s at most, until forgotten', () => {
  const { queue } = fresh();
  const waits = Array.from({ length: 20 }, () => queue.addRateLimited('a'));
  expect(waits.slice(0, 4)).toEqual([5, 10, 20, 40]);
  expect(waits.slice(-3)).toEqual([655_360, 1_000_000, 1_000_000]);
  expect(queue.addRateLimited('b')).toBe(5);
  queue.forget('a');
  expect(queue.addRateLimited('a')).toBe(5);
});

test('a waiting take gets the next key, and nothing after the shutdown', async () => {
  const { queue, clock } = fresh();
  const [first, second] = [queue.take(), queue.take()];
  queue.addAfter('a', 10);
  clock.advance(10);
  expect(await first).toBe('a');
  queue.add('b');
  expect(await second).toBe('b');
  queue.add('c');
  queue.addAfter('d', 5);
  let idle = false;
  const whenIdle = queue.whenIdle().then(() => (idle = true));
  queue.shutDown();
  expect(await queue.take()).toBeUndefined();
  queue.add('e');
  clock.advance(10);
  expect(queue.depth).toBe(0);
  queue.done('a');
  await Promise.resolve();
  expect(idle).toBe(false);
  queue.done('b');
  await whenIdle;
});

test('observers learn of depth, adds, retries, waiting and working time', async () => {
  const clock = new ManualClock();
  const seen: (string | number)[][] = [];
  const note =
    (what: string) =>
    (value = 0): void =>
      void seen.push([what, value]);
  const observe = { added: note('added'), retried: note('retried'), depth: note('depth'), queued: note('queued'), worked: note('worked') };
  const queue = new WorkQueue({ clock, observe });
  queue.add('a');
  clock.advance(1_500);
  await queue.take();
  clock.advance(500);
  queue.done('a');
  queue.addRateLimited('a');
  expect(seen).toEqual([
    ['added', 0],
    ['depth', 1],
    ['queued', 1.5],
    ['depth', 0],
    ['worked', 0.5],
    ['retried', 0],
  ]);
});

/** Any order of adding, delaying, failing, taking, finishing and waiting, with three keys. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('add', 'after', 'fail', 'take', 'done', 'wait'),
    key: fc.constantFrom('a', 'b', 'c'),
    ms: fc.integer({ min: 1, max: 50 }),
  }),
  { maxLength: 80 },
);

test('in any order of calls no key is lost, and none is processed twice at a time', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const { queue, clock } = fresh();
      const working = new Set<string>();
      /** Keys that were added and not taken since. */
      const owed = new Set<string>();
      const take = async (): Promise<void> => {
        if (queue.depth === 0) return;
        const key = (await queue.take()) ?? 'none';
        expect(working.has(key)).toBe(false);
        working.add(key);
        owed.delete(key);
      };
      for (const { what, key, ms } of script) {
        if (what === 'add') queue.add(key);
        if (what === 'after') queue.addAfter(key, ms);
        if (what === 'fail') queue.addRateLimited(key);
        if (what === 'add' || what === 'after' || what === 'fail') owed.add(key);
        if (what === 'wait') clock.advance(ms);
        if (what === 'take') await take();
        if (what === 'done' && working.delete(key)) queue.done(key);
      }
      for (let round = 0; round < 4; round++) {
        clock.advance(1_000_000);
        while (queue.depth > 0) await take();
        for (const key of working) queue.done(key);
        working.clear();
      }
      expect([...owed]).toEqual([]);
      expect([queue.depth, queue.active, clock.pending]).toEqual([0, 0, 0]);
    }),
    { numRuns: 500 },
  );
});

type Step = (queue: WorkQueue, clock: ManualClock) => void;

test.each<[what: string, steps: Step[], order: string[]]>([
  ['the urgent one first', [(q) => q.add('low', PRIORITY.low), (q) => q.add('normal')], ['normal', 'low']],
  ['equals as they came', [(q) => q.add('a', PRIORITY.low), (q) => q.add('b', PRIORITY.low)], ['a', 'b']],
  [
    'one that was added again with more urgency',
    [(q) => q.add('a', PRIORITY.low), (q) => q.add('b', PRIORITY.low), (q) => q.add('b')],
    ['b', 'a'],
  ],
  ['not one that was added again with less', [(q) => q.add('a'), (q) => q.add('b'), (q) => q.add('b', PRIORITY.low)], ['a', 'b']],
  [
    'every fourth time one that waited 10 s whatever its urgency',
    [
      (q) => q.add('old', PRIORITY.low),
      (q) => q.add('older', PRIORITY.low),
      (_, clock) => clock.advance(10_001),
      ...['a', 'b', 'c', 'd', 'e'].map((key) => (q: WorkQueue) => q.add(key)),
    ],
    ['a', 'b', 'c', 'old', 'd', 'e', 'older'],
  ],
  [
    'a delayed one as it was asked for at best',
    [
      (q) => q.addAfter('a', 50, PRIORITY.low),
      (q) => q.add('b', PRIORITY.low),
      (q) => q.addAfter('a', 90),
      (_, clock) => clock.advance(50),
    ],
    ['a', 'b'],
  ],
])('of waiting keys, %s', async (_, steps, order) => {
  const { queue, clock } = fresh();
  for (const step of steps) step(queue, clock);
  const taken: (string | undefined)[] = [];
  for (const _key of order) taken.push(await queue.take());
  expect(taken).toEqual(order);
});

test('a key that fails, or is added while being processed, keeps its priority', async () => {
  const { queue, clock } = fresh();
  queue.add('retried', PRIORITY.low);
  await queue.take();
  queue.addRateLimited('retried');
  queue.done('retried');
  queue.add('dirty', PRIORITY.low);
  await queue.take();
  queue.add('dirty');
  clock.advance(5);
  queue.done('dirty');
  expect([await queue.take(), await queue.take()]).toEqual(['dirty', 'retried']);
});
