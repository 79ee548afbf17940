/** The ConfigMaps that tell the admission policies what a namespace's registries allow: this one, and further ones with a number behind it. */
export const PARAMETERS = 'mcpregistry-enforcement';
/** On each of them. The policies read every ConfigMap of a namespace that has it, and the guard lets nobody else set it. */
export const PARAMETERS_LABEL = { key: 'toolhive.stacklok.dev/enforcement', value: 'parameters' } as const;

/** On the admission policies and their bindings, so that they can be followed. */
export const POLICY_LABEL = 'toolhive.stacklok.dev/enforcement=policy';

/** What an enforcing registry does with what is not in its catalog. */
export type Mode = 'enforce' | 'audit';
/** Both, and the keys of the ConfigMap with the names of their registries. */
export const MODES: readonly Mode[] = ['enforce', 'audit'];

/** Keys of those ConfigMaps. Names are separated by spaces, everything else by line feeds, with one at both ends, so that a whole line can be looked for. */
export const parameterKeys = {
  /** Names of all registries of the namespace. */
  registries: 'registries',
  /** Names of those that enforce and have had a catalog. */
  listed: 'listed',
  /** Where the references begin that this ConfigMap decides about; empty: with the first. */
  from: 'from',
  /** Where they end, which belongs to the next one; empty: with the last. */
  to: 'to',
  /** What a registry lists: `images.NAME`, `urls.NAME`, `packages.NAME`. */
  list: (kind: string, registry: string): string => `${kind}.${registry}`,
  /** Patterns over the URLs that a registry's templates admit. */
  templates: (registry: string): string => `templates.${registry}`,
} as const;

/** Part of a policy's name that says what it is for. */
export type PolicyPart = Mode | 'guard';
