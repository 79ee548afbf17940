import { annotations } from '@toolhive-registry/api/group';
import type { KubeObject } from '@toolhive-registry/reconciler/client';

/** Fields that the API server adds to every object, and those that tie it to one cluster. */
const SERVER_FIELDS = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink', 'ownerReferences'];
/** Annotations that say what is to be done once, that speak of what only one cluster has, or that others keep for themselves. */
const PASSING: readonly string[] = [
  'kubectl.kubernetes.io/last-applied-configuration',
  annotations.syncTrigger,
  annotations.syncSource,
  annotations.rollbackTo,
];

/** An object as it would be applied anywhere. */
export function cleaned<T extends KubeObject>(object: T): T {
  const { metadata, apiVersion, kind, ...rest } = object;
  const kept = Object.fromEntries(Object.entries(metadata).filter(([name]) => !SERVER_FIELDS.includes(name)));
  const lasting = Object.entries(metadata.annotations ?? {}).filter(([name]) => !PASSING.includes(name));
  const { annotations: _annotations, ...others } = kept;
  return {
    apiVersion,
    kind,
    metadata: { ...others, ...(lasting.length === 0 ? {} : { annotations: Object.fromEntries(lasting) }) },
    ...rest,
  } as unknown as T;
}
