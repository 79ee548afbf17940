import type { NormalizedSource } from '@toolhive-registry/api';
import type { Manifest } from '../manifest/load.ts';

/** One place that catalogue data come from. */
export interface CatalogSource {
  /** Fetches the data. Throws {@link SourceError}. */
  fetch(signal: AbortSignal): Promise<Fetched>;
  /** Folders whose change means that the data may have changed. */
  readonly directories: readonly string[];
}

/** Fetched data, unpacked. */
export interface Fetched {
  readonly bytes: Uint8Array;
  /** Name under which the status reports the content's hash, for a mounted file. */
  readonly file?: string;
  /** SHA-256 of the mounted file as it was read, hexadecimal. */
  readonly fileHash?: string;
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

  constructor(reason: SourceError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** A source of the type for which a reader is registered. */
export type SourceOf<T extends NormalizedSource['type']> = Extract<NormalizedSource, { type: T }>;
