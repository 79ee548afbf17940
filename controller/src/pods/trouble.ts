import { evicted, isLeaving, isReady, nodeLost, stuckContainer, troubleFrom, unscheduled, type Trouble } from '@toolhive-registry/api/pods';
import { notReadyBecause, type PodFacts } from './facts.ts';
import type { PodObject } from './pod.ts';
import type { PodWarning } from './warnings.ts';

/** What is known about pods besides their objects. */
export interface PodEvidence {
  /** Reports of pods, ready or not. */
  readonly facts: readonly PodFacts[];
  /** The last Event about a pod, by the pod's UID, if it is a warning and nothing else explains why the pod is not ready. */
  readonly warnings: ReadonlyMap<string, PodWarning>;
}

/**
 * What keeps these pods from serving: `pod NAME: …` for the first one by name with a known cause. Pass the pods of the newest template: what becomes of others
 * does not matter any more. Undefined: nothing that needs somebody's attention.
 */
export function podTrouble(pods: readonly PodObject[], evidence: PodEvidence): Trouble | undefined {
  const unready = pods.filter((pod) => !isReady(pod)).toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const causes = [unscheduled, stuckContainer, nodeLost, notServing, warned, evicted];
  for (const cause of causes) {
    for (const pod of unready) {
      const why = cause(pod, evidence);
      if (why !== undefined) return { ...why, message: `pod ${pod.metadata.name}: ${why.message}` };
    }
  }
  return undefined;
}

/** It runs and answers, but has nothing to serve; in the words of its `/readiness`. */
function notServing(pod: PodObject, { facts }: PodEvidence): Trouble | undefined {
  if (isLeaving(pod)) return undefined;
  const own = facts.find(({ pod: name }) => name === pod.metadata.name);
  const why = own === undefined ? undefined : notReadyBecause(own.document);
  return why === undefined ? undefined : { reason: 'PodNotReady', message: `not ready: ${why}` };
}

/** Causes that only Events name, such as a volume that cannot be mounted, or a failing probe. */
function warned(pod: PodObject, { warnings }: PodEvidence): Trouble | undefined {
  const warning = isLeaving(pod) ? undefined : warnings.get(pod.metadata.uid ?? '');
  return warning === undefined ? undefined : troubleFrom(warning.reason, warning.message);
}
