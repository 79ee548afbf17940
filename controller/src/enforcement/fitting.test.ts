import { expect, test } from '@jest/globals';
import { fitParameters } from './fitting.ts';
import { listedIn, NO_REFERENCES, type AllowedReferences, type Parameters } from './parameters.ts';

function images(count: number): AllowedReferences {
  const list = Array.from({ length: count }, (_, index) => `ghcr.io/organisation/server-${String(index).padStart(9, '0')}:1.0.0`);
  return { ...NO_REFERENCES, images: list };
}

function parameters(lists: Record<string, AllowedReferences>): Parameters {
  const names = Object.keys(lists);
  return { registries: names, active: { enforce: names, audit: [] }, lists: new Map(Object.entries(lists)) };
}

test.each<[what: string, stored: AllowedReferences | undefined, listed: number | undefined]>([
  ['of one that has never had a list, nothing is allowed', undefined, undefined],
  ['of one that had, the older list stays', images(10), 10],
  ['an older list that is too large as well is left out', images(200_000), undefined],
])('a list that does not fit affects neither other lists nor modes: %s', (_, stored, listed) => {
  const wanted = parameters({ large: images(200_001), small: images(1) });
  const { parts, effective, tooLarge } = fitParameters(wanted, () => stored, []);
  expect([...tooLarge.keys()]).toEqual(['large']);
  for (const data of parts) expect(data).toMatchObject({ enforce: 'large small', registries: 'large small' });
  expect(listedIn(parts, 'large')?.images.length).toBe(listed);
  expect(listedIn(parts, 'small')?.images).toHaveLength(1);
  expect(effective.lists.get('large')?.images.length).toBe(listed);
});

test('when everything fits, nothing is left out', () => {
  const wanted = parameters({ a: images(3), b: images(1) });
  expect(fitParameters(wanted, () => undefined, [])).toMatchObject({ effective: wanted, tooLarge: new Map() });
});
