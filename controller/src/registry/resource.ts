import { groups, kind, plural, version, type MCPRegistry, type RegistryGroup } from '@toolhive-registry/api';
import type { KubeObject, ResourceKind } from '@toolhive-registry/reconciler';

/** The resource of a group's MCPRegistries. */
export function registryKind(group: RegistryGroup): ResourceKind {
  return { group, version, plural, kind, namespaced: true };
}

/** MCPRegistry in both groups. */
export const REGISTRY_KINDS: readonly ResourceKind[] = groups.map(registryKind);

/** An MCPRegistry as stored, not yet validated. */
export interface RegistryObject extends KubeObject {
  readonly spec?: unknown;
  readonly status?: Readonly<Record<string, unknown>>;
}

/** A registry that may be reconciled: its manifest, and the object that owns its children. */
export interface ValidRegistry {
  readonly namespace: string;
  readonly name: string;
  readonly object: RegistryObject;
  readonly manifest: MCPRegistry;
}

/** The object with apiVersion and kind, which list items lack, and which owner references, Events and statuses need. */
export function typed(group: RegistryGroup, object: RegistryObject): RegistryObject {
  return { ...object, apiVersion: `${group}/${version}`, kind };
}

/** Whether the registry is being deleted, and waits for its children to be deleted first. */
export function isDeleting(object: RegistryObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}
