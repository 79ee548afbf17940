import type { InformerEvent, KubeObject, ReadableStore } from '@toolhive-registry/reconciler';
import type { PodObject } from '../pods/pod.ts';
import { BY_DEPLOYMENT } from './informers.ts';

/** Incremented by the Deployment controller with each new template. */
const REVISION = 'deployment.kubernetes.io/revision';

/** The pods of a Deployment's newest ReplicaSet. All pods while that is unknown: an old one's explanation is better than none. */
export function newestPods(
  deployment: KubeObject,
  pods: readonly PodObject[],
  replicaSets: Pick<ReadableStore<KubeObject>, 'byIndex'>,
): readonly PodObject[] {
  const sets = replicaSets.byIndex(BY_DEPLOYMENT, deployment.metadata.uid ?? '');
  const newest = sets.toSorted((a, b) => revisionOf(a) - revisionOf(b)).at(-1);
  if (newest === undefined) return pods;
  return pods.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === newest.metadata.uid));
}

/** A ReplicaSet appears, disappears, or becomes the newest again, as after a rollback. */
export function revisionChanged(event: InformerEvent<KubeObject>): boolean {
  return event.type !== 'update' || revisionOf(event.old) !== revisionOf(event.object);
}

function revisionOf({ metadata: { annotations } }: KubeObject): number {
  return Number(annotations?.[REVISION] ?? 0);
}
