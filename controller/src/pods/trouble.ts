import { notReadyBecause, type PodFacts } from './facts.ts';
import { isLeaving, isReady, type ContainerStatus, type PodObject } from './pod.ts';
import type { PodWarning } from './warnings.ts';

/** What keeps pods from serving, as far as somebody has to mend it: a word for programs and a sentence for people. */
export interface Trouble {
  readonly reason: string;
  readonly message: string;
}

/** What is known of pods besides what they are. */
export interface PodEvidence {
  /** What pods report, ready or not. */
  readonly facts: readonly PodFacts[];
  /** The last Event about a pod, by the pod's uid, where it is a warning and nothing else tells why the pod is not ready. */
  readonly warnings: ReadonlyMap<string, PodWarning>;
}

/**
 * Reasons for which a container waits until somebody mends something, with the one word that is told. Others, such as `ContainerCreating`, pass. The
 * kubelet goes back and forth between the two words of a pull.
 */
const STUCK: Readonly<Record<string, string>> = {
  CrashLoopBackOff: 'CrashLoopBackOff',
  ImagePullBackOff: 'ImagePullBackOff',
  ErrImagePull: 'ImagePullBackOff',
  ErrImageNeverPull: 'ErrImageNeverPull',
  InvalidImageName: 'InvalidImageName',
  CreateContainerConfigError: 'CreateContainerConfigError',
  CreateContainerError: 'CreateContainerError',
  RunContainerError: 'RunContainerError',
};

/** Between two attempts to pull an image the kubelet puts this before what it says after one; the words would come and go with each. */
const BACK_OFF = /^Back-off pulling image "[^"]*": ErrImagePull: /;

/** A pod whose node does not answer (node lifecycle controller). */
const NODE_LOST = 'NodeLost';

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

function unscheduled(pod: PodObject): Trouble | undefined {
  const condition = pod.status?.conditions?.find((candidate) => candidate.type === 'PodScheduled' && candidate.status === 'False');
  return condition?.reason === 'Unschedulable' && !isLeaving(pod) ? told('Unschedulable', condition.message) : undefined;
}

function stuckContainer(pod: PodObject): Trouble | undefined {
  if (isLeaving(pod)) return undefined;
  for (const container of [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]) {
    if (isCrashLooping(container)) return told('CrashLoopBackOff', ending(container));
    const { reason = '', message } = container.state?.waiting ?? {};
    const word = STUCK[reason];
    if (word !== undefined) return told(word, message?.replace(BACK_OFF, ''));
  }
  return undefined;
}

/** One that ended more than once counts between two ends as well: each restart would otherwise take the words out of the status and back in. */
function isCrashLooping({ ready, started, restartCount = 0, state, lastState }: ContainerStatus): boolean {
  if (state?.waiting?.reason === 'CrashLoopBackOff') return true;
  const failed = lastState?.terminated !== undefined && lastState.terminated.exitCode !== 0;
  return failed && restartCount > 1 && ready !== true && started !== true && state?.waiting === undefined;
}

/** How a container ended; the kubelet's own words are only of how long it waits, and change with each restart. */
function ending({ name, lastState, state }: ContainerStatus): string | undefined {
  const ended = lastState?.terminated;
  if (ended === undefined) return state?.waiting?.message;
  const how = `container ${name} ended with code ${ended.exitCode} (${ended.reason ?? 'Error'})`;
  return ended.message === undefined || ended.message.trim() === '' ? how : `${how}: ${ended.message.trim()}`;
}

/** On its way out, and not to be gone before its node is back or is deleted. */
function nodeLost({ status }: PodObject): Trouble | undefined {
  return status?.reason === NODE_LOST ? told(NODE_LOST, status.message ?? 'its node does not answer') : undefined;
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

/** The pod is over; another one takes its place, and is to be heard first. */
function evicted({ status }: PodObject): Trouble | undefined {
  return status?.phase === 'Failed' && status.reason === 'Evicted' ? told('Evicted', status.message) : undefined;
}

function told(reason: string, message: string | undefined): Trouble {
  return { reason, message: message === undefined || message === '' ? reason : `${reason}: ${message}` };
}
