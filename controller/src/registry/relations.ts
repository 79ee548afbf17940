import { keyOf, type Informer, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import { BY_SOURCE, registryOfPod } from './informers.ts';
import type { RegistryObject } from './resource.ts';

/** Finds the registries whose sources need a ConfigMap. */
export function registriesReading(registries: Informer<RegistryObject>): (configMap: KubeObject) => ObjectKey[] {
  return ({ metadata: { namespace = '', name } }) => registries.store.byIndex(BY_SOURCE, `${namespace}/${name}`).map(keyOf);
}

/** The registry that a pod serves. */
export function podRegistry(pod: KubeObject): ObjectKey[] {
  return registryOfPod(pod).map((name) => ({ namespace: pod.metadata.namespace ?? '', name }));
}
