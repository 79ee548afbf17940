import { describe, expect, test } from '@jest/globals';
import type { StoreState } from '../../store/store.ts';
import type { FetchOutcome, StagedData } from './outcome.ts';
import { initialState } from './state.ts';
import { configurationFor, data, Machine, servedBefore, sourcesNamed } from './testing.ts';

const configuration = configurationFor(sourcesNamed(['a']));

/** A machine that begins with what an earlier version stored of a source, which knew nothing of revisions. */
function machineAfter(isOfThisLayout: boolean): Machine {
  const stored: StoreState = {
    registry: { name: 'test', namespace: 'default' },
    rulesHash: configuration.plan.rulesHash,
    snapshotHash: 's',
    sources: { a: { hash: 'h', lastSuccessTime: '2026-01-01T00:00:00Z', validator: 'v' } },
    lastChangeTime: null,
    lastSyncTrigger: null,
    history: [],
  };
  return new Machine(configuration, initialState(configuration, stored, servedBefore('s', isOfThisLayout))).send({ kind: 'started' });
}

test.each<[string, isOfThisLayout: boolean, effects: string[]]>([
  ['of this layout stays in service', true, ['fetch a known v']],
  ['of an earlier layout is rebuilt from the last good data, once', false, ['fetch a known v', 'build']],
])('a stored snapshot %s', (_, isOfThisLayout, effects) => {
  const machine = machineAfter(isOfThisLayout);
  expect(machine.effects()).toEqual(effects);
  if (!isOfThisLayout) machine.build('s');
  machine.answer('a', { kind: 'unchanged' }).pass(1_000);
  expect(machine.effects()).not.toContain('build');
});

describe('the revision of the data of a source', () => {
  const called = (word: string, revision: string): StagedData => ({ ...data(word), revision });
  const timeout: FetchOutcome = { kind: 'failed', failure: { reason: 'Timeout', message: 'no answer' } };
  const other: FetchOutcome = { kind: 'staged', data: called('two', 'r2') };

  /** A machine that serves data of revision r1, and asks for others. */
  function asking(): Machine {
    const machine = new Machine(configuration).send({ kind: 'started' });
    machine.answer('a', { kind: 'staged', data: called('one', 'r1') }).build('first');
    machine.send({ kind: 'changed', source: 'a' }).effects();
    return machine;
  }

  test.each<[string, outcome: FetchOutcome, revision: string | undefined, effects: string[]]>([
    ['the same data of another one', { kind: 'same', data: called('one', 'r2') }, 'r2', ['announce', 'save']],
    ['the same data of none', { kind: 'same', data: data('one') }, undefined, ['announce', 'save']],
    ['nothing new', { kind: 'unchanged' }, 'r1', ['announce']],
    ['nothing new, and which one it is', { kind: 'unchanged', revision: 'r1' }, 'r1', ['announce']],
    ['a failure', timeout, 'r1', ['announce', 'save']],
  ])('after the answer: %s', (_, outcome, revision, effects) => {
    const machine = asking().answer('a', outcome);
    expect(machine.source('a').memory?.revision).toBe(revision);
    expect(machine.effects()).toEqual(effects);
  });

  test('is that of other data once they are served, and not of those that are refused', () => {
    const machine = asking().answer('a', other);
    expect(machine.source('a').memory?.revision).toBe('r1');
    expect(machine.pass(1_000).build('second').source('a').memory?.revision).toBe('r2');

    const refused = asking().answer('a', other).pass(1_000).build('first', ['a']);
    expect(refused.source('a').memory?.revision).toBe('r1');
    // It is what was refused that is unchanged.
    refused.send({ kind: 'changed', source: 'a' }).answer('a', { kind: 'unchanged', revision: 'r2' });
    expect(refused.source('a').memory?.revision).toBe('r1');
  });

  test('becomes known of data that an earlier version stored, and is stored then', () => {
    const machine = machineAfter(true);
    expect(machine.source('a').memory?.revision).toBeUndefined();
    machine.effects();
    machine.answer('a', { kind: 'unchanged', revision: 'r1' });
    expect(machine.source('a').memory?.revision).toBe('r1');
    expect(machine.effects()).toEqual(['announce', 'save']);
    machine.send({ kind: 'changed', source: 'a' }).answer('a', { kind: 'unchanged', revision: 'r1' });
    expect(machine.effects()).toEqual(['fetch a known v', 'announce']);
  });
});
