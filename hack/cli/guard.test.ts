import { expect, test } from '@jest/globals';
import { minimumOf } from './guard.ts';

test.each([
  ['>=24', 24],
  ['>=100', 100],
])('%s begins with %i', (range, major) => {
  expect(minimumOf(range)).toBe(major);
});

test.each(['24', '>=24.1', '^24', ''])('"%s" is refused', (range) => {
  expect(() => minimumOf(range)).toThrow(`engines.node is "${range}"; write it as ">=24"`);
});
