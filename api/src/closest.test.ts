import { expect, test } from '@jest/globals';
import { closest } from './closest.ts';

test.each<[given: string, known: readonly string[], meant: string | undefined]>([
  ['lst', ['list', 'sync'], 'list'],
  ['LIST', ['list'], 'list'],
  ['quickstrat', ['quickstart', 'production'], 'quickstart'],
  ['production', ['quickstart'], undefined],
  ['ab', ['cd'], undefined],
  ['list', [], undefined],
])('of %j among %j is meant %j', (given, known, meant) => {
  expect(closest(given, known)).toBe(meant);
});
