import type { EnforcementMode, EnforcingRegistries } from '@toolhive-registry/api';
import type { RegistryClient } from '../../registry/client.ts';
import type { ManifestServer } from './servers.ts';

/** A registry that may decide what is admitted. */
export interface Enforcer {
  readonly name: string;
  /** For messages: `registry prod/team`, or a URL. */
  readonly label: string;
  /** Undefined: it enforces nothing. */
  readonly mode: EnforcementMode | undefined;
  readonly client: RegistryClient;
  /** Why the cluster does not carry out what it asks for, as a sentence. */
  readonly problem?: string | undefined;
}

/** The registries that judge the objects of a namespace. */
export interface Enforcers {
  /** For messages. */
  readonly namespace: string;
  readonly all: readonly Enforcer[];
  /** Whether these are all registries of the namespace, so that a label that names another one is wrong. */
  readonly isComplete: boolean;
}

/** Where registries are found, and what is known of objects that run already. The caller closes it. */
export interface EnforcerSource extends AsyncDisposable {
  /** The registries that judge an object. */
  readonly of: (server: ManifestServer) => Promise<Enforcers>;
  /** The object of the same name that is there; undefined: there is none, or nobody can say. */
  readonly running: (server: ManifestServer) => Promise<unknown>;
}

/** What is judged by: who enforces in which mode. Where nobody does, `asEnforced` lets all of them. */
export function enforcingOf({ all }: Enforcers, asEnforced: boolean): EnforcingRegistries {
  const isAsked = asEnforced && all.every(({ mode }) => mode === undefined);
  const inMode = (wanted: EnforcementMode): string[] =>
    all.filter(({ mode }) => (isAsked ? 'enforce' : mode) === wanted).map(({ name }) => name);
  return { registries: all.map(({ name }) => name), active: { enforce: inMode('enforce'), audit: inMode('audit') } };
}
