import type { SourceReason } from '@toolhive-registry/api';
import type { FileHashes } from '../../sources/source-error.ts';

/** Data that a source gave. */
export interface FetchedData {
  /** SHA-256 of the data, unpacked, hexadecimal. */
  readonly hash: string;
  /** Their size, unpacked. */
  readonly bytes: number;
  readonly validator?: string;
  /** What people call the data where they are kept, such as a commit. */
  readonly revision?: string;
  readonly files?: FileHashes;
}

/** Data that wait in a staging file of their own. */
export interface StagedData extends FetchedData {
  readonly path: string;
}

/** Why a source failed: a word for conditions and Events, and a sentence for people. */
export interface SourceFailure {
  readonly reason: SourceReason;
  readonly message: string;
  /** Names of servers that the data would have removed, where they were refused for that. */
  readonly wouldRemove?: readonly string[];
}

/** Whether it is the data that were refused, by rules that may become others: the same data would be refused again until then. */
export function isOfData(failure: SourceFailure | undefined): boolean {
  return failure?.reason === 'DataInvalid' || failure?.reason === 'RemovalRefused';
}

/** What came of asking a source. */
export type FetchOutcome =
  /** It says that nothing is new, and may say what the data are called that it gave last. */
  | { readonly kind: 'unchanged'; readonly revision?: string }
  /** It gave data, and they are the last good ones. */
  | { readonly kind: 'same'; readonly data: FetchedData }
  /** It gave other data. */
  | { readonly kind: 'staged'; readonly data: StagedData }
  | {
      readonly kind: 'failed';
      readonly failure: SourceFailure;
      readonly files?: FileHashes;
      /** How long it wants not to be asked, in milliseconds. */
      readonly retryAfterMs?: number;
    };
