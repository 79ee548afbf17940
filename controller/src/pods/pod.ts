import { isLeaving, isReady, type ContainerStatus, type PodState } from '@toolhive-registry/api/pods';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { PolledPod } from './poller.ts';

/** A pod, reduced to the fields that we read. */
export type PodObject = KubeObject & PodState;

/** Drops the other fields: pods are large, and little of one matters here. */
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

/** Keeps the fields that are present; required ones stay required. */
function defined<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** A pod that can be asked for its status: it is running, has an address and is not being deleted. One that is not ready can say why. */
export function polledPod(pod: PodObject): PolledPod[] {
  const { uid, namespace = '', name } = pod.metadata;
  const ip = pod.status?.podIP;
  if (ip === undefined || uid === undefined || isLeaving(pod)) return [];
  return [{ uid, namespace, name, ip, ready: isReady(pod) }];
}

/** Names of the ready pods. */
export function readyNames(pods: readonly PodObject[]): string[] {
  return pods.filter((pod) => isReady(pod) && !isLeaving(pod)).map(({ metadata }) => metadata.name);
}
