import type { SourceReason } from '@toolhive-registry/api';
import type { FileHashes } from '../../sources/source-error.ts';

/** Data that a source gave. */
export interface FetchedData {
  /** SHA-256 of the data, unpacked, hexadecimal. */
  readonly hash: string;
  readonly validator?: string;
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
}

/** What came of asking a source. */
export type FetchOutcome =
  /** It says that nothing is new. */
  | { readonly kind: 'unchanged' }
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
