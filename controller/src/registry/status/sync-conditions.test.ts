import { expect, test } from '@jest/globals';
import { type PodFacts } from '../../pods/facts.ts';
import { syncConditions, type Draft } from './sync-conditions.ts';
import { factsOf, statusDocument, withCondition } from '../../pods/testing.ts';

const good = statusDocument();
const bad = withCondition('DataValid', 'False', 'DataInvalid', 'servers.x: image is missing');
const worse = withCondition('DataValid', 'False', 'TooLarge', 'more than 50000 servers');
const unknown = withCondition('DataValid', 'Unknown', 'Pending', 'not synced yet: default');
const silent = statusDocument({ conditions: [] });

const valid = ['True', 'DataValid', 'the data of every source are valid'] as const;
const notReported = ['Unknown', 'NotReported', 'No ready pod has reported yet'] as const;

test.each<[string, PodFacts[], readonly [status: string, reason: string, message: string]]>([
  ['nobody has reported', [], notReported],
  ['the only pod says so', factsOf(good), valid],
  ['every pod says so', factsOf(good, good), valid],
  ['the only pod says no', factsOf(bad), ['False', 'DataInvalid', 'servers.x: image is missing']],
  ['the second pod says no', factsOf(good, bad), ['False', 'DataInvalid', 'pod two: servers.x: image is missing']],
  [
    'both pods say no for reasons of their own',
    factsOf(worse, bad),
    ['False', 'TooLarge', 'pod one: more than 50000 servers; pod two: servers.x: image is missing'],
  ],
  ['all pods say the same', factsOf(bad, bad), ['False', 'DataInvalid', 'servers.x: image is missing']],
  ['two of three say no', factsOf(bad, good, bad), ['False', 'DataInvalid', 'pods one, three: servers.x: image is missing']],
  ['one pod does not know', factsOf(good, unknown), ['Unknown', 'Pending', 'pod two: not synced yet: default']],
  ['one pod does not know, another says no', factsOf(unknown, bad), ['False', 'DataInvalid', 'pod two: servers.x: image is missing']],
  ['a pod of another version does not name it', factsOf(silent), notReported],
  ['one pod does not name it', factsOf(silent, good), valid],
])('DataValid when %s', (_, facts, [status, reason, message]) => {
  expect(syncConditions({ facts, missing: [] }).find(({ type }) => type === 'DataValid')).toEqual({
    type: 'DataValid',
    status,
    reason,
    message,
  });
});

test.each<[string, PodFacts[], string[], Draft]>([
  [
    'while nobody can be asked',
    [],
    ['ConfigMap "data" does not exist'],
    { type: 'SourceAvailable', status: 'False', reason: 'SourceNotFound', message: 'ConfigMap "data" does not exist' },
  ],
  [
    'before any pod has noticed',
    factsOf(good),
    ['ConfigMap "a" does not exist', 'ConfigMap "b" does not exist'],
    {
      type: 'SourceAvailable',
      status: 'False',
      reason: 'SourceNotFound',
      message: 'ConfigMap "a" does not exist; ConfigMap "b" does not exist',
    },
  ],
])(
  'a ConfigMap that does not exist is SourceNotFound %s and no successful sync, and says nothing of the data',
  (_, facts, missing, expected) => {
    const [available, data, sync] = syncConditions({ facts, missing });
    expect(available).toEqual(expected);
    expect(data).toEqual(syncConditions({ facts, missing: [] })[1]);
    expect(sync).toEqual({ ...expected, type: 'SyncSuccessful' });
  },
);

test('an unknown condition of a later server is ignored', () => {
  const later = { type: 'SignatureValid', status: 'False', reason: 'BadSignature', message: 'not signed' } as const;
  const facts = factsOf(statusDocument({ conditions: [...good.conditions, later] }));
  expect(syncConditions({ facts, missing: [] })).toEqual(syncConditions({ facts: factsOf(good), missing: [] }));
});

test('all three occur in a fixed order', () => {
  expect(syncConditions({ facts: [], missing: [] }).map(({ type }) => type)).toEqual(['SourceAvailable', 'DataValid', 'SyncSuccessful']);
});

test.each([
  ['the last sync of each succeeded', factsOf(good, good), { status: 'Unknown', reason: 'ReplicasDiffer', message: 'pods differ' }],
  [
    'one of them failed',
    factsOf(withCondition('SyncSuccessful', 'False', 'Timeout', 'slow'), good),
    { status: 'False', reason: 'Timeout', message: 'pod one: slow' },
  ],
])('different catalogs on the pods are no successful sync, although %s', (_, facts, expected) => {
  const [, , sync] = syncConditions({ facts, missing: [], doubt: { difference: 'pods differ' } });
  expect(sync).toEqual({ type: 'SyncSuccessful', ...expected });
});

test('a ready pod without a report makes the conditions Unknown', () => {
  const conditions = syncConditions({ facts: factsOf(good), missing: [], doubt: { silence: 'pod two does not report' } });
  expect(conditions.map(({ status, reason, message }) => [status, reason, message])).toEqual(
    Array.from({ length: 3 }, () => ['Unknown', 'NotReported', 'pod two does not report']),
  );
});
