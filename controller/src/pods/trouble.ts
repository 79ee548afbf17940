import { evicted, isLeaving, isReady, nodeLost, stuckContainer, told, unscheduled, type Trouble } from '@toolhive-registry/api/pods';
import { notReadyBecause, type PodFacts } from './facts.ts';
import type { PodObject } from './pod.ts';
import type { PodWarning } from './warnings.ts';

/** What is known of pods besides what they are. */
export interface PodEvidence {
  /** What pods report, ready or not. */
  readonly facts: readonly PodFacts[];
  /** The last Event about a pod, by the pod's uid, where it is a warning and nothing else tells why the pod is not ready. */
  readonly warnings: ReadonlyMap<string, PodWarning>;
}

/**
 * What keeps these pods from serving: of the first, by name, of which something is known, `pod NAME: …`. Those of one template should be given, the
 * newest: what becomes of others matters to nobody any more. Undefined: nothing that somebody has to mend.
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

/** It runs and can be asked, and has nothing to serve: what its `/readiness` says. */
function notServing(pod: PodObject, { facts }: PodEvidence): Trouble | undefined {
  if (isLeaving(pod)) return undefined;
  const own = facts.find(({ pod: name }) => name === pod.metadata.name);
  const why = own === undefined ? undefined : notReadyBecause(own.document);
  return why === undefined ? undefined : { reason: 'PodNotReady', message: `not ready: ${why}` };
}

/** What only Events tell, such as a volume that cannot be mounted, or a probe that is not answered. */
function warned(pod: PodObject, { warnings }: PodEvidence): Trouble | undefined {
  const warning = isLeaving(pod) ? undefined : warnings.get(pod.metadata.uid ?? '');
  return warning === undefined ? undefined : told(warning.reason, warning.message);
}
