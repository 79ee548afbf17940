import { expect, test } from '@jest/globals';
import type { MCPRegistryStatus } from '@toolhive-registry/api';
import { previousStatus } from './previous.ts';

const ready = { type: 'Ready', status: 'True', reason: 'Ready', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' } as const;
const counts = {
  observedGeneration: 4,
  serverCount: 3,
  deployedServerCount: 1,
  lastSyncTime: '2026-01-01T00:00:00Z',
  lastSyncHash: 'hash',
  lastManualSyncTrigger: 'now',
};

test.each<[string, unknown, MCPRegistryStatus]>([
  ['there is none', undefined, { conditions: [] }],
  ['it is ours', { ...counts, conditions: [ready] }, { ...counts, conditions: [ready] }],
  ['what is always derived again is left out', { phase: 'Running', url: 'http://x', replicas: 2, message: 'x' }, { conditions: [] }],
  ['fields have other types', { serverCount: '3', lastSyncTime: 5, lastSyncHash: null }, { conditions: [] }],
  ['conditions are no list', { conditions: { Ready: ready } }, { conditions: [] }],
  [
    'some conditions have another form',
    {
      conditions: [
        null,
        'Ready',
        { ...ready, status: 'Maybe' },
        { ...ready, type: 1 },
        { type: 'Ready', status: 'True' },
        { ...ready, type: 'DataValid' },
      ],
    },
    { conditions: [{ ...ready, type: 'DataValid' }] },
  ],
])('the usable part of a status when %s', (_, status, expected) => {
  const object = {
    apiVersion: 'v1',
    kind: 'X',
    metadata: { name: 'a' },
    ...(status === undefined ? {} : { status: status as Record<string, unknown> }),
  };
  expect(previousStatus(object)).toEqual(expected);
});
