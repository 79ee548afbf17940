import { expect, test } from '@jest/globals';
import { formatDuration, parseGoDuration } from './index.ts';

test.each([
  ['0s', 0],
  ['30s', 30_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
  ['1us', 0.001],
  ['2µs', 0.002],
  ['2μs', 0.002],
  ['5ns', 0.000005],
  ['1m1m', 120_000],
])('%s is %d ms', (text, milliseconds) => {
  expect(parseGoDuration(text)).toBeCloseTo(milliseconds, 9);
});

test.each(['', '30', 's', '-1s', '+1s', '1d', '1 h', '.5h', '1h ', '1e3s', '٣s'])('%j is not a duration', (text) => {
  expect(() => parseGoDuration(text)).toThrow('is not a duration; write numbers with units, for example 30s');
});

test('a duration longer than Go can hold is refused', () => {
  expect(() => parseGoDuration('9999999h')).toThrow('is longer than 292 years');
});

test.each([
  [0, '0s'],
  [999, '999ms'],
  [1000, '1s'],
  [61_001, '1m1s1ms'],
  [5_400_000, '1h30m'],
  [86_400_000, '24h'],
])('%d ms is written %s and read back', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
  expect(parseGoDuration(text)).toBe(milliseconds);
});

test.each([-1, Number.NaN, Infinity])('%d cannot be written', (milliseconds) => {
  expect(() => formatDuration(milliseconds)).toThrow('is not a duration in milliseconds');
});
