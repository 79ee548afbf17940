import { enforcementModeOf, type EnforcementMode, type RegistryGroup } from '@toolhive-registry/api';
import { keyOf, type Informer, type ObjectKey } from '@toolhive-registry/reconciler';
import type { RegistryObject } from '../registry/resource.ts';
import type { ListingPod } from './lists.ts';

/** What enforcement needs from the registries of a group. */
export interface GroupOfRegistries {
  readonly group: RegistryGroup;
  readonly registries: Informer<RegistryObject>;
  /** Whether the group's CRD is ours; registries of another CRD are left alone. */
  readonly isServed: () => boolean;
  /** Whether the registry owns the objects with its name, and not its namesake in the other group, which would be the one that is served. */
  readonly holdsName: (registry: RegistryObject) => boolean;
  /** The registry's ready pods with their reports. */
  readonly pods: (registry: RegistryObject) => readonly ListingPod[];
  /** Enqueues the registry for a status update. */
  readonly enqueue: (registry: ObjectKey) => void;
}

/** A registry of a namespace. */
export interface NamespaceRegistry {
  readonly group: GroupOfRegistries;
  readonly object: RegistryObject;
  readonly key: ObjectKey;
  /** Undefined: it enforces nothing. */
  readonly mode: EnforcementMode | undefined;
}

/** The registries of a namespace, of both groups, ordered by name. Of two with the same name, only the one that is served. */
export function registriesIn(namespace: string, all: readonly GroupOfRegistries[]): NamespaceRegistry[] {
  return all
    .filter(({ isServed }) => isServed())
    .flatMap((group) =>
      group.registries.store
        .list(namespace)
        .filter(group.holdsName)
        .map((object) => ({ group, object, key: keyOf(object), mode: enforcementModeOf(object) })),
    )
    .sort((a, b) => (a.key.name < b.key.name ? -1 : 1));
}
