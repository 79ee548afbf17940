import { expect, test } from '@jest/globals';
import { isNotLater } from './versions.ts';

test.each<[version: string, than: string, expected: boolean]>([
  ['9', '10', true],
  ['10', '10', true],
  ['11', '10', false],
  ['99999999999999999998', '99999999999999999999', true],
  ['99999999999999999999', '99999999999999999998', false],
  ['0', '1', true],
  ['', '10', false],
  ['10', '', false],
  ['007', '8', false],
  ['abc', 'abd', false],
])('whether %s is not later than %s: %s', (version, than, expected) => {
  expect(isNotLater(version, than)).toBe(expected);
});
