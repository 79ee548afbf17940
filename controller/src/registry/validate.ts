import type { Issue } from '@toolhive-registry/api';
import { keyOf } from '@toolhive-registry/reconciler';
import { parsed } from './parsed.ts';
import type { RegistryObject, ValidRegistry } from './resource.ts';
import type { Informers } from './informers.ts';
import { takenNames } from './taken-names.ts';

/** A registry that may be reconciled, or what is wrong with its spec. */
export type Validation =
  { readonly registry: ValidRegistry; readonly issues: readonly [] } | { readonly registry?: undefined; readonly issues: readonly Issue[] };

/** Validates a registry against its spec, and against other objects: registries of both groups, and ConfigMaps. */
export function validate(object: RegistryObject, { registries, namesakes, sources }: Informers): Validation {
  const { manifest, issues } = parsed(object);
  if (manifest === undefined) return { issues };
  const key = keyOf(object);
  const taken = takenNames(manifest, key.namespace, {
    registries: { get: (other) => registries.store.get(other) ?? namesakes.store.get(other) },
    configMaps: sources.store,
  });
  return taken.length > 0 ? { issues: taken } : { registry: { ...key, object, manifest }, issues: [] };
}
