import { factsOf, statusDocument } from '../../pods/testing.ts';
import type { DeploymentObject } from '../render/deployment.ts';
import type { Observation } from './observation.ts';

/** For tests: a Deployment of generation 1; `wanted` undefined leaves the replicas open. */
export function deployment(
  wanted: number | undefined,
  status: DeploymentObject['status'],
  conditions?: NonNullable<DeploymentObject['status']>['conditions'],
): DeploymentObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a-api', namespace: 'team', generation: 1 },
    spec: wanted === undefined ? {} : { replicas: wanted },
    status: { observedGeneration: 1, ...status, ...(conditions === undefined ? {} : { conditions }) },
  };
}

/** For tests: all `count` wanted pods exist and are available. */
export function complete(count: number): DeploymentObject {
  return deployment(count, { replicas: count, updatedReplicas: count, readyReplicas: count, availableReplicas: count });
}

/** For tests: registry `a` in namespace `team`, generation 7, without problems or reports. */
export function observation(fields: Partial<Observation> = {}): Observation {
  return {
    name: 'a',
    namespace: 'team',
    generation: 7,
    deleting: false,
    hasService: true,
    enforces: false,
    issues: [],
    missing: [],
    facts: [],
    clusterDomain: 'cluster.local',
    ...fields,
  };
}

/** For tests: external values that are longer, larger and odder than the CRD allows. */
export function outOfBounds(): Observation {
  const long = 'x'.repeat(40_000);
  const conditions = statusDocument().conditions.map(({ type }) => ({ type, status: 'False' as const, reason: 'is odd', message: long }));
  const counts = { serverCount: 2 ** 40, deployedServerCount: 2 ** 40, snapshotHash: long, lastSyncTrigger: long };
  return observation({
    deployment: deployment(1, {}, [{ type: 'ReplicaFailure', status: 'True', reason: '', message: long }]),
    failure: { reason: 'DeploymentFailed', message: long, podTemplate: true, transient: false },
    facts: factsOf(statusDocument({ ...counts, conditions })),
  });
}
