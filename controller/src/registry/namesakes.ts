import { formatKey, groupOf, isControlledBy, keyOf, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import type { RegistryObject } from './resource.ts';

/**
 * Decides between two registries of the same name in one namespace, one of each group: their objects have the same names, so only one of them can have them.
 */
export interface Namesakes {
  /** The registry that owns the objects of this name; undefined: this one owns them, or may create them. */
  holder(registry: RegistryObject, namesake: RegistryObject | undefined, objects: readonly KubeObject[]): RegistryObject | undefined;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/**
 * Creates the judge, one for both groups. A registry that owns an object of the name keeps the name. If there is none yet, the first registry creates them, and
 * is remembered until its objects appear in our stores.
 */
export function createNamesakes(): Namesakes {
  const makers = new Map<string, string>();

  return {
    holder: (registry, namesake, objects) => {
      const key = formatKey(keyOf(registry));
      if (namesake === undefined) {
        makers.set(key, uidOf(registry));
        return undefined;
      }
      const both = [registry, namesake];
      const holder =
        both.find((one) => objects.some((object) => isControlledBy(object, one))) ??
        both.find((one) => uidOf(one) === makers.get(key)) ??
        both.toSorted(byAge)[0];
      if (holder !== registry) return namesake;
      makers.set(key, uidOf(registry));
      return undefined;
    },
    forget: (registry) => void makers.delete(formatKey(registry)),
  };
}

/** The message for a registry whose name is taken by another one. */
export function nameTakenMessage(holder: RegistryObject): string {
  const { namespace = '', name } = holder.metadata;
  const which = `${holder.kind} ${name} of ${groupOf(holder.apiVersion)}`;
  return `${which} in namespace ${namespace} owns the objects with this name, and two registries cannot share them; rename this one, or delete ${which}`;
}

function uidOf({ metadata: { uid = '' } }: RegistryObject): string {
  return uid;
}

/** Sort key: older first; within the same second, the group that comes first. */
function byAge(one: RegistryObject, other: RegistryObject): number {
  const ageOf = ({ metadata, apiVersion }: RegistryObject): string => `${metadata.creationTimestamp ?? ''} ${apiVersion}`;
  return ageOf(one) < ageOf(other) ? -1 : 1;
}
