import { groups, kind, plural, version, type MCPRegistry, type RegistryGroup } from '@toolhive-registry/api';
import type { KubeObject, ResourceKind } from '@toolhive-registry/reconciler';

/** Where the MCPRegistries of a group are in the API. */
export function registryKind(group: RegistryGroup): ResourceKind {
  return { group, version, plural, kind, namespaced: true };
}

/** Both kinds of MCPRegistry. */
export const REGISTRY_KINDS: readonly ResourceKind[] = groups.map(registryKind);

/** An MCPRegistry as our stores have it: whether it is valid is not known yet. */
export interface RegistryObject extends KubeObject {
  readonly spec?: unknown;
  readonly status?: Readonly<Record<string, unknown>>;
}

/** A registry that may be acted upon: its manifest, and the object that owns its children. */
export interface ValidRegistry {
  readonly namespace: string;
  readonly name: string;
  readonly object: RegistryObject;
  readonly manifest: MCPRegistry;
}

/** The object with the two fields that the items of a list lack, and that owner references, Events and statuses need. */
export function typed(group: RegistryGroup, object: RegistryObject): RegistryObject {
  return { ...object, apiVersion: `${group}/${version}`, kind };
}

/** Whether the registry is being deleted, and waits for its children to go first. */
export function isDeleting(object: RegistryObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}
