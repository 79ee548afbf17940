import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { addStatusMetrics } from './status-metrics.ts';

/** Values of the conditions Ready, SyncSuccessful, Stalled and Exposed of a registry; undefined: it has no series. */
async function values(conditions: unknown): Promise<(number | undefined)[]> {
  const register = new Registry();
  const object = { apiVersion: 'a/v1', kind: 'MCPRegistry', metadata: { name: 'a', namespace: 'team' }, status: { conditions } };
  addStatusMetrics(register, () => [[{ namespace: 'team', name: 'a' }, object]]);
  const text = await register.metrics();
  return ['Ready', 'SyncSuccessful', 'Stalled', 'Exposed'].map((condition) => {
    const [, value] =
      new RegExp(`^mcpregistry_status_condition{registry_namespace="team",registry="a",condition="${condition}"} (\\d)$`, 'm').exec(text) ??
      [];
    return value === undefined ? undefined : Number(value);
  });
}

const condition = (type: string, status: string, reason = 'X'): object => ({ type, status, reason, message: 'x' });

test.each<[what: string, conditions: unknown, values: [ready: number | undefined, synced: number, stalled: number, exposed?: number]]>([
  ['all is well', [condition('Ready', 'True'), condition('SyncSuccessful', 'True')], [1, 1, 0]],
  ['a source fails', [condition('Ready', 'True'), condition('SyncSuccessful', 'False')], [1, 0, 0]],
  ['a change was refused', [condition('Ready', 'True'), condition('SyncSuccessful', 'True'), condition('Stalled', 'True')], [1, 1, 1]],
  ['it is exposed', [condition('Ready', 'True'), condition('SyncSuccessful', 'True'), condition('Exposed', 'True')], [1, 1, 0, 1]],
  [
    'it is to be exposed and is not',
    [condition('Ready', 'True'), condition('SyncSuccessful', 'True'), condition('Exposed', 'False')],
    [1, 1, 0, 0],
  ],
  ['nobody knows', [condition('Ready', 'Unknown'), condition('SyncSuccessful', 'Unknown')], [0, 0, 0]],
  ['it is new', undefined, [0, 0, 0]],
  ['its status is nonsense', 'x', [0, 0, 0]],
  ['it is scaled to zero', [condition('Ready', 'False', 'ScaledToZero'), condition('SyncSuccessful', 'True')], [undefined, 1, 0]],
  ['a condition is nonsense', [condition('Ready', 'False'), {}], [0, 0, 0]],
])('%s', async (_, conditions, expected) => {
  const [ready, synced, stalled, exposed] = expected;
  expect(await values(conditions)).toEqual([ready, synced, stalled, exposed]);
});
