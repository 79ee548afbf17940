import type { RegistryStatusDocument } from '@toolhive-registry/api';
import type { DeploymentObject } from '../render/deployment.ts';
import type { Observation } from './observation.ts';
import type { PodFacts } from './sync-conditions.ts';

/** For tests: what a registry server with 3 servers reports when all is well. */
export function statusDocument(fields: Partial<RegistryStatusDocument> = {}): RegistryStatusDocument {
  return {
    lastSync: null,
    registry: { name: 'a', namespace: 'team' },
    ready: true,
    serverCount: 3,
    deployedServerCount: 0,
    snapshotHash: 'hash-3',
    lastChangeTime: '2025-10-22T08:32:38.120Z',
    syncing: false,
    lastSyncTrigger: null,
    sources: [],
    files: {},
    conditions: [
      { type: 'SourceAvailable', status: 'True', reason: 'SourceFound', message: 'every source can be read' },
      { type: 'DataValid', status: 'True', reason: 'DataValid', message: 'the data of every source are valid' },
      { type: 'SyncSuccessful', status: 'True', reason: 'SyncSuccessful', message: 'the last sync read every source' },
    ],
    ...fields,
  };
}

/** For tests: a document in which one condition is another. */
export function withCondition(
  type: 'SourceAvailable' | 'DataValid' | 'SyncSuccessful',
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message: string,
): RegistryStatusDocument {
  const conditions = statusDocument().conditions.map((condition) =>
    condition.type === type ? { type, status, reason, message } : condition,
  );
  return statusDocument({ conditions });
}

/** For tests: what pods called `one`, `two` … report. */
export function factsOf(...documents: RegistryStatusDocument[]): PodFacts[] {
  const names = ['one', 'two', 'three'];
  return documents.map((document, index) => ({ pod: names[index] ?? String(index), document }));
}

/** For tests: a Deployment of generation 1; `wanted` undefined leaves the number open. */
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

/** For tests: all of `count` wanted pods are there and available. */
export function complete(count: number): DeploymentObject {
  return deployment(count, { replicas: count, updatedReplicas: count, readyReplicas: count, availableReplicas: count });
}

/** For tests: registry `a` in namespace `team`, generation 7, with nothing wrong and nothing known. */
export function observation(fields: Partial<Observation> = {}): Observation {
  return {
    name: 'a',
    namespace: 'team',
    generation: 7,
    deleting: false,
    hasService: true,
    issues: [],
    missing: [],
    facts: [],
    clusterDomain: 'cluster.local',
    ...fields,
  };
}

/** For tests: everything that comes from elsewhere is longer, larger and odder than the CRD allows. */
export function outOfBounds(): Observation {
  const long = 'x'.repeat(40_000);
  const conditions = statusDocument().conditions.map(({ type }) => ({ type, status: 'False' as const, reason: 'is odd', message: long }));
  const counts = { serverCount: 2 ** 40, deployedServerCount: 2 ** 40, snapshotHash: long, lastSyncTrigger: long };
  return observation({
    deployment: deployment(1, {}, [{ type: 'ReplicaFailure', status: 'True', reason: '', message: long }]),
    failure: { reason: 'DeploymentFailed', message: long, podTemplate: true, passing: false },
    facts: factsOf(statusDocument({ ...counts, conditions })),
  });
}
