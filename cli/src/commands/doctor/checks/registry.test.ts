import { expect, test } from '@jest/globals';
import type { ControllerFacts, NetworkPolicyObject, RegistryFacts } from '../facts.ts';
import { seen } from '../finding.ts';
import { condition, controller, deployment, document, HIDDEN, NO_IMAGE, pod, READY, registry, shown } from '../testing/facts.ts';
import { checkRegistry } from './registry.ts';

const GROUP = 'toolhive.stacklok.dev';
const READY_CONDITION = condition('Ready', 'True', 'Ready');

function found(
  facts: RegistryFacts,
  controllers: readonly ControllerFacts[] = [controller()],
  groups: readonly string[] = [GROUP],
): string[] {
  return checkRegistry(facts, { controllers, groups }).map(shown);
}

test('a registry that is as it should be', () => {
  const facts = registry({
    facts: { document: document(), configMaps: [{ path: 'spec.source.configmap.name', name: 'data', isThere: seen(true) }] },
  });
  expect(found(facts)).toEqual([
    'ok serving: 3 servers at http://team-api',
    'ok conditions: all conditions are as they should be',
    'ok pods: 1 of 1 pod ready',
    'ok sources: 1 source read, every entry served',
    'ok ConfigMaps: there are all that it names: data',
    'ok internal port: the controller may reach port 8081',
  ]);
});

const policy: NetworkPolicyObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'prod' },
  spec: { podSelector: {} },
};

test.each<[what: string, facts: RegistryFacts, finding: string]>([
  [
    'nobody has looked at',
    registry({ facts: { object: { ...registry().object, status: {} } } }),
    'problem serving: no controller has looked at it',
  ],
  [
    'that serves nothing',
    registry({ status: { phase: 'Pending', conditions: [condition('Ready', 'False', 'SourceNotFound')] } }),
    'problem serving: it is Pending, and serves nothing (SourceNotFound): it is SourceNotFound',
  ],
  ['that is being deleted', registry({ metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }), 'warning serving: it is being deleted'],
  [
    'whose last change nobody has seen',
    registry({ metadata: { generation: 2 } }),
    'warning serving: it is served, and no controller has seen the last change',
  ],
  [
    'whose sync fails',
    registry({ status: { conditions: [READY_CONDITION, condition('SyncSuccessful', 'False', 'RemovalRefused')] } }),
    'problem SyncSuccessful: RemovalRefused: it is RemovalRefused',
  ],
  [
    'whose change is refused',
    registry({ status: { conditions: [READY_CONDITION, condition('Stalled', 'True', 'DeploymentFailed')] } }),
    'problem Stalled: DeploymentFailed',
  ],
  [
    'that is on its way',
    registry({ status: { conditions: [READY_CONDITION, condition('Reconciling', 'True', 'RollingOut')] } }),
    'warning Reconciling: RollingOut',
  ],
  [
    'of which nobody has heard',
    registry({ status: { conditions: [READY_CONDITION, condition('SourceAvailable', 'Unknown', 'NotReported')] } }),
    'warning SourceAvailable: NotReported',
  ],
  [
    'that enforces an empty list',
    registry({ status: { conditions: [READY_CONDITION, condition('EnforcementActive', 'True', 'NoCatalog')] } }),
    'warning EnforcementActive: NoCatalog',
  ],
  [
    'that enforces nothing though it ought to',
    registry({ status: { conditions: [READY_CONDITION, condition('EnforcementActive', 'False', 'PoliciesOff')] } }),
    'problem EnforcementActive: PoliciesOff',
  ],
  [
    'without its image',
    registry({ facts: { pods: seen([pod('team-1', NO_IMAGE)]) } }),
    'problem pods: 0 of 1 pod ready; pod team-1: ImagePullBackOff: not found',
  ],
  [
    'with one pod of two',
    registry({ facts: { pods: seen([pod('team-1', READY), pod('team-2')]) } }),
    'warning pods: 1 of 2 pods ready; pod team-2: it is not ready',
  ],
  ['whose pods may not be seen', registry({ facts: { pods: HIDDEN } }), 'unknown pods: you may not list things'],
  [
    'with a source that fails',
    registry({ facts: { document: document({ state: 'failed', reason: 'Timeout', message: 'it took too long' }) } }),
    'problem source data: Timeout: it took too long',
  ],
  [
    'with a source that has not been read',
    registry({ facts: { document: document({ state: 'pending' }) } }),
    'warning source data: it has not been read yet',
  ],
  [
    'with entries that are not served',
    registry({ facts: { document: document({ counts: { served: 1, leftOut: 2 } }) } }),
    'warning source data: 2 of its entries cannot be served',
  ],
  [
    'that does not answer',
    registry({ facts: { document: { is: 'unseen', why: 'it does not answer within 5 s' } } }),
    'unknown sources: it does not answer within 5 s',
  ],
  [
    'whose ConfigMap is missing',
    registry({ facts: { configMaps: [{ path: 'spec.source.configmap.name', name: 'data', isThere: seen(false) }] } }),
    'problem ConfigMaps: spec.source.configmap.name names "data", which does not exist',
  ],
  [
    'whose Secret is missing',
    registry({ facts: { secrets: [{ path: 'spec.sources[0].auth.secretRef.name', name: 'login', isThere: seen(false) }] } }),
    'problem Secrets: spec.sources[0].auth.secretRef.name names "login", which does not exist',
  ],
  [
    'whose Secrets may not be seen',
    registry({ facts: { secrets: [{ path: 'x', name: 'login', isThere: HIDDEN }] } }),
    'unknown Secrets: you may not list things',
  ],
  [
    'whose internal port is hidden',
    registry({ facts: { networkPolicies: seen([policy]) } }),
    'problem internal port: NetworkPolicies keep the controller from port 8081, where it asks for the status: deny',
  ],
  [
    'whose NetworkPolicies may not be seen',
    registry({ facts: { networkPolicies: HIDDEN } }),
    'unknown internal port: you may not list things',
  ],
])('a registry %s', (_, facts, finding) => {
  expect(found(facts)).toContainEqual(expect.stringContaining(finding));
});

test('the status of a source replaces the conditions that follow from it, and of two with the same reason one is shown', () => {
  const conditions = [READY_CONDITION, condition('SourceAvailable', 'False', 'Timeout'), condition('SyncSuccessful', 'False', 'Timeout')];
  const failed = document({ state: 'failed', reason: 'Timeout', message: 'it took too long' });
  const problems = (facts: RegistryFacts): string[] => found(facts).filter((one) => one.startsWith('problem'));
  expect(problems(registry({ status: { conditions } }))).toEqual(['problem SourceAvailable: Timeout: it is Timeout']);
  expect(problems(registry({ status: { conditions }, facts: { document: failed } }))).toEqual([
    'problem source data: Timeout: it took too long',
  ]);
});

test('what is to be done about a reason is what its table says', () => {
  const facts = registry({ status: { conditions: [READY_CONDITION, condition('DataValid', 'False', 'DataInvalid')] } });
  const [, data] = checkRegistry(facts, { controllers: [], groups: [GROUP] });
  expect(data?.remedy).toContain('docs/formats.md has the rules');
});

test('a registry of the same name in the other group', () => {
  expect(found(registry(), [controller()], [GROUP, 'toolhive.stacklok.io'])[0]).toBe(
    'problem name: there is a registry team of group toolhive.stacklok.io as well; only one of them is served',
  );
});

test.each<[args: string[], isWatched: boolean]>([
  [[], true],
  [['--watch-namespaces=test,prod'], true],
  [['--watch-namespaces=test'], false],
])('a controller with %j watches its namespace: %s', (args, isWatched) => {
  const isReported = found(registry(), [controller(deployment(args))]).includes('problem controller: no controller watches namespace prod');
  expect(isReported).toBe(!isWatched);
});
