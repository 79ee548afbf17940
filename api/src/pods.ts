/** A container of a pod as far as it tells why it does not run. */
export interface ContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  /** The startup probe has passed. */
  readonly started?: boolean;
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
  readonly lastState?: { readonly terminated?: { readonly exitCode: number; readonly reason?: string; readonly message?: string } };
}

/** A pod as far as it tells whether it serves, and why not. */
export interface PodState {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly status?: {
    readonly phase?: string;
    /** Why the pod as a whole is over, or is to be: `Evicted`, `NodeLost`. */
    readonly reason?: string;
    readonly message?: string;
    readonly podIP?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** What keeps pods from serving, as far as somebody has to mend it: a word for programs and a sentence for people. */
export interface Trouble {
  readonly reason: string;
  readonly message: string;
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

/** Whether the pod is being deleted, or has ended. */
export function isLeaving({ metadata, status }: PodState): boolean {
  return metadata.deletionTimestamp !== undefined || status?.phase === 'Failed' || status?.phase === 'Succeeded';
}

/** Whether requests are sent to the pod. */
export function isReady({ status }: PodState): boolean {
  return status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') === true;
}

/** What the pod itself says that keeps it from serving; undefined: nothing that somebody has to mend. */
export function troubleOf(pod: PodState): Trouble | undefined {
  return unscheduled(pod) ?? stuckContainer(pod) ?? nodeLost(pod) ?? evicted(pod);
}

/** No node takes it; the scheduler's words. */
export function unscheduled(pod: PodState): Trouble | undefined {
  const condition = pod.status?.conditions?.find((candidate) => candidate.type === 'PodScheduled' && candidate.status === 'False');
  return condition?.reason === 'Unschedulable' && !isLeaving(pod) ? troubleFrom('Unschedulable', condition.message) : undefined;
}

/** A container that waits for somebody, or ends again and again. */
export function stuckContainer(pod: PodState): Trouble | undefined {
  if (isLeaving(pod)) return undefined;
  for (const container of [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]) {
    if (isCrashLooping(container)) return troubleFrom('CrashLoopBackOff', ending(container));
    const { reason = '', message } = container.state?.waiting ?? {};
    const word = STUCK[reason];
    if (word !== undefined) return troubleFrom(word, message?.replace(BACK_OFF, ''));
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
export function nodeLost({ status }: PodState): Trouble | undefined {
  return status?.reason === NODE_LOST ? troubleFrom(NODE_LOST, status.message ?? 'its node does not answer') : undefined;
}

/** The pod is over; another one takes its place, and is to be heard first. */
export function evicted({ status }: PodState): Trouble | undefined {
  return status?.phase === 'Failed' && status.reason === 'Evicted' ? troubleFrom('Evicted', status.message) : undefined;
}

/** A reason with what is said of it. */
export function troubleFrom(reason: string, message: string | undefined): Trouble {
  return { reason, message: message === undefined || message === '' ? reason : `${reason}: ${message}` };
}
