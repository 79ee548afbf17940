/** A container of a pod, reduced to what explains why it does not run. */
export interface ContainerStatus {
  readonly name: string;
  readonly ready?: boolean;
  /** Whether the startup probe has passed. */
  readonly started?: boolean;
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } };
  readonly lastState?: { readonly terminated?: { readonly exitCode: number; readonly reason?: string; readonly message?: string } };
}

/** A pod, reduced to what tells whether it serves, and why not. */
export interface PodState {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly status?: {
    readonly phase?: string;
    /** Why the pod as a whole has ended or is about to: `Evicted`, `NodeLost`. */
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

/** What keeps pods from serving until somebody fixes it: a reason for programs and a sentence for people. */
export interface Trouble {
  readonly reason: string;
  readonly message: string;
}

/**
 * Waiting reasons that persist until somebody fixes something, with the reason to report. Others, such as `ContainerCreating`, are transient. The kubelet
 * alternates between the two reasons of an image pull.
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

/** Prefix that the kubelet adds between two pull attempts; without removing it the message would change back and forth. */
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

/** What keeps the pod from serving, by its own status; undefined: nothing that needs fixing. */
export function troubleOf(pod: PodState): Trouble | undefined {
  return unscheduled(pod) ?? stuckContainer(pod) ?? nodeLost(pod) ?? evicted(pod);
}

/** No node accepts it; in the scheduler's words. */
export function unscheduled(pod: PodState): Trouble | undefined {
  const condition = pod.status?.conditions?.find((candidate) => candidate.type === 'PodScheduled' && candidate.status === 'False');
  return condition?.reason === 'Unschedulable' && !isLeaving(pod) ? troubleFrom('Unschedulable', condition.message) : undefined;
}

/** A container that waits until somebody fixes something, or crashes repeatedly. */
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

/** A container that exited more than once also counts between two exits: each restart would otherwise remove the reason from the status and add it back. */
function isCrashLooping({ ready, started, restartCount = 0, state, lastState }: ContainerStatus): boolean {
  if (state?.waiting?.reason === 'CrashLoopBackOff') return true;
  const failed = lastState?.terminated !== undefined && lastState.terminated.exitCode !== 0;
  return failed && restartCount > 1 && ready !== true && started !== true && state?.waiting === undefined;
}

/** How a container ended; the kubelet's own message only says how long it waits, and changes with each restart. */
function ending({ name, lastState, state }: ContainerStatus): string | undefined {
  const ended = lastState?.terminated;
  if (ended === undefined) return state?.waiting?.message;
  const how = `container ${name} ended with code ${ended.exitCode} (${ended.reason ?? 'Error'})`;
  return ended.message === undefined || ended.message.trim() === '' ? how : `${how}: ${ended.message.trim()}`;
}

/** The pod is being deleted, and stays until its node is back or is deleted. */
export function nodeLost({ status }: PodState): Trouble | undefined {
  return status?.reason === NODE_LOST ? troubleFrom(NODE_LOST, status.message ?? 'its node does not answer') : undefined;
}

/** The pod has ended; another one replaces it, and its report counts first. */
export function evicted({ status }: PodState): Trouble | undefined {
  return status?.phase === 'Failed' && status.reason === 'Evicted' ? troubleFrom('Evicted', status.message) : undefined;
}

/** A reason with its message. */
export function troubleFrom(reason: string, message: string | undefined): Trouble {
  return { reason, message: message === undefined || message === '' ? reason : `${reason}: ${message}` };
}
