import { describe, expect, test } from '@jest/globals';
import { createBoundedCache, type BoundedCache } from './bounded-cache.ts';

function smallCache(): BoundedCache<string> {
  return createBoundedCache({ maxWeight: 30, maxValueWeight: 20, maxRemembered: 100 });
}

function offerTwice(cache: BoundedCache<string>, key: string, weight = 10): void {
  cache.offer(key, weight, () => `value of ${key}`);
  cache.offer(key, weight, () => `value of ${key}`);
}

describe('a bounded cache', () => {
  test('admits a key with its second offer, and makes its value then', () => {
    const cache = smallCache();
    let made = 0;
    const make = (): string => `made ${(made += 1)}`;
    cache.offer('a', 10, make);
    expect([cache.get('a'), made]).toEqual([undefined, 0]);
    cache.offer('a', 10, make);
    expect([cache.get('a'), made]).toEqual(['made 1', 1]);
  });

  test('is not filled by keys that come once', () => {
    const cache = smallCache();
    offerTwice(cache, 'hot');
    for (let index = 0; index < 10_000; index += 1) cache.offer(`junk ${index}`, 10, () => 'junk');
    expect([cache.get('hot'), cache.weight()]).toEqual(['value of hot', 10]);
  });

  test('makes room by the least recently used', () => {
    const cache = smallCache();
    for (const key of ['a', 'b', 'c']) offerTwice(cache, key);
    cache.get('a');
    offerTwice(cache, 'd');
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key) !== undefined)).toEqual(['a', 'c', 'd']);
    expect(cache.weight()).toBe(30);
  });

  test('keeps what is in use while others come twice', () => {
    const cache = smallCache();
    offerTwice(cache, 'hot');
    for (let index = 0; index < 1000; index += 1) {
      offerTwice(cache, `junk ${index}`);
      expect(cache.get('hot')).toBe('value of hot');
    }
    expect(cache.weight()).toBeLessThanOrEqual(30);
  });

  test('keeps a pinned value at once, beside its bounds', () => {
    const cache = smallCache();
    cache.pin('first page', 'pinned');
    for (let index = 0; index < 1000; index += 1) offerTwice(cache, `junk ${index}`);
    expect(cache.get('first page')).toBe('pinned');
  });

  test.each([
    ['a value that is too heavy', 'a', 21],
    ['a key that is too long', 'k'.repeat(1025), 1],
  ])('does not keep %s', (_, key, weight) => {
    const cache = smallCache();
    offerTwice(cache, key, weight);
    expect([cache.get(key), cache.weight()]).toEqual([undefined, 0]);
  });
});
