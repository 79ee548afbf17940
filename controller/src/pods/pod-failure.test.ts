import { expect, test } from '@jest/globals';
import { podFailure } from './pod-failure.ts';
import type { ContainerStatus, PodObject } from './pod.ts';

function pod(name: string, status: PodObject['status'], metadata: object = {}): PodObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'team', ...metadata }, ...(status === undefined ? {} : { status }) };
}

function container(fields: Partial<ContainerStatus>): PodObject['status'] {
  return { containerStatuses: [{ name: 'registry-api', ready: false, started: false, restartCount: 0, ...fields }] };
}

const waiting = (reason: string, message?: string): Partial<ContainerStatus> => ({
  state: { waiting: { reason, ...(message === undefined ? {} : { message }) } },
});
const ended = { terminated: { exitCode: 2, reason: 'Error', message: 'the config is not valid\n' } };
const crash = 'pod one: CrashLoopBackOff: container registry-api ended with code 2 (Error): the config is not valid';
const unschedulable = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available' };

test.each<[string, PodObject[], string | undefined]>([
  ['there is no pod', [], undefined],
  ['a pod is new', [pod('one', undefined)], undefined],
  ['its container is being created', [pod('one', container(waiting('ContainerCreating')))], undefined],
  [
    'its image cannot be pulled',
    [pod('one', container(waiting('ImagePullBackOff', 'Back-off pulling image "x"')))],
    'pod one: ImagePullBackOff: Back-off pulling image "x"',
  ],
  ['the first pull failed', [pod('one', container(waiting('ErrImagePull', 'not found')))], 'pod one: ErrImagePull: not found'],
  [
    'a Secret is missing',
    [pod('one', container(waiting('CreateContainerConfigError', 'secret "x" not found')))],
    'pod one: CreateContainerConfigError: secret "x" not found',
  ],
  ['the kubelet says no more', [pod('one', container(waiting('ErrImagePull')))], 'pod one: ErrImagePull'],
  [
    'its container ends again and again',
    [pod('one', container({ ...waiting('CrashLoopBackOff', 'back-off 5m0s'), restartCount: 1, lastState: ended }))],
    crash,
  ],
  [
    'how it ended is not told',
    [pod('one', container(waiting('CrashLoopBackOff', 'back-off 5m0s')))],
    'pod one: CrashLoopBackOff: back-off 5m0s',
  ],
  ['it is between two ends', [pod('one', container({ restartCount: 2, lastState: ended }))], crash],
  ['it ended once', [pod('one', container({ restartCount: 1, lastState: ended }))], undefined],
  ['it started after all', [pod('one', container({ restartCount: 2, lastState: ended, started: true }))], undefined],
  [
    'a container before it cannot start',
    [pod('one', { initContainerStatuses: [{ name: 'first', ...waiting('InvalidImageName', 'X') }] })],
    'pod one: InvalidImageName: X',
  ],
  ['no node takes it', [pod('one', { conditions: [unschedulable] })], 'pod one: Unschedulable: 0/1 nodes are available'],
  ['it waits for a gate', [pod('one', { conditions: [{ ...unschedulable, reason: 'SchedulingGated' }] })], undefined],
  ['it is being deleted', [pod('one', { conditions: [unschedulable] }, { deletionTimestamp: 'now' })], undefined],
  [
    'it is ready for all that',
    [pod('one', { ...container(waiting('ErrImagePull')), conditions: [{ type: 'Ready', status: 'True' }] })],
    undefined,
  ],
  [
    'several wait',
    [pod('two', { conditions: [unschedulable] }), pod('one', container(waiting('ErrImagePull'))), pod('a', {})],
    'pod one: ErrImagePull',
  ],
])('what keeps a pod from running when %s', (_, pods, expected) => {
  expect(podFailure(pods)).toBe(expected);
});
