import { isReady, type ContainerStatus, type PodObject } from './pod.ts';

/** Reasons for which a container waits until somebody mends something. Others, such as `ContainerCreating`, pass. */
const STUCK: readonly string[] = [
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
];

/** What keeps the first of these pods, by name, from running: `pod NAME: REASON: message`. Undefined: nothing that the cluster tells of. */
export function podFailure(pods: readonly PodObject[]): string | undefined {
  const candidates = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined && !isReady(pod));
  for (const pod of candidates.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))) {
    const why = unscheduled(pod) ?? stuckContainer(pod);
    if (why !== undefined) return `pod ${pod.metadata.name}: ${why}`;
  }
  return undefined;
}

function unscheduled({ status }: PodObject): string | undefined {
  const condition = status?.conditions?.find((candidate) => candidate.type === 'PodScheduled' && candidate.status === 'False');
  return condition?.reason === 'Unschedulable' ? told(condition.reason, condition.message) : undefined;
}

function stuckContainer({ status }: PodObject): string | undefined {
  for (const container of [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]) {
    if (isCrashLooping(container)) return told('CrashLoopBackOff', ending(container));
    const { reason = '', message } = container.state?.waiting ?? {};
    if (STUCK.includes(reason)) return told(reason, message);
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
  return told(`container ${name} ended with code ${ended.exitCode} (${ended.reason ?? 'Error'})`, ended.message?.trim());
}

function told(reason: string, message: string | undefined): string {
  return message === undefined || message === '' ? reason : `${reason}: ${message}`;
}
