import { expect, test } from '@jest/globals';
import { compareVersions } from './versions.ts';

test.each<[one: string | undefined, other: string | undefined, expected: number | undefined]>([
  ['9', '10', -1],
  ['10', '10', 0],
  ['11', '10', 1],
  ['99999999999999999998', '99999999999999999999', -1],
  ['99999999999999999999', '99999999999999999998', 1],
  ['0', '1', -1],
  ['', '10', undefined],
  ['10', '', undefined],
  ['10', undefined, undefined],
  ['007', '8', undefined],
  ['abc', 'abd', undefined],
])('%s compared with %s: %s', (one, other, expected) => {
  expect(compareVersions(one, other)).toBe(expected);
});
