import { expect, test } from '@jest/globals';
import { statusDocument, withCondition } from './testing.ts';
import { chosenFacts, isReading } from './facts.ts';

const good = { uid: 'good', document: statusDocument() };
const also = { uid: 'also', document: statusDocument() };
const bad = { uid: 'bad', document: withCondition('SyncSuccessful', 'False', 'DataInvalid', 'bad') };
const pending = { uid: 'pending', document: withCondition('SyncSuccessful', 'Unknown', 'Pending', 'nothing read yet') };

test.each<[string, (typeof good)[], string[], string[]]>([
  ['nobody has reported', [], [], []],
  ['all are ready', [good, also], ['good', 'also'], ['good', 'also']],
  ['one is ready', [bad, good], ['good'], ['good']],
  ['one that fails is ready', [bad, pending], ['bad'], ['bad']],
  ['none is ready: those that fail', [pending, bad, good], [], ['bad']],
  ['the ready one has not reported', [bad], ['good'], ['bad']],
  ['none is ready, and all are reading', [pending], [], []],
])('whose facts count when %s', (_, facts, ready, expected) => {
  expect(chosenFacts(facts, (uid) => ready.includes(uid)).map(({ uid }) => uid)).toEqual(expected);
});

test.each<[string, Parameters<typeof isReading>[0], boolean]>([
  ['a sync runs', statusDocument({ syncing: true }), true],
  ['no sync has run', pending.document, true],
  ['all is read', good.document, false],
  ['a source failed', bad.document, false],
])('whether a server is reading when %s', (_, document, expected) => {
  expect(isReading(document)).toBe(expected);
});
