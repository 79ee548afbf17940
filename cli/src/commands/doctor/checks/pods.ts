import { isLeaving, isReady, troubleOf, type PodState, type Trouble } from '@toolhive-registry/api/pods';

/** What is wrong with pods. */
export interface PodTrouble extends Trouble {
  readonly pod: string;
}

/** Pods that count: those that are not on their way out. One that was evicted says why. */
export function present<P extends PodState>(pods: readonly P[]): P[] {
  return pods.filter((pod) => !isLeaving(pod) || troubleOf(pod) !== undefined);
}

/** The first trouble of pods, by name; of one that is not ready and says nothing, that. */
export function firstTrouble(pods: readonly PodState[]): PodTrouble | undefined {
  const unready = present(pods)
    .filter((pod) => !isReady(pod))
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  for (const pod of unready) {
    const trouble = troubleOf(pod);
    if (trouble !== undefined) return { ...trouble, pod: pod.metadata.name };
  }
  const [first] = unready;
  return first === undefined ? undefined : { reason: 'NotReady', message: 'it is not ready', pod: first.metadata.name };
}

/** What to do about what is wrong with a pod, or with what it is made from. */
const REMEDIES: Readonly<Record<string, string>> = {
  Unschedulable: 'make room on a node, or correct node selectors, tolerations and resources',
  ImagePullBackOff:
    'bring the image to the nodes or to a registry that they pull from, or correct its name; a private one takes imagePullSecrets',
  ErrImageNeverPull: 'bring the image to the nodes, or let it be pulled',
  InvalidImageName: 'correct the name of the image',
  CreateContainerConfigError: 'create the Secret, ConfigMap or key that the message names, or correct the security context',
  CreateContainerError: 'correct what the message names',
  RunContainerError: 'correct what the message names',
  NodeLost: 'check what happened to the node: kubectl get nodes',
  Evicted: 'see what the node was short of, and make room',
};

/** What to do about a trouble; `kubectl` commands are for the pod. */
export function podRemedy({ reason, pod }: PodTrouble, namespace: string): string {
  if (reason === 'CrashLoopBackOff') return `see its last output: kubectl logs ${pod} --namespace ${namespace} --previous`;
  return REMEDIES[reason] ?? `see its Events: kubectl describe pod ${pod} --namespace ${namespace}`;
}
