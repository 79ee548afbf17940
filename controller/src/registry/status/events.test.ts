import { expect, test } from '@jest/globals';
import type { Condition, MCPRegistryStatus } from '@toolhive-registry/api';
import { eventsOf, occurrenceOf } from './events.ts';
import { previousStatus } from './previous.ts';

type Short = Readonly<Record<string, readonly [status: Condition['status'], reason: string, message?: string]>>;

function statusOf(conditions: Short, rest: Partial<MCPRegistryStatus> = {}): MCPRegistryStatus {
  return {
    ...rest,
    conditions: Object.entries(conditions).map(([type, [status, reason, message = reason]]) => ({
      type,
      status,
      reason,
      message,
      lastTransitionTime: '2026-01-01T00:00:00Z',
    })),
  };
}

const RUNNING: Short = {
  Ready: ['True', 'Ready', '2 servers are served'],
  SourceAvailable: ['True', 'SourceFound'],
  DataValid: ['True', 'DataValid'],
  SyncSuccessful: ['True', 'SyncSuccessful'],
};
const running = statusOf(RUNNING, { phase: 'Running', serverCount: 2, lastSyncHash: 'a' });

const heldUp = statusOf({ ...RUNNING, Reconciling: ['True', 'ImagePullBackOff', 'not found'] }, running);
const stalled = ['True', 'ServiceFailed', 'not ours'] as const;
const refused = statusOf({ ...RUNNING, Stalled: stalled }, running);
const failed = statusOf({ ...RUNNING, Ready: ['False', 'ServiceFailed', 'not ours'], Stalled: stalled }, { ...running, phase: 'Failed' });

test.each<[string, before: MCPRegistryStatus, after: MCPRegistryStatus, events: string[]]>([
  ['nothing new', running, running, []],
  ['a first look', {}, statusOf({ Ready: ['False', 'NotReady'] }, { phase: 'Pending' }), []],
  ['ready and synced', {}, running, ['Normal Ready: 2 servers are served', 'Normal SyncSucceeded: 2 servers in the catalog']],
  ['other data', running, { ...running, serverCount: 3, lastSyncHash: 'b' }, ['Normal SyncSucceeded: 3 servers in the catalog']],
  ['not ready for a while', running, statusOf({ ...RUNNING, Ready: ['False', 'NotReady'] }, { ...running, phase: 'Pending' }), []],
  ['failed: reported once, although two conditions say it', running, failed, ['Warning ServiceFailed: not ours']],
  ['a change of a running registry is refused', running, refused, ['Warning ServiceFailed: not ours']],
  ['it is still refused', refused, refused, []],
  ['it is still refused when the registry is served no longer', refused, failed, []],
  [
    'it is refused for another reason',
    refused,
    statusOf({ ...RUNNING, Stalled: ['True', 'ValidationFailed', 'not valid'] }, running),
    ['Warning ValidationFailed: not valid'],
  ],
  ['it is refused no longer', refused, running, []],
  [
    'a source is away',
    running,
    statusOf(
      { ...RUNNING, SourceAvailable: ['False', 'SourceNotFound', 'gone'], SyncSuccessful: ['False', 'SourceNotFound', 'gone'] },
      running,
    ),
    ['Warning SourceNotFound: gone'],
  ],
  [
    'bad data',
    running,
    statusOf({ ...RUNNING, DataValid: ['False', 'DataInvalid', 'no JSON'], SyncSuccessful: ['False', 'DataInvalid'] }, running),
    ['Warning DataInvalid: no JSON'],
  ],
  [
    'a sync that failed for no fault of a source',
    running,
    statusOf({ ...RUNNING, SyncSuccessful: ['False', 'StorageFailed', 'disk full'] }, running),
    ['Warning SyncFailed: disk full'],
  ],
  [
    'a sync that would have removed too much',
    running,
    statusOf({ ...RUNNING, SyncSuccessful: ['False', 'RemovalRefused', 'would remove 6 of 10'] }, running),
    ['Warning RemovalRefused: would remove 6 of 10'],
  ],
  [
    'healed with the same data',
    statusOf({ ...RUNNING, SyncSuccessful: ['False', 'StorageFailed'] }, running),
    running,
    ['Normal SyncSucceeded: 2 servers in the catalog'],
  ],
  [
    'a rollout that is under way',
    running,
    statusOf({ ...RUNNING, Reconciling: ['True', 'RollingOut', '0 of 1 pods run the wanted template'] }, running),
    [],
  ],
  ['a rollout that is held up', running, heldUp, ['Warning ImagePullBackOff: not found']],
  ['it is still held up', heldUp, heldUp, []],
  ['it is held up no longer', heldUp, running, []],
  ['somebody to ask again', statusOf({ ...RUNNING, SyncSuccessful: ['Unknown', 'NotReported'] }, running), running, []],
  ['nobody to ask', running, statusOf({ ...RUNNING, SyncSuccessful: ['Unknown', 'NotReported'] }, running), []],
])('%s', (_, before, after, events) => {
  expect(eventsOf(before, after).map(({ type, reason, note }) => `${type} ${reason}: ${note}`)).toEqual(events);
});

test("a sync's Event says what it changed, if known", () => {
  const change = { added: 2, changed: 1, removed: 0 };
  const after = { ...running, serverCount: 4, lastSyncHash: 'b' };
  expect(eventsOf(running, after, change).map(({ note }) => note)).toEqual(['4 servers in the catalog; 2 added, 1 changed, 0 removed']);
});

test('an edit that is reverted and repeated is another occurrence, whoever reports it', () => {
  const read = (observedGeneration: number): MCPRegistryStatus =>
    previousStatus({ apiVersion: 'v1', kind: 'X', metadata: { name: 'a' }, status: { observedGeneration } });
  expect(occurrenceOf(read(1))).toBe(occurrenceOf({ observedGeneration: 1 }));
  expect(occurrenceOf(read(1))).not.toBe(occurrenceOf(read(3)));
});

test.each<[string, Short[string], { type: string; reason: string } | undefined]>([
  ['an address is there', ['True', 'AddressAssigned'], { type: 'Normal', reason: 'Exposed' }],
  ['a Gateway refuses the route', ['False', 'NotAllowedByListeners'], { type: 'Warning', reason: 'NotAllowedByListeners' }],
  ['nobody has reported', ['Unknown', 'NoReport'], undefined],
  ['a change fails that may pass, and what was exposed is so', ['True', 'IngressFailed'], undefined],
  ['it cannot be deleted', ['True', 'NotRemoved'], { type: 'Warning', reason: 'NotRemoved' }],
])('exposure: %s', (_, exposed, expected) => {
  const events = eventsOf(statusOf(RUNNING), statusOf({ ...RUNNING, Exposed: exposed }));
  expect(events.map(({ type, reason }) => ({ type, reason }))).toEqual(expected === undefined ? [] : [expected]);
});
