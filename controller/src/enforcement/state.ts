import type { EnforcementMode, ServerKind } from '@toolhive-registry/api';
import type { ServerObject } from '../servers/server.ts';
import type { Verdict } from './judge.ts';
import type { PolicyProblem } from './policies.ts';

/** A server that runs and would not be let in now. */
export interface Violator {
  readonly kind: ServerKind;
  readonly object: ServerObject;
  readonly mode: EnforcementMode;
  readonly verdict: Verdict;
}

/** What keeps the list of the present catalog from being in force. */
export interface ListProblem {
  readonly reason: 'ListTooLarge' | 'WriteFailed' | 'NotAsked' | 'NotTold';
  readonly message: string;
}

/** What of a registry's enforcement is so, for its status. */
export interface EnforcementFacts {
  readonly mode: EnforcementMode;
  /** Why the policies do not carry it out; undefined: they do. */
  readonly problem?: PolicyProblem | undefined;
  readonly listProblem?: ListProblem | undefined;
  /** Whether the policies have been told that the registry enforces. */
  readonly isTold: boolean;
  /** How many references are allowed; undefined: the registry never had a catalog. */
  readonly allowed?: Readonly<Record<'images' | 'urls' | 'packages' | 'templates', number>> | undefined;
  /** References of entries that admit nothing. */
  readonly unusable: number;
  /** URL templates for which there is no room. */
  readonly leftTemplates: number;
  /** Running servers that would not be let in, the first ones as sentences show them. */
  readonly violators: { readonly count: number; readonly first: readonly string[] };
  /** Kinds that cannot be seen, so that nobody knows what runs of them. */
  readonly unseen: readonly string[];
  /** Kinds whose CRD is not there. */
  readonly absent: readonly string[];
}
