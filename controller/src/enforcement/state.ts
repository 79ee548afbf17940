import type { ServerKind } from '@toolhive-registry/api';
import type { ServerObject } from '../servers/server.ts';
import type { Verdict } from './judge.ts';
import type { Mode } from './names.ts';
import type { PolicyProblem } from './policies.ts';

/** A server that runs and would not be let in now. */
export interface Violator {
  readonly kind: ServerKind;
  readonly object: ServerObject;
  readonly mode: Mode;
  readonly verdict: Verdict;
}

/** What of a registry's enforcement is so, for its status. */
export interface EnforcementFacts {
  readonly mode: Mode;
  /** Why the policies do not carry it out; undefined: they do. */
  readonly problem?: PolicyProblem;
  /** Why what is allowed could not be written. */
  readonly failure?: { readonly reason: 'ListTooLarge' | 'WriteFailed' | 'NotAsked'; readonly message: string };
  /** How many references are allowed; undefined: the registry never had a catalog. */
  readonly allowed?: { readonly images: number; readonly urls: number; readonly packages: number; readonly templates: number };
  /** References of entries that admit nobody. */
  readonly unusable: number;
  /** Servers that run and would not be let in, as sentences show them, the first ones. */
  readonly violators: { readonly count: number; readonly first: readonly string[] };
  /** Kinds that cannot be seen, so that nobody knows what runs of them. */
  readonly unseen: readonly string[];
  /** Kinds whose CRD is not there. */
  readonly absent: readonly string[];
}
