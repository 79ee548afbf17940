import type { NormalizedSource } from '@toolhive-registry/api';
import type { Manifest } from '../manifest/load.ts';
import type { Watched } from '../watch/directories.ts';

/** One place that catalogue data come from. */
export interface CatalogSource {
  /** Fetches the data. Throws {@link SourceError}. */
  fetch(signal: AbortSignal): Promise<Fetched>;
  /** What changes on disk when the data may have changed. */
  readonly watched: readonly Watched[];
}

/** Fetched data, unpacked. */
export interface Fetched {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hexadecimal, where it is known already. */
  readonly hash?: string;
  readonly mounted?: Mounted;
}

/** A mounted file that was read: the name under which the status reports it, and the SHA-256 of its content, hexadecimal. */
export interface Mounted {
  readonly file: string;
  readonly hash: string;
}

/** What sources need to know of their surroundings. */
export interface SourceContext {
  readonly manifest: Manifest;
  /** Where ConfigMaps are mounted in a pod, as `<source>/<key>`. */
  readonly sourcesPath: string;
}

/** Why a source has no data. The reason is a word for conditions and Events. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly reason: 'SourceNotFound' | 'SourceUnreadable' | 'SourceTooLarge' | 'UnsupportedSource' | 'Timeout';

  /** The mounted file and its hash, where that much was read: the status reports it all the same. */
  readonly mounted: Mounted | undefined;

  constructor(reason: SourceError['reason'], message: string, options?: ErrorOptions & { readonly mounted?: Mounted }) {
    super(message, options);
    this.reason = reason;
    this.mounted = options?.mounted;
  }
}

/** A source of the type for which a reader is registered. */
export type SourceOf<T extends NormalizedSource['type']> = Extract<NormalizedSource, { type: T }>;
