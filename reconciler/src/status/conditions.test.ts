import { expect, test } from '@jest/globals';
import type { Condition, ConditionDraft } from './conditions.ts';
import { dateCondition, findCondition, isConditionTrue, setCondition } from './conditions.ts';

const EARLIER = '2026-01-01T00:00:00Z';
const NOW = '2026-02-02T00:00:00Z';
const ready: Condition = { type: 'Ready', status: 'True', reason: 'Up', message: 'it is up', lastTransitionTime: EARLIER };
const synced: Condition = { type: 'Synced', status: 'False', reason: 'Lost', message: 'no answer', lastTransitionTime: EARLIER };

test.each<[string, Partial<ConditionDraft>, string]>([
  ['the same condition keeps its time', {}, EARLIER],
  ['another reason and message are no transition', { reason: 'StillUp', message: 'still' }, EARLIER],
  ['another generation is none either', { observedGeneration: 2 }, EARLIER],
  ['another status is one', { status: 'False' }, NOW],
  ['a condition that was not there begins now', { type: 'New' }, NOW],
])('%s', (_, change, expected) => {
  const { lastTransitionTime: _time, ...draft } = { ...ready, ...change };
  expect(dateCondition(draft, [ready, synced], NOW)).toEqual({ ...draft, lastTransitionTime: expected });
});

test('a condition is replaced in place, and a new one appended; the given list stays unchanged', () => {
  const before = [ready, synced];
  const down: ConditionDraft = { type: 'Ready', status: 'False', reason: 'Down', message: 'it is down' };
  expect(setCondition(before, down, NOW)).toEqual([{ ...down, lastTransitionTime: NOW }, synced]);
  expect(setCondition(before, { ...down, type: 'New' }, NOW).map(({ type }) => type)).toEqual(['Ready', 'Synced', 'New']);
  expect(before).toEqual([ready, synced]);
});

test('conditions are found by type, even in an absent list', () => {
  expect(findCondition([ready, synced], 'Synced')).toBe(synced);
  expect(findCondition([ready], 'Synced')).toBeUndefined();
  expect(findCondition<Condition>(undefined, 'Ready')).toBeUndefined();
  expect(['Ready', 'Synced', 'Other'].map((type) => isConditionTrue([ready, synced], type))).toEqual([true, false, false]);
});
