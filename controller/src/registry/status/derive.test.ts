import { describe, expect, test } from '@jest/globals';
import type { Condition, MCPRegistryStatus } from '@toolhive-registry/api';
import { deriveStatus } from './derive.ts';
import type { Failure } from '../failure.ts';
import type { Observation } from './observation.ts';
import { factsOf, statusDocument, withCondition } from '../../pods/testing.ts';
import { complete, deployment, observation, outOfBounds } from './testing.ts';

const NOW = '2026-01-02T03:04:05Z';
const BEFORE = '2026-01-01T00:00:00Z';

function derive(fields: Partial<Observation>, before: MCPRegistryStatus = {}): MCPRegistryStatus {
  return deriveStatus(observation(fields), before, NOW);
}

function conditionOf(status: MCPRegistryStatus, type: string): Condition | undefined {
  return status.conditions?.find((condition) => condition.type === type);
}

const missing = ['ConfigMap "data" of source "default" does not exist in namespace team; create it'];
const failure = (reason: Failure['reason'], podTemplate = false): Failure => ({
  reason,
  message: 'refused',
  podTemplate,
  transient: false,
});
const transient: Failure = { reason: 'DeploymentFailed', message: 'failed calling webhook', podTemplate: false, transient: true };
const issues = [
  { path: 'spec.source', message: 'must be set' },
  { path: 'spec.replicas', message: 'must be a number', value: '"x"' },
];

const INVALID = 'spec.source: must be set; spec.replicas: must be a number (got "x")';
const UNSUPPORTED = 'default: sources of type git are not served by this version; use configmap or file';
const REFUSED = 'spec.podTemplateSpec is refused, running pods stay as they are: refused';
const unsupported = {
  ...withCondition('SyncSuccessful', 'False', 'UnsupportedSource', UNSUPPORTED),
  ready: false,
  serverCount: 0,
  snapshotHash: null,
  lastChangeTime: null,
};
const invalid = withCondition('SyncSuccessful', 'False', 'DataInvalid', 'default: the catalog is not valid JSON');
const trouble = { reason: 'ImagePullBackOff', message: 'pod a-api-1: ImagePullBackOff: not found' };
const STUCK = `1 of 2 pods run the wanted template: ${trouble.message}; timed out progressing`;
const QUOTA = 'pods are forbidden: exceeded quota: none';
const rolling = (message: string): { reason: string; message: string } => ({ reason: 'RollingOut', message });

interface Expected {
  readonly phase: MCPRegistryStatus['phase'];
  readonly ready: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
  /** True: in the words of Ready. */
  readonly reconciling?: true | { readonly reason: string; readonly message: string };
  /** Where it is not that of Ready. */
  readonly sentence?: string;
  /** True: in the words of Ready. */
  readonly stalled?: true | { readonly reason: string; readonly message: string };
}

test.each<[string, Partial<Observation>, Expected]>([
  [
    'nothing is there yet',
    {},
    { phase: 'Pending', ready: 'False', reason: 'NotReady', message: '0 of 1 replicas are ready', reconciling: true },
  ],
  [
    'no pod is available',
    { deployment: deployment(3, { replicas: 3, updatedReplicas: 3 }) },
    { phase: 'Pending', ready: 'False', reason: 'NotReady', message: '0 of 3 replicas are ready', reconciling: true },
  ],
  [
    'the spec leaves the number of pods open',
    { deployment: deployment(undefined, { replicas: 1 }) },
    { phase: 'Pending', ready: 'False', reason: 'NotReady', message: '0 of 1 replicas are ready', reconciling: true },
  ],
  [
    'all pods are available and have reported',
    { deployment: complete(2), facts: factsOf(statusDocument(), statusDocument()) },
    { phase: 'Running', ready: 'True', reason: 'Ready', message: '3 servers are served' },
  ],
  [
    'an earlier snapshot is served',
    { deployment: complete(1), facts: factsOf(statusDocument({ rolledBackTo: '0123456789abcdef' })) },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: '3 servers are served',
      sentence: '3 servers are served; rolled back to snapshot 0123456789ab',
    },
  ],
  [
    'all pods are available and nobody can be asked',
    { deployment: complete(1) },
    { phase: 'Running', ready: 'True', reason: 'Ready', message: 'The registry is served' },
  ],
  [
    'some pods are available',
    { deployment: deployment(3, { replicas: 3, updatedReplicas: 3, availableReplicas: 1 }), facts: factsOf(statusDocument()) },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: '3 servers are served by 1 of 3 replicas',
      reconciling: rolling('1 of 3 pods are available'),
    },
  ],
  [
    'old pods serve during a rollout',
    { deployment: deployment(2, { replicas: 3, updatedReplicas: 1, availableReplicas: 2 }) },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: 'The registry is served',
      reconciling: rolling('1 of 3 pods run the wanted template'),
    },
  ],
  [
    'a previous pod serves until a new one is there',
    { deployment: deployment(1, { replicas: 1, availableReplicas: 1 }) },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: 'The registry is served',
      reconciling: rolling('0 of 1 pods run the wanted template'),
    },
  ],
  [
    'there is one server',
    { deployment: complete(1), facts: factsOf(statusDocument({ serverCount: 1 })) },
    { phase: 'Running', ready: 'True', reason: 'Ready', message: '1 server is served' },
  ],
  [
    'the Deployment has not looked at its last edit',
    {
      deployment: {
        ...complete(1),
        metadata: { name: 'a-api', namespace: 'team', generation: 2 },
      },
    },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: 'The registry is served',
      reconciling: rolling('The Deployment has not acted upon its last change yet'),
    },
  ],
  [
    'it is scaled to zero',
    { deployment: complete(0) },
    { phase: 'Pending', ready: 'False', reason: 'ScaledToZero', message: 'The registry is scaled to zero' },
  ],
  [
    'the last pods of one scaled to zero still serve',
    { deployment: deployment(0, { replicas: 1, updatedReplicas: 1, availableReplicas: 1 }) },
    { phase: 'Running', ready: 'True', reason: 'Ready', message: 'The registry is served', reconciling: rolling('0 of 1 pods are wanted') },
  ],
  [
    'the Deployment makes no progress',
    {
      deployment: deployment(1, { replicas: 1 }, [
        { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out progressing' },
      ]),
    },
    { phase: 'Failed', ready: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out progressing', stalled: true },
  ],
  [
    'pods cannot be created, for an unknown reason',
    { deployment: deployment(1, {}, [{ type: 'ReplicaFailure', status: 'True' }]) },
    { phase: 'Failed', ready: 'False', reason: 'DeploymentFailed', message: 'The Deployment makes no progress', stalled: true },
  ],
  [
    'conditions of the Deployment that are as they should be are no fault',
    {
      deployment: deployment(1, { replicas: 1 }, [
        { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated' },
        { type: 'ReplicaFailure', status: 'False' },
        { type: 'Available', status: 'False' },
      ]),
    },
    { phase: 'Pending', ready: 'False', reason: 'NotReady', message: '0 of 1 replicas are ready', reconciling: true },
  ],
  [
    'a source ConfigMap is missing, which outweighs a Deployment without progress',
    { missing, deployment: deployment(1, { replicas: 1 }, [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }]) },
    { phase: 'Pending', ready: 'False', reason: 'SourceNotFound', message: missing[0] ?? '', reconciling: true },
  ],
  [
    'a source ConfigMap is missing and what was read before is served',
    { missing, deployment: complete(1), facts: factsOf(statusDocument()) },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: '3 servers are served',
      sentence: `3 servers are served; ${missing[0] ?? ''}`,
    },
  ],
  [
    'the last sync failed and what was read before is served',
    { deployment: complete(1), facts: factsOf(invalid) },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: '3 servers are served',
      sentence: '3 servers are served; default: the catalog is not valid JSON',
    },
  ],
  [
    'the only pod has nothing to serve and says why',
    { deployment: deployment(1, { replicas: 1, updatedReplicas: 1 }), facts: factsOf(unsupported) },
    { phase: 'Pending', ready: 'False', reason: 'NotReady', message: `0 of 1 replicas are ready: ${UNSUPPORTED}`, reconciling: true },
  ],
  [
    'a pod cannot run',
    { deployment: deployment(1, { replicas: 1, updatedReplicas: 1 }), trouble },
    {
      phase: 'Pending',
      ready: 'False',
      reason: 'ImagePullBackOff',
      message: `0 of 1 replicas are ready: ${trouble.message}`,
      reconciling: true,
    },
  ],
  [
    'one pod has nothing to serve and another cannot run',
    { deployment: deployment(2, { replicas: 2 }), facts: factsOf(unsupported), trouble },
    {
      phase: 'Pending',
      ready: 'False',
      reason: 'ImagePullBackOff',
      message: `0 of 2 replicas are ready: ${UNSUPPORTED}; ${trouble.message}`,
      reconciling: true,
    },
  ],
  [
    'the Deployment has waited too long for a pod that says why',
    {
      deployment: deployment(1, { replicas: 1 }, [
        { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out progressing.' },
      ]),
      facts: factsOf(unsupported),
    },
    {
      phase: 'Failed',
      ready: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: `timed out progressing: ${UNSUPPORTED}`,
      stalled: true,
    },
  ],
  [
    'a rollout is stuck while previous pods serve',
    {
      deployment: deployment(1, { replicas: 2, updatedReplicas: 1, availableReplicas: 1 }, [
        { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out progressing' },
      ]),
      facts: factsOf(statusDocument()),
      trouble,
    },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: '3 servers are served',
      sentence: `3 servers are served; ${STUCK}`,
      stalled: { reason: 'ProgressDeadlineExceeded', message: STUCK },
    },
  ],
  [
    'a rollout is held up while previous pods serve',
    { deployment: deployment(1, { replicas: 2, updatedReplicas: 1, availableReplicas: 1 }), facts: factsOf(statusDocument()), trouble },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: '3 servers are served',
      reconciling: { reason: 'ImagePullBackOff', message: `1 of 2 pods run the wanted template: ${trouble.message}` },
    },
  ],
  [
    'no pod can be made',
    {
      deployment: deployment(1, {}, [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: QUOTA }]),
      trouble: { reason: 'QuotaExceeded', message: QUOTA },
    },
    { phase: 'Failed', ready: 'False', reason: 'QuotaExceeded', message: QUOTA, stalled: true },
  ],
  [
    'the only pod has nothing to serve and says why twice',
    {
      deployment: deployment(1, { replicas: 1, updatedReplicas: 1 }),
      facts: factsOf(unsupported),
      trouble: { reason: 'PodNotReady', message: `pod one: not ready: ${UNSUPPORTED}` },
    },
    { phase: 'Pending', ready: 'False', reason: 'NotReady', message: `0 of 1 replicas are ready: ${UNSUPPORTED}`, reconciling: true },
  ],
  [
    'a pod counts as available before it counts as ready, without a catalog',
    { deployment: complete(1), facts: factsOf(unsupported) },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: 'The registry is served',
      sentence: `The registry is served; ${UNSUPPORTED}`,
    },
  ],
  [
    'the pod template is refused and nothing is served',
    { failure: failure('DeploymentFailed', true), deployment: deployment(1, { replicas: 1 }) },
    { phase: 'Failed', ready: 'False', reason: 'DeploymentFailed', message: REFUSED, stalled: true },
  ],
  [
    'the pod template is refused and previous pods serve',
    { failure: failure('DeploymentFailed', true), deployment: complete(1), facts: factsOf(statusDocument()) },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: '3 servers are served',
      sentence: `3 servers are served; ${REFUSED}`,
      stalled: { reason: 'DeploymentFailed', message: REFUSED },
    },
  ],
  [
    'a change is refused, the last sync failed, and a rollout is under way',
    {
      failure: failure('ConfigMapFailed'),
      deployment: deployment(2, { replicas: 3, updatedReplicas: 1, availableReplicas: 1 }),
      facts: factsOf(invalid),
    },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: '3 servers are served by 1 of 2 replicas',
      sentence: '3 servers are served by 1 of 2 replicas; refused; default: the catalog is not valid JSON',
      stalled: { reason: 'ConfigMapFailed', message: 'refused' },
    },
  ],
  ...(['ConfigMapFailed', 'ServiceAccountFailed', 'ServiceFailed', 'NetworkPolicyFailed', 'DeploymentFailed'] as const).flatMap(
    (reason): [string, Partial<Observation>, Expected][] => [
      [
        `${reason} and nothing is served, which outweighs a missing source`,
        { failure: failure(reason), missing },
        { phase: 'Failed', ready: 'False', reason, message: 'refused', stalled: true },
      ],
      [
        `${reason} and what was there is served`,
        { failure: failure(reason), deployment: complete(1) },
        {
          phase: 'Running',
          ready: 'True',
          reason: 'Ready',
          message: 'The registry is served',
          sentence: 'The registry is served; refused',
          stalled: { reason, message: 'refused' },
        },
      ],
    ],
  ),
  [
    'pods are available and the Service is not there',
    { failure: failure('ServiceFailed'), deployment: complete(1), hasService: false },
    { phase: 'Failed', ready: 'False', reason: 'ServiceFailed', message: 'refused', stalled: true },
  ],
  [
    'a change is refused for a registry that is scaled to zero',
    { failure: failure('DeploymentFailed'), deployment: complete(0) },
    { phase: 'Failed', ready: 'False', reason: 'DeploymentFailed', message: 'refused', stalled: true },
  ],
  [
    'the spec is not valid, which outweighs every other fault',
    { issues, failure: failure('ServiceFailed'), missing },
    { phase: 'Failed', ready: 'False', reason: 'ValidationFailed', message: INVALID, stalled: true },
  ],
  [
    'the spec is not valid any more and what was there is served',
    { issues, deployment: complete(1), facts: factsOf(statusDocument()) },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: '3 servers are served',
      sentence: `3 servers are served; ${INVALID}`,
      stalled: { reason: 'ValidationFailed', message: INVALID },
    },
  ],
  [
    'it is being deleted, which outweighs everything',
    { deleting: true, issues, failure: failure('ServiceFailed'), deployment: complete(1), missing },
    {
      phase: 'Terminating',
      ready: 'False',
      reason: 'Terminating',
      message: 'The registry is being deleted together with everything that belongs to it',
      reconciling: true,
    },
  ],
])('phase and conditions when %s', (_, seen, { phase, ready, reason, message, reconciling, stalled, sentence = message }) => {
  const status = derive(seen);
  expect(status).toMatchObject({ phase, message: sentence, observedGeneration: 7 });
  const common = { status: 'True', reason, message, observedGeneration: 7, lastTransitionTime: NOW };
  expect(conditionOf(status, 'Ready')).toEqual({ ...common, type: 'Ready', status: ready });
  expect(conditionOf(status, 'Reconciling')).toEqual(
    reconciling && { ...common, ...(reconciling === true ? {} : reconciling), type: 'Reconciling' },
  );
  expect(conditionOf(status, 'Stalled')).toEqual(stalled && { ...common, ...(stalled === true ? {} : stalled), type: 'Stalled' });
  expect(status.url).toBe(phase === 'Running' ? 'http://a-api.team.svc.cluster.local:8080' : '');
});

const noProgress = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' }] as const;

test.each<[string, Partial<Observation>, Omit<Expected, 'reconciling' | 'sentence'>]>([
  ['nothing is there yet', {}, { phase: 'Pending', ready: 'False', reason: 'DeploymentFailed', message: 'failed calling webhook' }],
  [
    'a source ConfigMap is missing as well',
    { missing },
    { phase: 'Pending', ready: 'False', reason: 'DeploymentFailed', message: 'failed calling webhook' },
  ],
  [
    'the registry is served',
    { deployment: complete(1), facts: factsOf(statusDocument()) },
    {
      phase: 'Running',
      ready: 'True',
      reason: 'Ready',
      message: '3 servers are served; changes are not applied yet: failed calling webhook',
    },
  ],
  [
    'pods are available and the Service is not there',
    { deployment: complete(1), hasService: false },
    { phase: 'Pending', ready: 'False', reason: 'DeploymentFailed', message: 'failed calling webhook' },
  ],
  [
    'the Deployment makes no progress',
    { deployment: deployment(1, { replicas: 1 }, noProgress) },
    {
      phase: 'Failed',
      ready: 'False',
      reason: 'ProgressDeadlineExceeded',
      message: 'timed out; changes are not applied yet: failed calling webhook',
      stalled: true,
    },
  ],
])('a transient failure is reported without changing the phase when %s', (_, seen, { phase, ready, reason, message, stalled }) => {
  const status = derive({ ...seen, failure: transient });
  expect(status).toMatchObject({ phase, message });
  expect(conditionOf(status, 'Ready')).toMatchObject({ status: ready, reason, message });
  expect(conditionOf(status, 'Reconciling')).toMatchObject({ reason: 'DeploymentFailed', message: 'failed calling webhook' });
  expect(conditionOf(status, 'Stalled')?.status).toBe(stalled && 'True');
  expect(conditionOf(status, 'PodTemplateValid')?.status).toBe('True');
});

test('what may not be watched is not claimed, whatever was known before', () => {
  const forbidden: Failure = { ...failure('Forbidden'), message: 'may not list deployments', blind: true };
  const status = derive({ failure: forbidden, deployment: complete(1), facts: factsOf(statusDocument()) });
  expect(status).toMatchObject({ phase: 'Pending', message: 'may not list deployments', url: '' });
  expect(conditionOf(status, 'Ready')).toMatchObject({ status: 'Unknown', reason: 'Forbidden' });
  expect(conditionOf(status, 'Stalled')).toMatchObject({ status: 'True', reason: 'Forbidden' });
});

test('every condition occurs once', () => {
  expect(derive({}).conditions?.map(({ type }) => type)).toEqual([
    'Ready',
    'PodTemplateValid',
    'SourceAvailable',
    'DataValid',
    'SyncSuccessful',
    'Reconciling',
  ]);
});

test("the url has the cluster's own domain", () => {
  expect(derive({ deployment: complete(1), clusterDomain: 'example.internal' }).url).toBe('http://a-api.team.svc.example.internal:8080');
});

test.each<[string, Partial<Observation>, number, number]>([
  ['without a Deployment', {}, 0, 0],
  ['with one that has made nothing', { deployment: deployment(2, undefined) }, 0, 0],
  ['while pods are on their way', { deployment: deployment(2, { replicas: 2, readyReplicas: 1 }) }, 2, 1],
  ['when the spec is not valid', { issues, deployment: complete(2) }, 2, 2],
])('replicas and selector %s', (_, seen, replicas, readyReplicas) => {
  const selector = 'app=mcp-registry-api,toolhive.stacklok.io/registry-name=a';
  expect(derive(seen)).toMatchObject({ replicas, readyReplicas, selector });
});

describe('counts and times of syncs', () => {
  const known = {
    serverCount: 9,
    deployedServerCount: 2,
    lastSyncTime: '2025-01-01T00:00:00Z',
    lastSyncHash: 'old',
    lastManualSyncTrigger: 'then',
  };
  const reported = statusDocument({ serverCount: 0, deployedServerCount: 1, snapshotHash: 'new', lastSyncTrigger: 'now' });
  test.each<[string, Partial<Observation>, MCPRegistryStatus, Partial<MCPRegistryStatus>]>([
    ['are absent while nobody has reported', {}, {}, {}],
    ['stay as they were while nobody can be asked', {}, known, known],
    ['stay as they were while the only pod has no catalog', { facts: factsOf(unsupported) }, known, known],
    [
      'are those of the first pod',
      { facts: factsOf(reported, statusDocument()) },
      known,
      {
        serverCount: 0,
        deployedServerCount: 1,
        lastSyncTime: '2025-10-22T08:32:38.120Z',
        lastSyncHash: 'new',
        lastManualSyncTrigger: 'now',
      },
    ],
    [
      'are those of the pod that the status already has, by hash and time',
      {
        facts: factsOf(
          reported,
          { ...reported, snapshotHash: 'old', serverCount: 7 },
          { ...reported, snapshotHash: 'old', serverCount: 8, lastChangeTime: known.lastSyncTime },
        ),
      },
      known,
      { ...known, serverCount: 8, deployedServerCount: 1, lastManualSyncTrigger: 'now' },
    ],
    [
      'are absent as far as the pod has none',
      { facts: factsOf(statusDocument({ lastChangeTime: null, snapshotHash: null })) },
      known,
      { serverCount: 3, deployedServerCount: 0 },
    ],
  ])('%s', (_, seen, before, expected) => {
    const { serverCount, deployedServerCount, lastSyncTime, lastSyncHash, lastManualSyncTrigger } = derive(seen, before);
    const found = { serverCount, deployedServerCount, lastSyncTime, lastSyncHash, lastManualSyncTrigger };
    expect(Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))).toEqual(expected);
  });
});

describe('PodTemplateValid', () => {
  test.each<[string, Partial<Observation>, string, string, string]>([
    ['nothing is wrong', {}, 'True', 'ValidPodTemplateSpec', 'The pod template is valid'],
    ['another object was refused', { failure: failure('ServiceFailed') }, 'True', 'ValidPodTemplateSpec', 'The pod template is valid'],
    [
      'the Deployment was refused, but not for it',
      { failure: failure('DeploymentFailed') },
      'True',
      'ValidPodTemplateSpec',
      'The pod template is valid',
    ],
    ['it was refused', { failure: failure('DeploymentFailed', true) }, 'False', 'InvalidPodTemplateSpec', REFUSED],
    ['the spec is not valid', { issues }, 'Unknown', 'ValidationFailed', 'The spec is not valid'],
  ])('%s', (_, seen, status, reason, message) => {
    expect(conditionOf(derive(seen), 'PodTemplateValid')).toMatchObject({ status, reason, message });
  });
});

test.each<[string, string, boolean]>([
  ['another container has no image', 'spec.template.spec.containers[1].image: Required value', true],
  ['the tenth has none', 'spec.template.spec.containers[10].image: Required value', true],
  ["the server's has none", 'spec.template.spec.containers[0].image: Required value', false],
  ['an init container has none', 'spec.template.spec.initContainers[1].image: Required value', false],
  ['it is about something else', 'spec.template.spec.containers[1].name: Required value', false],
])("a refusal names the server's container when %s", (_, message, hinted) => {
  const status = derive({ failure: { ...failure('DeploymentFailed', true), message } });
  const hint = "; the server's container is called registry-api, a container of another name needs an image";
  const expected = `spec.podTemplateSpec is refused, running pods stay as they are: ${message}${hinted ? hint : ''}`;
  expect(status.message).toBe(expected);
  expect(['Ready', 'PodTemplateValid', 'Stalled'].map((type) => conditionOf(status, type)?.message)).toEqual([
    expected,
    expected,
    expected,
  ]);
});

describe('lastTransitionTime', () => {
  const at = (type: string, status: Condition['status'], reason = 'Before'): Condition => ({
    type,
    status,
    reason,
    message: 'before',
    lastTransitionTime: BEFORE,
  });
  test.each<[string, Condition[], string]>([
    ['is now for a condition that is new', [], NOW],
    ['stays while the status stays, whatever the reason says', [at('Ready', 'False')], BEFORE],
    ['is now when the status changes', [at('Ready', 'True')], NOW],
    ['is now when the status was not known', [at('Ready', 'Unknown')], NOW],
    ['is not that of another condition', [at('DataValid', 'False')], NOW],
  ])('%s', (_, conditions, expected) => {
    const ready = conditionOf(derive({}, { conditions }), 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'NotReady', lastTransitionTime: expected, observedGeneration: 7 });
  });

  test('a condition that no longer holds is removed, and gets a new date when it returns', () => {
    const stalled = derive({ failure: failure('ServiceFailed') }, { conditions: [at('Stalled', 'True'), at('Reconciling', 'True')] });
    expect(conditionOf(stalled, 'Reconciling')).toBeUndefined();
    expect(conditionOf(stalled, 'Stalled')?.lastTransitionTime).toBe(BEFORE);
    const recovered = derive({ deployment: complete(1) }, stalled);
    expect(conditionOf(recovered, 'Stalled')).toBeUndefined();
    expect(conditionOf(derive({ failure: failure('ServiceFailed') }, recovered), 'Stalled')?.lastTransitionTime).toBe(NOW);
  });
});

test("external values are truncated to the CRD's limits", () => {
  const cut = `${'x'.repeat(4_096)}… (35904 more characters)`;
  const isCut = expect.stringMatching(/x… \(\d+ more characters\)$/);
  const { failure: _failure, ...stuck } = outOfBounds();
  for (const seen of [stuck, outOfBounds()]) {
    const status = derive(seen);
    expect(status).toMatchObject({ message: isCut, serverCount: 2_147_483_647, deployedServerCount: 2_147_483_647 });
    expect([status.lastSyncHash, status.lastManualSyncTrigger].map((text) => text?.length)).toEqual([256, 4_096]);
    expect(conditionOf(status, 'DataValid')).toMatchObject({ status: 'False', reason: 'Unknown', message: cut });
    for (const { message } of status.conditions ?? []) expect(message.length).toBeLessThan(4_200);
  }
  expect(conditionOf(derive(stuck), 'Stalled')).toMatchObject({ reason: 'Unknown', message: isCut });
});

test('the same observation gives the same status at any time', () => {
  const seen = observation({
    deployment: complete(2),
    facts: factsOf(statusDocument(), withCondition('DataValid', 'False', 'DataInvalid', 'bad')),
  });
  const first = deriveStatus(seen, {}, BEFORE);
  expect(deriveStatus(seen, first, NOW)).toEqual(first);
});
