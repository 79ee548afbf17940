import { expect, test } from '@jest/globals';
import { fittedWidths } from './fit.ts';

test.each<[what: string, wanted: number[], width: number, widths: number[]]>([
  ['what fits stays', [10, 10, 30], 60, [10, 10, 30]],
  ['the last column gives first', [10, 10, 60], 60, [10, 10, 34]],
  ['then those between', [20, 30, 60], 60, [20, 14, 20]],
  ['then the last one again', [30, 30, 60], 60, [30, 8, 16]],
  ['and it is left out before the first is cut', [40, 30, 60], 60, [40, 17, 0]],
  ['which is cut last', [60, 30, 60], 60, [49, 8, 0]],
  ['but never below what is the least', [60, 30, 60], 10, [8, 8, 0]],
])('%s', (_, wanted, width, widths) => {
  const found = fittedWidths({ wanted, least: [8, 8, 8], gap: 3, width, rest: 2 });
  expect(found).toEqual(widths);
});

test('without such a column the others are cut, the first last', () => {
  expect(fittedWidths({ wanted: [20, 20, 20], least: [5, 5, 5], gap: 1, width: 40, rest: undefined })).toEqual([20, 9, 9]);
});
