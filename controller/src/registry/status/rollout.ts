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

/** Why the Deployment gets no further, if it does not: as its own conditions say, or in the words for pods that cannot be made. */
export function stuckOf({
  deployment,
  trouble,
}: Pick<Observation, 'deployment' | 'trouble'>): Pick<Draft, 'reason' | 'message'> | undefined {
  if (!isObserved(deployment)) return undefined;
  const condition = deployment?.status?.conditions?.find(
    ({ type, status }) => (type === 'Progressing' && status === 'False') || (type === 'ReplicaFailure' && status === 'True'),
  );
  if (condition === undefined) return undefined;
  const { type, reason = 'DeploymentFailed', message = 'The Deployment makes no progress' } = condition;
  return type === 'ReplicaFailure' ? { reason: trouble?.reason ?? reason, message: withoutPodName(message) } : { reason, message };
}

/** The refusal of a pod, without its name: each attempt is made under another. */
export function withoutPodName(refusal: string): string {
  return refusal.replace(/^pods "[^"]*" is forbidden/, 'pods are forbidden');
}

/** A sentence, and what explains it, as far as that says something new. */
export function explained(message: string, why: readonly (string | undefined)[]): string {
  const news = [...new Set(why)].filter((part) => part !== undefined && part !== '' && part !== message);
  return news.length === 0 ? message : `${message.replace(/\.$/, '')}: ${news.join('; ')}`;
}

/** Whether the Deployment has all the pods that it wants, of the newest template, and no others. */
export function isComplete(deployment: NonNullable<Deployment>): boolean {
  return distanceOf(deployment) === undefined;
}

/** How far the pods of a registry that is served are from those that are wanted, and what holds them up; undefined: they are there. */
export function progressOf(seen: Observation): Pick<Draft, 'reason' | 'message'> | undefined {
  const distance = distanceOf(seen.deployment);
  if (distance === undefined) return undefined;
  return { reason: seen.trouble?.reason ?? 'RollingOut', message: explained(distance, [seen.trouble?.message]) };
}

/** Whether the Deployment's controller has seen its last change: what it says is of an earlier one otherwise. */
export function isObserved(deployment: Deployment): boolean {
  return (deployment?.status?.observedGeneration ?? 0) >= (deployment?.metadata.generation ?? 0);
}

function distanceOf(deployment: Deployment): string | undefined {
  const { wanted, available, updated, all } = replicasOf(deployment);
  if (!isObserved(deployment)) return 'The Deployment has not acted upon its last change yet';
  if (updated < Math.max(all, wanted)) return `${updated} of ${Math.max(all, wanted)} pods run the wanted template`;
  if (available < wanted) return `${available} of ${wanted} pods are available`;
  return all > wanted ? `${wanted} of ${all} pods are wanted` : undefined;
}
