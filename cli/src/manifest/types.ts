import type { MCPRegistryInput } from '@toolhive-registry/api';

/** `spec` as a user writes it. */
export type SpecInput = MCPRegistryInput['spec'];
/** A source without a name. */
export type SourceInput = NonNullable<SpecInput['source']>;
/** A source of a list. */
export type NamedSourceInput = NonNullable<SpecInput['sources']>[number];
