import { enforcementModeOf, type EnforcementMode, type RegistryGroup } from '@toolhive-registry/api';
import { keyOf, type Informer, type ObjectKey } from '@toolhive-registry/reconciler';
import type { RegistryObject } from '../registry/resource.ts';
import type { ListingPod } from './lists.ts';

/** What is needed of the registries of a group. */
export interface GroupOfRegistries {
  readonly group: RegistryGroup;
  readonly registries: Informer<RegistryObject>;
  /** Whether the group's CRD is ours; registries of another one are not ours to act upon. */
  readonly isServed: () => boolean;
  /** Whether the objects of the registry's name are its own, and not those of its namesake in the other group, which is served then. */
  readonly holdsName: (registry: RegistryObject) => boolean;
  /** The registry's ready pods, with what they reported. */
  readonly pods: (registry: RegistryObject) => readonly ListingPod[];
  /** Has the registry's status looked at again. */
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

/** The registries of a namespace, of both groups, in the order of their names. Of two of one name there is the one that is served. */
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
