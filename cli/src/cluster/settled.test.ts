import { expect, test } from '@jest/globals';
import { isSettled } from './settled.ts';

type Status = NonNullable<Parameters<typeof isSettled>[0]['status']>;

const NOW = '2026-01-01T00:00:00Z';

function status(conditions: Readonly<Record<string, 'True' | 'False' | 'Unknown'>>, rest: Partial<Status> = {}): Status {
  return {
    observedGeneration: 2,
    phase: 'Running',
    conditions: Object.entries(conditions).map(([type, is]) => ({
      type,
      status: is,
      reason: 'Because',
      message: 'so',
      lastTransitionTime: NOW,
    })),
    ...rest,
  };
}

test.each<[what: string, status: Status | undefined, isSettled: boolean]>([
  ['served', status({ Ready: 'True' }), true],
  ['served, with a source that failed', status({ Ready: 'True', SyncSuccessful: 'False' }), true],
  ['served, with a rollout that has ended', status({ Ready: 'True', Reconciling: 'False', Stalled: 'False' }), true],
  ['served, while a rollout waits for a ConfigMap', status({ Ready: 'True', Reconciling: 'True' }), false],
  ['served, with a rollout that is stuck', status({ Ready: 'True', Stalled: 'True' }), false],
  ['served, with a change that nobody has seen', status({ Ready: 'True' }, { observedGeneration: 1 }), false],
  ['not ready', status({ Ready: 'False' }), false],
  ['unknown', status({ Ready: 'Unknown' }), false],
  ['pending', status({ Ready: 'True' }, { phase: 'Pending' }), false],
  ['not looked at', undefined, false],
])('a registry that is %s', (_, is, wanted) => {
  const metadata = { name: 'team', generation: 2 };
  expect(isSettled(is === undefined ? { metadata } : { metadata, status: is })).toBe(wanted);
});
