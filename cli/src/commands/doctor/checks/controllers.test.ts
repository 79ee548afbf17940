import { expect, test } from '@jest/globals';
import type { ControllerFacts, DeploymentObject } from '../facts.ts';
import { seen, type Finding } from '../finding.ts';
import { controller, deployment, HIDDEN, lease, NO_IMAGE, NOW, pod, READY, shown } from '../testing/facts.ts';
import { checkController } from './controllers.ts';

function check(facts: ControllerFacts, ownVersion = '1.2.3'): Finding[] {
  return checkController(facts, { ownVersion, now: NOW });
}

test('a controller that is as it should be', () => {
  expect(check(controller()).map(({ check: name, state }) => `${state} ${name}`)).toEqual([
    'ok pods',
    'ok version',
    'ok leader',
    'ok permissions',
  ]);
});

const NONE_READY = { status: { readyReplicas: 0 } };

test.each<[what: string, made: DeploymentObject, facts: Partial<ControllerFacts>, finding: string]>([
  ['paused', deployment([], { spec: { replicas: 0 }, status: { readyReplicas: 0 } }), {}, 'warning pods: it is paused: replicas is 0'],
  [
    'without its image',
    deployment([], NONE_READY),
    { pods: seen([pod('c', NO_IMAGE)]) },
    'problem pods: 0 of 1 pods are ready: pod c: ImagePullBackOff: not found',
  ],
  [
    'with one pod of two',
    deployment([], { spec: { replicas: 2 } }),
    { pods: seen([pod('a', READY), pod('b', NO_IMAGE)]) },
    'warning pods: 1 of 2 pods are ready: pod b: ImagePullBackOff',
  ],
  [
    'whose pods cannot be made',
    deployment([], { status: { readyReplicas: 0, conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'exceeded quota' }] } }),
    { pods: seen([]) },
    'problem pods: 0 of 1 pods are ready: they cannot be made: exceeded quota',
  ],
  [
    'whose pods may not be seen',
    deployment([], NONE_READY),
    { pods: HIDDEN },
    'problem pods: 0 of 1 pods are ready, and you may not list things',
  ],
  [
    'without pods',
    deployment([], NONE_READY),
    { pods: seen([]) },
    'problem pods: 0 of 1 pods are ready, and there is no pod for the others',
  ],
  [
    'of another version',
    deployment([], { image: 'mine/controller:1.0.0' }),
    {},
    'warning version: it is version 1.0.0, and this program is 1.2.3',
  ],
  [
    'by a digest',
    deployment([], { image: 'mine/controller@sha256:0', labels: { 'app.kubernetes.io/version': '1.2.3' } }),
    {},
    'ok version: 1.2.3, image mine/controller@sha256:0',
  ],
  [
    'of no version',
    deployment([], { image: 'mine/controller:latest' }),
    {},
    'unknown version: neither its labels nor its image mine/controller:latest say its version',
  ],
  [
    'without its Lease',
    deployment(),
    { leases: [lease(undefined)] },
    'problem leader: no controller works: Lease kube-system/toolhive-registry-controller is not there',
  ],
  [
    'whose Lease nobody holds',
    deployment(),
    { leases: [lease('2026-01-01T11:59:58Z', '')] },
    'problem leader: no controller works: nobody holds Lease',
  ],
  [
    'whose Lease is old',
    deployment(),
    { leases: [lease('2026-01-01T11:30:00Z')] },
    'problem leader: no controller works: controller-1 has not renewed Lease kube-system/toolhive-registry-controller for 30m',
  ],
  [
    'whose Lease may not be seen',
    deployment(),
    { leases: [{ ...lease(undefined), lease: HIDDEN }] },
    'unknown leader: you may not list things',
  ],
  ['without leader election', deployment(['--no-leader-elect']), { leases: [] }, 'ok leader: there is no leader election: it always works'],
  ['whose permissions may not be asked for', deployment(), { missingPermissions: HIDDEN }, 'unknown permissions: you may not list things'],
])('a controller %s', (_, made, facts, finding) => {
  expect(check(controller(made, facts)).map(shown)).toContainEqual(expect.stringContaining(finding));
});

test('permissions that are missing are named with what they are for', () => {
  const permission = { group: '', resource: 'pods', verbs: ['patch'], purpose: 'to serve changes at once' };
  const missingPermissions = seen([
    { permission, verb: 'patch', namespace: undefined },
    {
      permission: { ...permission, group: 'apps', resource: 'deployments', purpose: 'to make objects' },
      verb: 'create',
      namespace: 'prod',
    },
  ]);
  expect(check(controller(deployment(), { missingPermissions })).map(shown)).toContain(
    'problem permissions: ServiceAccount system/controller may not patch pods (to serve changes at once); nor create deployments.apps in namespace prod (to make objects)',
  );
});

test.each([
  [NO_IMAGE, 'bring the image to the nodes'],
  [
    { containerStatuses: [{ name: 'a', state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
    'kubectl logs c --namespace system --previous',
  ],
  [{ conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no node' }] }, 'make room on a node'],
  [{}, 'kubectl describe pod c --namespace system'],
])('what to do about a pod with %j', (status, remedy) => {
  const [found] = check(controller(deployment([], NONE_READY), { pods: seen([pod('c', status)]) }));
  expect(found?.remedy).toContain(remedy);
});
