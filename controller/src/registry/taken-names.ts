import { configMapReferences, issue, labels, names, registryOfConfigMap, type Issue, type MCPRegistry } from '@toolhive-registry/api';
import { ownerKeys, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import { MANAGED_BY } from './render/labels.ts';
import { REGISTRY_KINDS } from './resource.ts';

/** What there is in the registry's namespace. */
export interface Neighbors {
  /** Of both groups. */
  readonly registries: { get(key: ObjectKey): KubeObject | undefined };
  readonly configMaps: { get(key: ObjectKey): KubeObject | undefined };
}

/**
 * The references of a registry to ConfigMaps that belong to another registry, or will. Whatever a user puts into one goes when that registry is
 * deleted. A user's own ConfigMap that only has such a name, and stands there already, may be a source: the other registry is refused then.
 */
export function takenNames(registry: MCPRegistry, namespace: string, { registries, configMaps }: Neighbors): Issue[] {
  return configMapReferences(registry).flatMap(({ path, name }) => {
    const other = registryOfConfigMap(name);
    if (other === undefined) return [];
    const live = configMaps.get({ namespace, name });
    const isTaken = live === undefined ? registries.get({ namespace, name: other }) !== undefined : isMadeForRegistry(live);
    if (!isTaken) return [];
    const message = `must not name a ConfigMap of MCPRegistry ${other}, which is deleted with that registry; give your ConfigMap another name`;
    return [issue(path, message, name)];
  });
}

/** Names of the ConfigMaps that belong to a registry of this name, whether they are there or not. */
export function ownConfigMaps(registry: string): string[] {
  return [names.config(registry), names.deployed(registry)];
}

function isMadeForRegistry(object: KubeObject): boolean {
  return object.metadata.labels?.[labels.appManagedBy] === MANAGED_BY && REGISTRY_KINDS.some((kind) => ownerKeys(object, kind).length > 0);
}
