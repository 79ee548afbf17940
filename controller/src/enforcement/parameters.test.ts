import { expect, test } from '@jest/globals';
import { listedIn, MAX_PARTS, NO_REFERENCES, renderParameters, TooManyReferences, type Parameters } from './parameters.ts';

const BYTES = 600_000;

function images(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `ghcr.io/organisation/server-${String(index + from).padStart(9, '0')}:1.0.0`);
}

function parameters(lists: Record<string, string[]>): Parameters {
  return {
    registries: Object.keys(lists),
    active: { enforce: Object.keys(lists), audit: [] },
    lists: new Map(Object.entries(lists).map(([name, list]) => [name, { ...NO_REFERENCES, images: list }])),
  };
}

function sizes(shards: readonly Readonly<Record<string, string>>[]): number[] {
  return shards.map((data) => Object.values(data).reduce((sum, text) => sum + text.length, 0));
}

test.each([0, 1, 100, 12_000, 15_000, 40_000, 130_000])('each of %i references is in exactly one part, and every part fits', (count) => {
  const all = parameters({ a: images(count), b: images(10) });
  const shards = renderParameters(all, []);
  expect(sizes(shards).filter((size) => size > BYTES + 1_000)).toEqual([]);
  expect(shards[0]?.['from']).toBe('');
  expect(shards.at(-1)?.['to']).toBe('');
  for (const [index, { to }] of shards.slice(0, -1).entries()) expect(shards[index + 1]?.['from']).toBe(to);
  for (const [name, list] of all.lists) expect([...(listedIn(shards, name)?.images ?? [])].sort()).toEqual([...list.images].sort());
  expect(listedIn(shards, 'a')?.images).toHaveLength(count);
});

test('a change rewrites only its own part, and borders stay while the parts fit', () => {
  const before = renderParameters(parameters({ a: images(40_000) }), []);
  const after = renderParameters(parameters({ a: [...images(40_000), 'ghcr.io/organisation/a:1'] }), before);
  expect(after.map((data) => data['from'])).toEqual(before.map((data) => data['from']));
  expect(after.filter((data, index) => JSON.stringify(data) !== JSON.stringify(before[index]))).toHaveLength(1);
});

test('a part that has become too large is split, and the others stay', () => {
  const before = renderParameters(parameters({ a: images(40_000) }), []);
  const grown = renderParameters(parameters({ a: [...images(40_000), ...images(20_000, 40_000)] }), before);
  expect(grown.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  expect(grown.length).toBeGreaterThan(before.length);
});

test('what fits into one part again is merged', () => {
  const before = renderParameters(parameters({ a: images(40_000) }), []);
  expect(renderParameters(parameters({ a: images(10) }), before)).toHaveLength(1);
});

test('more references than fit are refused', () => {
  expect(() => renderParameters(parameters({ a: images(200_000) }), [])).toThrow(TooManyReferences);
  expect(renderParameters(parameters({ a: images(130_000) }), []).length).toBeLessThanOrEqual(MAX_PARTS);
});

test('a registry that never had a catalog is distinguished from one whose catalog is empty', () => {
  const shards = renderParameters({ ...parameters({ a: [] }), registries: ['a', 'b'], active: { enforce: ['a', 'b'], audit: [] } }, []);
  expect(listedIn(shards, 'a')).toEqual(NO_REFERENCES);
  expect(listedIn(shards, 'b')).toBeUndefined();
});
