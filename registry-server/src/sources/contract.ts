import type { NormalizedSource } from '@toolhive-registry/api';
import type { DataByKey } from '../config/documents.ts';
import type { AddressPolicy } from '../outbound/addresses.ts';
import type { ProxySettings } from '../outbound/proxy.ts';
import type { WatchTarget } from '../watch/watch.ts';
import type { SourceSecrets } from './secrets.ts';
import type { FileHashes } from './source-error.ts';

/** A source of catalog data. It lives as long as its part of the manifest does not change its place. */
export interface Source {
  /** Asks for data that are not those of `request.known`. Throws {@link SourceError}. */
  fetch(request: SourceRequest): Promise<SourceAnswer>;
  /** Releases its resources, such as connections. A question that is under way may fail; none follows. */
  close?(): Promise<void>;
}

/** A question to a source. */
export interface SourceRequest {
  /**
   * The validator of its last answer: an ETag, a commit, a cursor, the identity of a file. Absent: there is none, or it is
   * not valid any more.
   */
  readonly known?: string;
  /**
   * The unpacked data for `known`: a source that gets only changes merges them with these.
   * Resolves to undefined when they are not there any more, or are damaged. Absent where `known` is, or stands for data that were refused.
   */
  readonly previous?: () => Promise<AsyncIterable<Uint8Array> | undefined>;
  /**
   * Takes the data, piece by piece: unpacks gzip, enforces the size limit, hashes, and writes to the staging file. At most once for each
   * question; what comes after a failure is not asked for.
   */
  save(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<SavedContent>;
  /** Fires when the time limit is over or nobody wants the answer any more. */
  readonly signal: AbortSignal;
}

/** What went through {@link SourceRequest.save}. */
export interface SavedContent {
  /** SHA-256 of the data as they came, still packed, hexadecimal. */
  readonly receivedHash: string;
}

/** The answer of a source: nothing is new, or the validator of its new data, which were saved before. */
export type SourceAnswer =
  | {
      readonly unchanged: true;
      /** As below, of the data that `known` stands for. Absent: what is remembered of them counts. */
      readonly revision?: string;
    }
  | {
      readonly unchanged: false;
      /** Stands for the data in the next question. Absent: they cannot be recognized, and are always read. */
      readonly validator?: string;
      /**
       * A name of these data at their origin, so that people can look them up: the commit of a Git source. Absent: the source has no such
       * name for them. An ETag is none: it is opaque (RFC 9110, 8.8.3), may differ between two servers of one URL, and leads nowhere.
       */
      readonly revision?: string;
      /** Mounted files that were read. */
      readonly files?: FileHashes;
    };

/** The environment of sources. */
export interface Surroundings {
  /** The folder that relative paths start from: the manifest's. */
  readonly directory: string;
  /** Where ConfigMaps are mounted in a pod, as `<source>/<key>`. */
  readonly sourcesPath: string;
  /** The data of a ConfigMap that is beside the manifest now; undefined: none of that name does. */
  configMap(name: string): DataByKey | undefined;
  /** Files beside the manifest that may hold what is missing and cannot be read now, with the reason. */
  unread(): readonly string[];
  /** Credentials and certificates that the manifest names for a source. */
  secrets(source: NormalizedSource): SourceSecrets;
  /** Which addresses may be asked. */
  readonly addresses: AddressPolicy;
  /** Through which proxies they are asked. */
  readonly proxies: ProxySettings;
  /** Folder for temporary files. */
  readonly temporaryPath: string;
  /** Environment variables, for PATH and the proxy. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A source of one type, as the manifest has it. */
export type SourceOf<T extends NormalizedSource['type']> = Extract<NormalizedSource, { type: T }>;

/** One type of source: its interface to the rest of the server. */
export interface SourceType<T extends NormalizedSource['type']> {
  create(source: SourceOf<T>, surroundings: Surroundings): Source;
  /** Where the data are, for messages: `ConfigMap "team", key "registry.json"`. */
  location(source: SourceOf<T>): string;
  /** Files to watch: a change triggers a fetch at once. Empty: it has to be polled. */
  mounts(source: SourceOf<T>, surroundings: Surroundings): readonly WatchTarget[];
}

/** The types that are read, by name. */
export type SourceTypes = { readonly [T in NormalizedSource['type']]?: SourceType<T> };
