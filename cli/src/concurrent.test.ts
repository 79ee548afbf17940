import { expect, test } from '@jest/globals';
import { concurrently } from './concurrent.ts';

test.each([
  [0, 3, 0],
  [2, 3, 2],
  [10, 3, 3],
])('%i items are worked on, at most %i at once', async (count, limit, most) => {
  let running = 0;
  let seen = 0;
  const results = await concurrently(
    Array.from({ length: count }, (_, index) => index),
    limit,
    async (item) => {
      running += 1;
      seen = Math.max(seen, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return item * 2;
    },
  );
  expect(results).toEqual(Array.from({ length: count }, (_, index) => index * 2));
  expect(seen).toBe(most);
});

test('after a failure no other item is begun', async () => {
  const begun: number[] = [];
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    if (item === 1) throw new Error('no');
  };
  await expect(concurrently([0, 1, 2, 3], 1, work)).rejects.toThrow('no');
  expect(begun).toEqual([0, 1]);
});
