import type { EnforcementMode } from '@toolhive-registry/api';

/** The ConfigMaps that tell the admission policies what a namespace's registries allow: this one, and further ones with a number behind it. */
export const PARAMETERS = 'mcpregistry-enforcement';
/** On each of them. The policies read every ConfigMap of a namespace that has it, and the guard lets nobody else set it. */
export const PARAMETERS_LABEL = { key: 'toolhive.stacklok.dev/enforcement', value: 'parameters' } as const;

/** On the admission policies and their bindings, so that they can be followed. */
export const POLICY_LABEL = 'toolhive.stacklok.dev/enforcement=policy';

/** Keys of those ConfigMaps, besides the names of the modes, which have the names of their registries. Names are separated by spaces, everything else by line feeds, with one at both ends, so that a whole line can be looked for. */
export const parameterKeys = {
  /** Names of all registries of the namespace. */
  registries: 'registries',
  /** Names of those that enforce and have had a catalog. */
  listed: 'listed',
  /** Where the references begin that this ConfigMap decides about; empty: with the first. */
  from: 'from',
  /** Where they end, which belongs to the next one; empty: with the last. */
  to: 'to',
  /** What a registry lists, by {@link bucketOf}: `images.NAME.205`, `urls.NAME.17`, `packages.NAME.480`. */
  list: (kind: string, registry: string, bucket: string): string => `${kind}.${registry}.${bucket}`,
  /** Patterns over the URLs that a registry's templates admit. */
  templates: (registry: string): string => `templates.${registry}`,
} as const;

/** What a reference's characters count by, each by its place here; the rest counts one less than the first. */
export const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** How many texts a registry's references of a kind are shared out among. */
export const BUCKETS = 512;
/** Characters that are counted, from the end: there the references of one catalog differ. */
export const COUNTED = 24;

/**
 * In which of a registry's texts a reference stands: by what its last characters add up to. One text would be as quick to look through, but by what CEL reckons
 * only four references of an object could be looked for in half a megabyte, and none of 200 characters.
 */
export function bucketOf(reference: string): string {
  // Never below zero: no character takes away more than its own length.
  let sum = reference.length;
  for (const character of reference.slice(-COUNTED)) sum += ALPHABET.indexOf(character);
  return String(sum % BUCKETS);
}

/** Part of a policy's name that says what it is for. */
export type PolicyPart = EnforcementMode | 'guard';
