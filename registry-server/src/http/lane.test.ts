import { expect, test } from '@jest/globals';
import { HttpError } from '../errors.ts';
import { createLane, type LaneTimes } from './lane.ts';

/** Times in which only work takes time, and that remember how long the lane rested. */
function manualTimes(): { readonly times: LaneTimes; readonly rests: readonly number[]; readonly work: (ms: number) => void } {
  let time = 0;
  const rests: number[] = [];
  return {
    times: {
      clock: () => time,
      after: (ms, then) => {
        rests.push(ms);
        setImmediate(then);
      },
    },
    rests,
    work: (ms) => {
      time += ms;
    },
  };
}

test('work is done in its order, and its result or error handed on', async () => {
  const lane = createLane();
  const order: number[] = [];
  const numbered = (number: number): Promise<number> => lane.run(() => order.push(number));
  const failing = lane.run(() => {
    throw new HttpError('badRequest', 'no');
  });
  expect(await Promise.allSettled([numbered(1), failing, numbered(2), numbered(3)])).toMatchObject([
    { value: 1 },
    { reason: { message: 'no' } },
    { value: 2 },
    { value: 3 },
  ]);
  expect(order).toEqual([1, 2, 3]);
});

test('where others are answered, it rests for fifteen times as long as it worked', async () => {
  const { times, rests, work } = manualTimes();
  const lane = createLane(times);
  const stop = new AbortController();
  // Someone who is answered in every turn of the loop.
  const other = (): void => {
    lane.noteOther();
    if (!stop.signal.aborted) setImmediate(other);
  };
  other();
  await Promise.all([5, 20, 0.01, 1000, 1].map((ms) => lane.run(() => work(ms))));
  stop.abort();
  expect(rests).toEqual([75, 300, 500]);
});

test('without other requests it does not rest', async () => {
  const { times, rests, work } = manualTimes();
  const lane = createLane(times);
  await Promise.all(Array.from({ length: 20 }, () => lane.run(() => work(50))));
  expect(rests).toEqual([]);
});

test('more than 200 that wait are refused', async () => {
  const lane = createLane();
  const all = await Promise.allSettled(Array.from({ length: 300 }, (_, index) => lane.run(() => index)));
  const refused = all.filter(({ status }) => status === 'rejected');
  // One is done at once, 200 wait.
  expect(refused).toHaveLength(99);
  expect(refused[0]).toMatchObject({ reason: { code: 'busy', headers: { 'Retry-After': '1' } } });
});
