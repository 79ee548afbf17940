import { expect, test } from '@jest/globals';
import { closest } from './closest.ts';

test.each<[given: string, known: readonly string[], meant: string | undefined]>([
  ['lst', ['list', 'sync'], 'list'],
  ['LIST', ['list'], 'list'],
  ['quickstrat', ['quickstart', 'production'], 'quickstart'],
  ['production', ['quickstart'], undefined],
  ['ab', ['cd'], undefined],
  ['list', [], undefined],
])('%j among %j matches %j', (given, known, meant) => {
  expect(closest(given, known)).toBe(meant);
});
