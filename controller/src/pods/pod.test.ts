import { expect, test } from '@jest/globals';
import { polledPod, slimPod, type PodObject } from './pod.ts';
import { podTrouble } from './trouble.ts';

const metadata = { name: 'one', namespace: 'team', uid: 'uid-one' };
const ready = { type: 'Ready', status: 'True' };

function pod(status: PodObject['status'], more: object = {}): PodObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, ...more }, ...(status === undefined ? {} : { status }) };
}

test.each<[string, PodObject, boolean | undefined]>([
  ['ready', pod({ podIP: '10.0.0.1', phase: 'Running', conditions: [ready] }), true],
  ['not ready', pod({ podIP: '10.0.0.1', phase: 'Running', conditions: [{ ...ready, status: 'False' }] }), false],
  ['starting', pod({ podIP: '10.0.0.1', phase: 'Pending' }), false],
  ['without an address', pod({ phase: 'Pending' }), undefined],
  ['without a status', pod(undefined), undefined],
  ['failed', pod({ podIP: '10.0.0.1', phase: 'Failed' }), undefined],
  ['done', pod({ podIP: '10.0.0.1', phase: 'Succeeded' }), undefined],
  ['on its way out', pod({ podIP: '10.0.0.1', phase: 'Running', conditions: [ready] }, { deletionTimestamp: 'now' }), undefined],
])('whether a pod is asked when it is %s', (_, object, expected) => {
  const asked = { uid: 'uid-one', namespace: 'team', name: 'one', ip: '10.0.0.1', ready: expected };
  expect(polledPod(object)).toEqual(expected === undefined ? [] : [asked]);
});

test('fields of a pod that nobody reads are dropped', () => {
  const image = { image: 'x', imageID: 'y' };
  const waiting = { reason: 'ErrImagePull', message: 'not found' };
  const full: PodObject & { spec: object } = {
    ...pod(
      {
        phase: 'Pending',
        podIP: '10.0.0.1',
        conditions: [{ type: 'Initialized', status: 'True' }, ready],
        containerStatuses: [{ ...image, name: 'registry-api', ready: false, state: { waiting }, lastState: {} }],
      },
      { managedFields: [{}] },
    ),
    spec: { containers: [] },
  };
  const slim = slimPod(full);
  expect(slim).toEqual(
    pod({
      phase: 'Pending',
      podIP: '10.0.0.1',
      conditions: [ready],
      containerStatuses: [{ name: 'registry-api', ready: false, state: { waiting } }],
    }),
  );
  const unready = { ...slim, status: { ...slim.status, conditions: [] } };
  expect(podTrouble([unready], { facts: [], warnings: new Map() })?.message).toBe('pod one: ImagePullBackOff: not found');
});
