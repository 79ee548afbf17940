import { isLeaving, isReady, type ContainerStatus, type PodState } from '@toolhive-registry/api/pods';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { PolledPod } from './poller.ts';

/** A pod as far as we read it. */
export type PodObject = KubeObject & PodState;

/** Pods are large, and little of one matters here. */
export function slimPod(pod: PodObject): PodObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp, labels, annotations, deletionTimestamp, ownerReferences } =
    pod.metadata;
  const { phase, reason, message, podIP, conditions, initContainerStatuses, containerStatuses } = pod.status ?? {};
  return {
    apiVersion: pod.apiVersion,
    kind: pod.kind,
    metadata: defined({
      name,
      namespace,
      uid,
      resourceVersion,
      creationTimestamp,
      labels,
      annotations,
      deletionTimestamp,
      ownerReferences,
    }),
    status: defined({
      phase,
      reason,
      message,
      podIP,
      conditions: conditions?.filter(({ type }) => type === 'Ready' || type === 'PodScheduled'),
      initContainerStatuses: initContainerStatuses?.map(slimContainer),
      containerStatuses: containerStatuses?.map(slimContainer),
    }),
  };
}

function slimContainer({ name, ready, started, restartCount, state, lastState }: ContainerStatus): ContainerStatus {
  return defined({
    name,
    ready,
    started,
    restartCount,
    state: state?.waiting === undefined ? undefined : { waiting: state.waiting },
    lastState: lastState?.terminated === undefined ? undefined : { terminated: lastState.terminated },
  });
}

/** The fields that are there; what is required stays required. */
function defined<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** A pod that can be asked for its status: it runs, has an address and is not on its way out. One that is not ready can say why. */
export function polledPod(pod: PodObject): PolledPod[] {
  const { uid, namespace = '', name } = pod.metadata;
  const ip = pod.status?.podIP;
  if (ip === undefined || uid === undefined || isLeaving(pod)) return [];
  return [{ uid, namespace, name, ip, ready: isReady(pod) }];
}

/** Names of the pods that requests are sent to. */
export function readyNames(pods: readonly PodObject[]): string[] {
  return pods.filter((pod) => isReady(pod) && !isLeaving(pod)).map(({ metadata }) => metadata.name);
}
