import { expect, test } from '@jest/globals';
import { factsOf, registryStatusSchema, type RegistryStatusDocument } from './index.ts';

const document: RegistryStatusDocument = {
  lastSync: {
    type: 'automatic',
    startTime: '2025-10-22T08:30:38Z',
    completionTime: '2025-10-22T08:32:38Z',
    hash: 'c013b6b36286ab',
    serverCount: 88,
    result: 'completed',
    attemptCount: 0,
    errorMessage: null,
  },
  registry: { name: 'production', namespace: 'default' },
  ready: true,
  serverCount: 88,
  deployedServerCount: 5,
  snapshotHash: 'c013b6b36286ab',
  lastChangeTime: '2025-10-22T08:32:38.120Z',
  lastChange: { hash: 'c013b6b36286ab', added: 88, changed: 0, removed: 0 },
  syncing: false,
  lastSyncTrigger: null,
  sources: [{ name: 'default', type: 'git', state: 'ok', serverCount: 88, warnings: [] }],
  files: { 'spec.yaml': 'abc' },
  conditions: [{ type: 'SyncSuccessful', status: 'True', reason: 'Synced', message: 'Synced 88 servers' }],
  counters: {
    startTime: '2025-10-22T08:30:37.001Z',
    sources: [{ name: 'default', success: 1, failure: 1, errors: { Timeout: 1 } }],
    syncDurationSeconds: { count: 2, sum: 120.5 },
  },
};

test.each([
  ['the example of seed 000', document],
  ['a server that has not synced yet', { ...document, lastSync: null, snapshotHash: null, lastChangeTime: null, ready: false }],
])('read back: %s', (_, value) => {
  expect(registryStatusSchema.parse(JSON.parse(JSON.stringify(value)))).toEqual(value);
});

const [source] = document.sources;
const [condition] = document.conditions;

test('an earlier server reports neither the last change nor the counters', () => {
  const { lastChange: _change, counters: _counters, ...earlier } = document;
  expect(registryStatusSchema.parse(earlier)).toEqual(earlier);
});

test.each<[string, Partial<RegistryStatusDocument>, isChange: boolean]>([
  [
    'counters that went on',
    { counters: { startTime: '2026-01-01T00:00:00Z', sources: [], syncDurationSeconds: { count: 3, sum: 121 } } },
    false,
  ],
  ['unreported counters', { counters: undefined }, false],
  ['a sync that is running', { syncing: true }, false],
  ['another change', { lastChange: { hash: 'other', added: 1, changed: 0, removed: 0 } }, true],
  ['another hash', { snapshotHash: 'other' }, true],
  ['another revision of the same data', { sources: document.sources.map((one) => ({ ...one, revision: 'other' })) }, true],
])('what counts as a change: %s', (_, fields, isChange) => {
  expect(factsOf({ ...document, ...fields }) !== factsOf(document)).toBe(isChange);
});

test('an earlier server does not count notes', () => {
  const counts = { served: 1, leftOut: 2, repaired: 3, shadowed: 4, filtered: 5 };
  const { sources } = registryStatusSchema.parse({ ...document, sources: [{ ...source, counts }] });
  expect(sources[0]?.counts).toEqual({ ...counts, noted: 0 });
});

test.each<[string, object]>([
  ['a field that nobody knows', { later: 1 }],
  ['another type of sync', { lastSync: { ...document.lastSync, type: 'webhook' } }],
  ['another result of a sync', { lastSync: { ...document.lastSync, result: 'partial' } }],
  ['another type of source', { sources: [{ ...source, type: 'oci' }] }],
  ['another state of a source', { sources: [{ ...source, state: 'paused' }] }],
  [
    'another reason of an error',
    { counters: { ...document.counters, sources: [{ name: 'a', success: 0, failure: 1, errors: { Haunted: 1 } }] } },
  ],
  ['another condition', { conditions: [condition, { ...condition, type: 'SignatureValid' }] }],
])('a later server may report more: %s', (_, fields) => {
  expect(registryStatusSchema.parse({ ...document, ...fields })).toMatchObject('later' in fields ? document : fields);
});

test.each<[string, object]>([
  ['a count that is none', { serverCount: '88' }],
  ['a negative count', { deployedServerCount: -1 }],
  ['a change of no snapshot', { lastChange: { hash: null, added: 0, changed: 0, removed: 0 } }],
  ['a counter that is none', { counters: { ...document.counters, syncDurationSeconds: { count: 1.5, sum: 1 } } }],
  ['a time that is none', { lastChangeTime: 'yesterday' }],
  ['a status that Kubernetes does not know', { conditions: [{ ...condition, status: 'Perhaps' }] }],
  ['a type that is no text', { sources: [{ ...source, type: 1 }] }],
])('fields that the controller copies into the MCPRegistry are validated: %s', (_, fields) => {
  expect(registryStatusSchema.safeParse({ ...document, ...fields }).success).toBe(false);
});
