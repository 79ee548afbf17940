import { expect, test } from '@jest/globals';
import type { ContainerStatus } from '@toolhive-registry/api/pods';
import type { PodObject } from './pod.ts';
import { factsOf, statusDocument, withCondition } from './testing.ts';
import { podTrouble, type PodEvidence } from './trouble.ts';

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

const NOTHING: PodEvidence = { facts: [], warnings: new Map() };

test.each<[string, PodObject[], string | undefined]>([
  ['there is no pod', [], undefined],
  ['a pod is new', [pod('one', undefined)], undefined],
  ['its container is being created', [pod('one', container(waiting('ContainerCreating')))], undefined],
  [
    'its image cannot be pulled',
    [pod('one', container(waiting('ImagePullBackOff', 'Back-off pulling image "x"')))],
    'pod one: ImagePullBackOff: Back-off pulling image "x"',
  ],
  [
    'it waits for the next attempt to pull',
    [pod('one', container(waiting('ImagePullBackOff', 'Back-off pulling image "x": ErrImagePull: not found')))],
    'pod one: ImagePullBackOff: not found',
  ],
  ['the first pull failed', [pod('one', container(waiting('ErrImagePull', 'not found')))], 'pod one: ImagePullBackOff: not found'],
  [
    'a Secret is missing',
    [pod('one', container(waiting('CreateContainerConfigError', 'secret "x" not found')))],
    'pod one: CreateContainerConfigError: secret "x" not found',
  ],
  ['the kubelet says no more', [pod('one', container(waiting('ErrImagePull')))], 'pod one: ImagePullBackOff'],
  [
    'its container ends again and again',
    [pod('one', container({ ...waiting('CrashLoopBackOff', 'back-off 5m0s'), restartCount: 1, lastState: ended }))],
    crash,
  ],
  [
    'its exit is unknown',
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
    'pod two: Unschedulable: 0/1 nodes are available',
  ],
])('what keeps a pod from running when %s', (_, pods, expected) => {
  expect(podTrouble(pods, NOTHING)?.message).toBe(expected);
});

const running = { containerStatuses: [{ name: 'registry-api', ready: false, started: true, restartCount: 0 }] };
const full = {
  ...withCondition('SyncSuccessful', 'False', 'StorageFailed', 'ENOSPC'),
  ready: false,
  sources: [{ name: 'team', type: 'git', state: 'failed', serverCount: 0, warnings: [], message: 'no space left on device (ENOSPC)' }],
};
const reading = statusDocument({
  ready: false,
  conditions: [{ type: 'SyncSuccessful', status: 'Unknown', reason: 'Pending', message: 'nothing read yet: team' }],
});
const mount = { reason: 'FailedMount', message: 'references non-existent config key: ca.crt' };
const evicted = { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: ephemeral-storage.' };
const lost = { reason: 'NodeLost', message: 'Node n1 which was running pod one is unresponsive' };

test.each<[string, PodObject[], Partial<PodEvidence>, { reason: string; message: string } | undefined]>([
  [
    'its readiness message',
    [pod('one', running)],
    { facts: factsOf(full) },
    { reason: 'PodNotReady', message: 'pod one: not ready: team: no space left on device (ENOSPC)' },
  ],
  [
    'a readiness message without a source',
    [pod('one', running)],
    { facts: factsOf({ ...full, sources: [] }) },
    { reason: 'PodNotReady', message: 'pod one: not ready: ENOSPC' },
  ],
  ['that it reads for the first time is none', [pod('one', running)], { facts: factsOf(reading) }, undefined],
  ['what a ready pod reports is none', [pod('two', running)], { facts: factsOf(full) }, undefined],
  [
    'an Event',
    [pod('one', running, { uid: '1' })],
    { warnings: new Map([['1', mount]]) },
    { reason: 'FailedMount', message: 'pod one: FailedMount: references non-existent config key: ca.crt' },
  ],
  ['the Event of another pod is none', [pod('one', running, { uid: '1' })], { warnings: new Map([['2', mount]]) }, undefined],
  [
    'an eviction',
    [pod('one', evicted)],
    {},
    { reason: 'Evicted', message: 'pod one: Evicted: The node was low on resource: ephemeral-storage.' },
  ],
  [
    'what becomes of the pod in place of one that was evicted',
    [pod('one', evicted), pod('two', { conditions: [unschedulable] })],
    {},
    { reason: 'Unschedulable', message: 'pod two: Unschedulable: 0/1 nodes are available' },
  ],
  [
    'a node that is gone',
    [pod('one', lost, { deletionTimestamp: 'now' })],
    {},
    { reason: 'NodeLost', message: 'pod one: NodeLost: Node n1 which was running pod one is unresponsive' },
  ],
])('trouble is %s', (_, pods, evidence, expected) => {
  expect(podTrouble(pods, { ...NOTHING, ...evidence })).toEqual(expected);
});
