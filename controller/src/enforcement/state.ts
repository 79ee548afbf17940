import type { EnforcementMode, ServerKind } from '@toolhive-registry/api';
import type { ServerObject } from '../servers/server.ts';
import type { Verdict } from './judge.ts';
import type { PolicyProblem } from './policies.ts';

/** A running server that would not be admitted now. */
export interface Violator {
  readonly kind: ServerKind;
  readonly object: ServerObject;
  readonly mode: EnforcementMode;
  readonly verdict: Verdict;
}

/** Why the list of the current catalog is not in force. */
export interface ListProblem {
  readonly reason: 'ListTooLarge' | 'WriteFailed' | 'NotAsked' | 'ListUnknown';
  readonly message: string;
}

/** The facts about a registry's enforcement, for its status. */
export interface EnforcementFacts {
  readonly mode: EnforcementMode;
  /** Why the policies are not enforced; undefined: they are. */
  readonly problem?: PolicyProblem | undefined;
  readonly listProblem?: ListProblem | undefined;
  /** Whether the parameters in force name the registry as enforcing. */
  readonly isPublished: boolean;
  /** Numbers of allowed references; undefined: the registry never had a catalog. */
  readonly allowed?: Readonly<Record<'images' | 'urls' | 'packages' | 'templates', number>> | undefined;
  /** Number of references of entries that admit nothing. */
  readonly unusable: number;
  /** Number of URL templates that do not fit. */
  readonly leftTemplates: number;
  /** Running servers that would not be admitted; the first ones as text. */
  readonly violators: { readonly count: number; readonly first: readonly string[] };
  /** Kinds that cannot be listed, so that their running servers are unknown. */
  readonly unseen: readonly string[];
  /** Kinds whose CRD is not installed. */
  readonly absent: readonly string[];
}
