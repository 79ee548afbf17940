import type { SourceReason } from '@toolhive-registry/api';
import type { FileHashes } from '../../sources/source-error.ts';

/** Data that a source gave. */
export interface FetchedData {
  /** SHA-256 of the data, unpacked, hexadecimal. */
  readonly hash: string;
  /** Their size, unpacked. */
  readonly bytes: number;
  readonly validator?: string;
  /** The revision of the data, such as a commit. */
  readonly revision?: string;
  readonly files?: FileHashes;
}

/** Data that wait in a staging file of their own. */
export interface StagedData extends FetchedData {
  readonly path: string;
}

/** Why a source failed: a reason for conditions and Events, and a sentence for people. */
export interface SourceFailure {
  readonly reason: SourceReason;
  readonly message: string;
  /** Names of servers that the data would have removed, where they were refused for that. */
  readonly wouldRemove?: readonly string[];
}

/** Whether the data were refused by rules: the same data will be refused again until the rules change. */
export function isOfData(failure: SourceFailure | undefined): boolean {
  return failure?.reason === 'DataInvalid' || failure?.reason === 'RemovalRefused';
}

/** The result of asking a source. */
export type FetchOutcome =
  /** Nothing is new; it may have a new revision for the last data. */
  | { readonly kind: 'unchanged'; readonly revision?: string }
  /** Its data are the last good ones. */
  | { readonly kind: 'same'; readonly data: FetchedData }
  /** It gave other data. */
  | { readonly kind: 'staged'; readonly data: StagedData }
  | {
      readonly kind: 'failed';
      readonly failure: SourceFailure;
      readonly files?: FileHashes;
      /** How long to wait before the next request, in milliseconds. */
      readonly retryAfterMs?: number;
    };
