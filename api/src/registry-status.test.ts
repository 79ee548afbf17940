import { expect, test } from '@jest/globals';
import { registryStatusSchema, type RegistryStatusDocument } from './index.ts';

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
  syncing: false,
  lastSyncTrigger: null,
  sources: [{ name: 'default', type: 'git', state: 'ok', serverCount: 88, warnings: [] }],
  files: { 'spec.yaml': 'abc' },
  conditions: [{ type: 'SyncSuccessful', status: 'True', reason: 'Synced', message: 'Synced 88 servers' }],
};

test.each([
  ['the example of seed 000', document],
  ['a server that has not synced yet', { ...document, lastSync: null, snapshotHash: null, lastChangeTime: null, ready: false }],
])('read back: %s', (_, value) => {
  expect(registryStatusSchema.parse(JSON.parse(JSON.stringify(value)))).toEqual(value);
});

test('a later server may say more', () => {
  expect(registryStatusSchema.safeParse({ ...document, later: 1 }).success).toBe(true);
});
