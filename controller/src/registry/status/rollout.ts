import type { Observation } from './observation.ts';
import type { Draft } from './sync-conditions.ts';

type Deployment = Observation['deployment'];

/** Counts of a Deployment's pods. */
export interface Replicas {
  readonly wanted: number;
  readonly available: number;
  /** Pods that run the current template. */
  readonly updated: number;
  readonly all: number;
}

/** The pod counts of the Deployment's status. */
export function replicasOf(deployment: Deployment): Replicas {
  const { replicas: all = 0, availableReplicas: available = 0, updatedReplicas: updated = 0 } = deployment?.status ?? {};
  return { wanted: deployment?.spec.replicas ?? 1, available, updated, all };
}

/** Why the Deployment is stuck, if it is: from its own conditions, or the reason why pods cannot be created. */
export function stallOf({
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

/** The refusal of a pod, without its name, which changes with each attempt. */
export function withoutPodName(refusal: string): string {
  return refusal.replace(/^pods "[^"]*" is forbidden/, 'pods are forbidden');
}

/** A message with its explanations, as far as they add something. */
export function explained(message: string, why: readonly (string | undefined)[]): string {
  const news = [...new Set(why)].filter((part) => part !== undefined && part !== '' && part !== message);
  return news.length === 0 ? message : `${message.replace(/\.$/, '')}: ${news.join('; ')}`;
}

/** Whether the Deployment has exactly the wanted pods, all of the newest template. */
export function isComplete(deployment: NonNullable<Deployment>): boolean {
  return distanceOf(deployment) === undefined;
}

/** How far a served registry's pods are from the wanted ones, and what blocks them; undefined: complete. */
export function progressOf(seen: Observation): Pick<Draft, 'reason' | 'message'> | undefined {
  const distance = distanceOf(seen.deployment);
  if (distance === undefined) return undefined;
  return { reason: seen.trouble?.reason ?? 'RollingOut', message: explained(distance, [seen.trouble?.message]) };
}

/** Whether the Deployment controller has seen the last change; otherwise its status is about an earlier one. */
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
