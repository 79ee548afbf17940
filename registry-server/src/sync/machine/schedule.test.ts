import { expect, test } from '@jest/globals';
import type { SyncSchedule } from '@toolhive-registry/api';
import { dueTime } from './schedule.ts';

const retry = { maxAttempts: 3, backoffMs: 30_000, multiplier: 2 };

test.each<[string, SyncSchedule, failures: number, expected: number | undefined]>([
  ['no policy, no failure: not by itself', { retry: { backoffMs: 300_000, multiplier: 1 } }, 0, undefined],
  ['no policy, failed: every five minutes, for ever', { retry: { backoffMs: 300_000, multiplier: 1 } }, 50, 300_000],
  ['interval', { intervalMs: 60_000, retry }, 0, 60_000],
  ['interval longer than five minutes', { intervalMs: 3_600_000, retry }, 0, 3_600_000],
  ['first retry', { intervalMs: 3_600_000, retry }, 1, 30_000],
  ['second retry', { intervalMs: 3_600_000, retry }, 2, 60_000],
  ['third retry', { intervalMs: 3_600_000, retry }, 3, 120_000],
  ['attempts used up: by interval', { intervalMs: 3_600_000, retry }, 4, 3_600_000],
  ['attempts used up, no interval', { retry }, 4, undefined],
  ['an interval shorter than the pause wins', { intervalMs: 10_000, retry }, 3, 10_000],
  ['the pause is capped at an hour', { retry: { backoffMs: 30_000, multiplier: 10 } }, 9, 3_600_000],
])('%s', (_, schedule, failures, expected) => {
  expect(dueTime(schedule, { failures, lastAttempt: 1000 }, 2000, 0)).toBe(expected === undefined ? undefined : 1000 + expected);
});

test('retries are spread by up to a tenth, intervals are not', () => {
  expect(dueTime({ retry }, { failures: 1, lastAttempt: 0 }, 0, 1)).toBe(33_000);
  expect(dueTime({ intervalMs: 10_000, retry }, { failures: 0, lastAttempt: 0 }, 0, 1)).toBe(10_000);
});

test('a clock that was set back puts nothing off', () => {
  const day = 86_400_000;
  expect(dueTime({ intervalMs: 10_000, retry }, { failures: 0, lastAttempt: 2 * day }, day, 0)).toBe(day + 10_000);
});
