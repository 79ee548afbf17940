import type { EnforcementMode } from '@toolhive-registry/api';

/** Names of the ConfigMaps with the parameters of the admission policies: this one, and further ones with a number appended. */
export const PARAMETERS = 'mcpregistry-enforcement';
/** Label on each of them. The policies read every ConfigMap of a namespace that carries it, and the guard lets nobody else set it. */
export const PARAMETERS_LABEL = { key: 'toolhive.stacklok.dev/enforcement', value: 'parameters' } as const;

/** Label on the admission policies and their bindings, by which they are watched. */
export const POLICY_LABEL = 'toolhive.stacklok.dev/enforcement=policy';

/**
 * Keys of those ConfigMaps, besides the modes, whose keys hold registry names. Names are separated by spaces, everything else by line feeds, with one at both
 * ends so that a whole line can be searched for.
 */
export const parameterKeys = {
  /** Names of all registries of the namespace. */
  registries: 'registries',
  /** Names of registries that enforce and have had a catalog. */
  listed: 'listed',
  /** The first reference that this ConfigMap decides about; empty: the very first. */
  from: 'from',
  /** The end of its range, exclusive; empty: after the last reference. */
  to: 'to',
  /** What a registry lists, by {@link bucketOf}: `images.NAME.205`, `urls.NAME.17`, `packages.NAME.480`. */
  list: (kind: string, registry: string, bucket: string): string => `${kind}.${registry}.${bucket}`,
  /** Patterns for the URLs that a registry's URL templates admit. */
  templates: (registry: string): string => `templates.${registry}`,
} as const;

/** Characters in order of their weight for {@link bucketOf}; any other character weighs one less than the first. */
export const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** How many buckets a registry's references of a kind are spread over. */
export const BUCKETS = 512;
/** How many characters count, from the end: references of one catalog differ there. */
export const COUNTED = 24;

/**
 * The bucket of a reference, from the weights of its last characters. Searching a single text would be as fast, but by CEL's cost estimate only four references
 * of an object could be searched for in half a megabyte, and none of 200 characters.
 */
export function bucketOf(reference: string): string {
  // Never negative: no character subtracts more than its own length.
  let sum = reference.length;
  for (const character of reference.slice(-COUNTED)) sum += ALPHABET.indexOf(character);
  return String(sum % BUCKETS);
}

/** The part of a policy's name that identifies its purpose. */
export type PolicyPart = EnforcementMode | 'guard';
