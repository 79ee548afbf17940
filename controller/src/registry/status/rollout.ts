import type { Observation } from './observation.ts';
import type { Draft } from './sync-conditions.ts';

type Deployment = Observation['deployment'];

/** Counts of a Deployment's pods. */
export interface Replicas {
  readonly wanted: number;
  readonly available: number;
  /** Those that run the template of now. */
  readonly updated: number;
  readonly all: number;
}

/** What the Deployment says of its pods; nobody knows better. */
export function replicasOf(deployment: Deployment): Replicas {
  const { replicas: all = 0, availableReplicas: available = 0, updatedReplicas: updated = 0 } = deployment?.status ?? {};
  return { wanted: deployment?.spec.replicas ?? 1, available, updated, all };
}

/** The condition that says that the Deployment gets no further. */
export function stuckCondition(deployment: Deployment): { readonly reason?: string; readonly message?: string } | undefined {
  return deployment?.status?.conditions?.find(
    ({ type, status }) => (type === 'Progressing' && status === 'False') || (type === 'ReplicaFailure' && status === 'True'),
  );
}

/** How far the pods of a registry that is served are from those that are wanted, and what holds them up; undefined: they are there. */
export function progressOf(seen: Observation): Pick<Draft, 'reason' | 'message'> | undefined {
  const distance = distanceOf(seen.deployment);
  if (distance === undefined) return undefined;
  const why = [stuckCondition(seen.deployment)?.message, seen.podFailure].flatMap((part) => part ?? []);
  return { reason: 'RollingOut', message: [distance, ...why].join('; ') };
}

function distanceOf(deployment: Deployment): string | undefined {
  const { wanted, available, updated, all } = replicasOf(deployment);
  if ((deployment?.status?.observedGeneration ?? 0) < (deployment?.metadata.generation ?? 0))
    return 'The Deployment has not acted upon its last change yet';
  if (updated < Math.max(all, wanted)) return `${updated} of ${Math.max(all, wanted)} pods run the wanted template`;
  if (available < wanted) return `${available} of ${wanted} pods are available`;
  return all > wanted ? `${wanted} of ${all} pods are wanted` : undefined;
}
