import { apiVersion, group, kind, plural, version, type MCPRegistry } from '@toolhive-registry/api';
import type { KubeObject, ResourceKind } from '@toolhive-registry/reconciler';

/** Where MCPRegistries are in the API. */
export const MCP_REGISTRIES: ResourceKind = { group, version, plural, kind, namespaced: true };

/** An MCPRegistry as the API server sends it: whether it is valid is not known yet. */
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

/** The object with the fields that an owner reference needs, whatever a watch left out. */
export function asOwner(object: RegistryObject): RegistryObject {
  return { ...object, apiVersion, kind };
}

/** Whether the registry is being deleted, and waits for its children to go first. */
export function isDeleting(object: RegistryObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}
