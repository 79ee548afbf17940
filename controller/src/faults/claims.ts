import type { Condition, MCPRegistryStatus } from '@toolhive-registry/api';
import { statusOf, type Facts, type PodFact } from './facts.ts';

/** A claim that a status makes. */
export interface Claim {
  readonly name: string;
  /** The status's words, for a report; undefined: it makes no such claim. */
  readonly said: (status: MCPRegistryStatus, generation: number) => string | undefined;
  /** Whether the claim is true at one moment. */
  readonly isTrue: (status: MCPRegistryStatus, facts: Facts) => boolean;
}

function conditionOf(status: MCPRegistryStatus, type: string): Condition | undefined {
  return status.conditions?.find((condition) => condition.type === type);
}

function ready(facts: Facts): readonly PodFact[] {
  return facts.pods.filter(({ isReady }) => isReady);
}

/** Ready pods with a catalog, whose counts are the registry's. Pods that are not ready may have one, too. */
function serving(facts: Facts): readonly PodFact[] {
  return facts.pods.filter(({ document }) => document.ready);
}

/** The pod counts of the Deployment controller, the API's own authority on pods. */
function counted(facts: Facts, field: string): number {
  return Number(facts.deployment?.['status']?.[field] ?? 0);
}

/**
 * What docs/operations.md promises for each field, as questions to the pods and the API server. Written from that page, without sharing code with the
 * controller, which would agree with itself.
 */
export const CLAIMS: readonly Claim[] = [
  {
    name: 'Ready=True: a pod is available behind the Service',
    said: (status) => (conditionOf(status, 'Ready')?.status === 'True' ? 'True' : undefined),
    isTrue: (_, facts) => facts.hasService && (counted(facts, 'availableReplicas') > 0 || ready(facts).length > 0),
  },
  {
    name: 'Ready=False: no pod is available behind the Service',
    said: (status) => (conditionOf(status, 'Ready')?.status === 'False' ? conditionOf(status, 'Ready')?.reason : undefined),
    isTrue: (_, facts) =>
      !facts.hasService ||
      counted(facts, 'availableReplicas') === 0 ||
      ready(facts).length === 0 ||
      facts.registry?.metadata.deletionTimestamp !== undefined,
  },
  {
    name: 'phase and url go with Ready',
    said: ({ phase, url = '' }) => `${phase ?? 'none'}, url "${url}"`,
    isTrue: (status) => {
      const isReady = conditionOf(status, 'Ready')?.status === 'True';
      return (status.phase === 'Running') === isReady && (status.url !== undefined && status.url !== '') === isReady;
    },
  },
  {
    name: 'url: where the Ingress leads, or inside the cluster',
    said: ({ url = '' }) => (url === '' ? undefined : url),
    isTrue: ({ url = '' }, { exposedAt }) =>
      url.includes('.svc.') ? exposedAt === undefined : url.replace(/^https?:\/\//, '') === exposedAt,
  },
  {
    name: 'readyReplicas',
    said: ({ readyReplicas = 0 }) => String(readyReplicas),
    isTrue: ({ readyReplicas = 0 }, facts) => counted(facts, 'readyReplicas') === readyReplicas,
  },
  {
    name: 'replicas',
    said: ({ replicas = 0 }) => String(replicas),
    isTrue: ({ replicas = 0 }, facts) => counted(facts, 'replicas') === replicas,
  },
  {
    name: 'serverCount: what a pod with a catalog reports',
    said: ({ serverCount }) => (serverCount === undefined ? undefined : String(serverCount)),
    isTrue: ({ serverCount }, facts) => isOfPods(facts, ({ document }) => document.serverCount === serverCount),
  },
  {
    name: 'lastSyncHash: that of a pod with a catalog',
    said: ({ lastSyncHash }) => lastSyncHash?.slice(0, 8),
    isTrue: ({ lastSyncHash }, facts) => isOfPods(facts, ({ document }) => document.snapshotHash === lastSyncHash),
  },
  {
    name: 'lastManualSyncTrigger: what a pod with a catalog has carried out',
    said: ({ lastManualSyncTrigger }) => lastManualSyncTrigger,
    isTrue: ({ lastManualSyncTrigger }, facts) => isOfPods(facts, ({ document }) => document.lastSyncTrigger === lastManualSyncTrigger),
  },
  ...(['SourceAvailable', 'DataValid', 'SyncSuccessful'] as const).map((type): Claim => ({
    name: `${type}: as all pods say`,
    said: (status) => conditionOf(status, type)?.status,
    isTrue: (status, facts) => {
      const said = conditionOf(status, type)?.status;
      const pods = ready(facts).length > 0 ? ready(facts) : facts.pods;
      const words = pods.map(({ document }) => document.conditions.find((condition) => condition.type === type)?.status ?? 'Unknown');
      if (said === 'True') return words.length > 0 && words.every((word) => word === 'True');
      if (said === 'False') return words.includes('False') || (type !== 'DataValid' && facts.missing.length > 0);
      // No pod can be asked, or they disagree. A pod that was just asked may not have answered yet; in the end all reports are known.
      const isNew = conditionOf(statusOf(facts.registry) ?? {}, type)?.status !== 'Unknown';
      return isNew || ready(facts).length === 0 || words.some((word) => word !== 'True');
    },
  })),
  {
    name: 'EnforcementActive=True: the admission policies have it in their parameters',
    said: (status) => (conditionOf(status, 'EnforcementActive')?.status === 'True' ? 'True' : undefined),
    isTrue: (_, { registry, parameters }) =>
      ['enforce', 'audit'].some((mode) => parameters[mode]?.split(' ').includes(registry?.metadata.name ?? '') === true),
  },
  {
    name: 'observedGeneration: not ahead of the spec',
    said: ({ observedGeneration = 0 }) => String(observedGeneration),
    isTrue: ({ observedGeneration = 0 }, { registry }) => observedGeneration <= (registry?.metadata.generation ?? 0),
  },
  {
    name: 'done by kstatus: the pods that the spec asks for run',
    said: (status, generation) => (isCurrent(status, generation) ? 'Current' : undefined),
    isTrue: (_, facts) => {
      const { deployment } = facts;
      const wanted = Number(deployment?.['spec']?.replicas ?? 1);
      return (
        deployment?.['status']?.observedGeneration === deployment?.metadata.generation &&
        counted(facts, 'updatedReplicas') === wanted &&
        counted(facts, 'replicas') === wanted &&
        counted(facts, 'availableReplicas') === wanted
      );
    },
  },
  {
    name: 'phase Terminating: it is being deleted',
    said: ({ phase }) => (phase === 'Terminating' ? phase : undefined),
    isTrue: (_, { registry }) => registry?.metadata.deletionTimestamp !== undefined,
  },
];

/** Counts stay as they were while no pod with a catalog can be asked. */
function isOfPods(facts: Facts, isSo: (pod: PodFact) => boolean): boolean {
  return serving(facts).length === 0 || serving(facts).some(isSo);
}

/** What `kubectl wait`, Argo CD and Flux regard as done. */
function isCurrent(status: MCPRegistryStatus, generation: number): boolean {
  if (status.observedGeneration !== generation || conditionOf(status, 'Ready')?.status !== 'True') return false;
  return conditionOf(status, 'Reconciling')?.status !== 'True' && conditionOf(status, 'Stalled')?.status !== 'True';
}

/** Claims of the status in `facts` that were true at no moment of `window`. */
export function untrueClaims(facts: Facts, window: readonly Facts[]): { readonly claim: string; readonly said: string }[] {
  const status = statusOf(facts.registry);
  if (status === undefined) return [];
  const generation = facts.registry?.metadata.generation ?? 0;
  return CLAIMS.flatMap((claim) => {
    const said = claim.said(status, generation);
    if (said === undefined || window.some((moment) => claim.isTrue(status, moment))) return [];
    return [{ claim: claim.name, said }];
  });
}
