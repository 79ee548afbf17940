import { formatKey, groupOf, isControlledBy, keyOf, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import type { RegistryObject } from './resource.ts';

/**
 * Tells two registries of one name in one namespace apart, one of each group: all that they are made of has the same names, so that only one of them
 * can have it.
 */
export interface Namesakes {
  /** The registry that has the objects of this name; undefined: this one has them, or is to make them. */
  holder(registry: RegistryObject, namesake: RegistryObject | undefined, objects: readonly KubeObject[]): RegistryObject | undefined;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/**
 * Creates the judge, one for both groups. Whoever has an object of the name keeps the name. Where there is none yet the one that came first makes them,
 * and is remembered for as long as its objects are not in our stores.
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

/** What a user is told of a registry whose name another one has. */
export function takenNote(holder: RegistryObject): string {
  const { namespace = '', name } = holder.metadata;
  const which = `${holder.kind} ${name} of ${groupOf(holder.apiVersion)}`;
  return `${which} in namespace ${namespace} has the objects of this name, and two registries cannot share them; rename this one, or delete ${which}`;
}

function uidOf({ metadata: { uid = '' } }: RegistryObject): string {
  return uid;
}

/** The older first; of two of the same second the one whose group comes first. */
function byAge(one: RegistryObject, other: RegistryObject): number {
  const ageOf = ({ metadata, apiVersion }: RegistryObject): string => `${metadata.creationTimestamp ?? ''} ${apiVersion}`;
  return ageOf(one) < ageOf(other) ? -1 : 1;
}
