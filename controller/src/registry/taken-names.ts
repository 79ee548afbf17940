import { configMapReferences, issue, labels, names, registryOfConfigMap, type Issue, type MCPRegistry } from '@toolhive-registry/api';
import { ownerKeys, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import { MANAGED_BY } from './render/labels.ts';
import { REGISTRY_KINDS } from './resource.ts';

/** The other objects in the registry's namespace. */
export interface Neighbors {
  /** Of both groups. */
  readonly registries: { get(key: ObjectKey): KubeObject | undefined };
  readonly configMaps: { get(key: ObjectKey): KubeObject | undefined };
}

/**
 * References of a registry to ConfigMaps that belong to another registry, or will. A user's data in one would be deleted with that registry. A user's own
 * ConfigMap that merely has such a name, and already exists, may be a source: the other registry is refused then.
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

/** Names of the ConfigMaps that belong to a registry of this name, whether or not they exist. */
export function ownConfigMaps(registry: string): string[] {
  return [names.config(registry), names.deployed(registry)];
}

function isMadeForRegistry(object: KubeObject): boolean {
  return object.metadata.labels?.[labels.appManagedBy] === MANAGED_BY && REGISTRY_KINDS.some((kind) => ownerKeys(object, kind).length > 0);
}
