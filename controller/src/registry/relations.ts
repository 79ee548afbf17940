import { labels } from '@toolhive-registry/api';
import { formatKey, keyOf, type Informer, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import type { PodObject } from '../pods/pod.ts';
import { BY_DEPLOYMENT, BY_REGISTRY, BY_SOURCE, registryOfPod, type Informers } from './informers.ts';
import type { RegistryObject } from './resource.ts';
import { servingObjects } from './serving.ts';

/** Finds the registries whose sources read a ConfigMap. */
export function registriesReading(registries: Informer<RegistryObject>): (configMap: KubeObject) => ObjectKey[] {
  return ({ metadata: { namespace = '', name } }) => registries.store.byIndex(BY_SOURCE, `${namespace}/${name}`).map(keyOf);
}

export function podRegistry(pod: KubeObject): ObjectKey[] {
  return registryOfPod(pod).map((name) => ({ namespace: pod.metadata.namespace ?? '', name }));
}

/**
 * The pods of a registry: those created by ReplicaSets of its Deployment, provided that it owns the Deployment, and not its namesake in the other group. Labels
 * and names alone prove nothing. If ReplicaSets may not be watched, names have to do.
 */
export function podsOf(registry: RegistryObject, informers: Informers): readonly PodObject[] {
  const { deployment } = servingObjects(registry, informers);
  if (deployment === undefined) return [];
  const key = keyOf(registry);
  const pods = informers.pods.store.byIndex(BY_REGISTRY, formatKey(key));
  const { replicaSets } = informers;
  if (replicaSets.accessError(key.namespace) !== undefined) return pods;
  const sets = new Set(replicaSets.store.byIndex(BY_DEPLOYMENT, deployment.metadata.uid ?? '').map(({ metadata }) => metadata.uid));
  return pods.filter(({ metadata }) => metadata.ownerReferences?.some(({ controller, uid }) => controller && sets.has(uid)));
}

/** The registries, of either group, with the name for which an object was created. */
export function namedRegistry({ metadata }: KubeObject): ObjectKey[] {
  const name = metadata.labels?.[labels.registryName] ?? '';
  return name === '' ? [] : [{ namespace: metadata.namespace ?? '', name }];
}
