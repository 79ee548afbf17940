import type { RegistryStatusDocument } from './registry-status.ts';

/** The properties of a reason, used wherever it is reported. */
export interface ReasonFacts {
  /** The condition that turns False with this reason. `SyncSuccessful` always does; a more specific one does as well. */
  readonly condition: 'SourceAvailable' | 'DataValid' | 'SyncSuccessful';
  /** What it is about: one source, or the registry as a whole. */
  readonly of: 'source' | 'registry';
  /** The level of the server's log. `error`: the operator of the server has to act, not the owner of the data. */
  readonly level: 'warn' | 'error';
  /** Reason of the Warning Event on the MCPRegistry. */
  readonly event: string;
  /** HTTP status of a registry that has nothing to serve because of it. */
  readonly httpStatus: 503;
  /** What happened, as one sentence. */
  readonly meaning: string;
  /** What to do about it, as one sentence. */
  readonly remedy: string;
}

/**
 * Every reason for which a sync can fail. Conditions, log levels, Events, metrics, HTTP answers and the table in docs/operations.md are derived from it: a new
 * reason is a new row.
 */
export const REASONS = {
  SourceNotFound: {
    condition: 'SourceAvailable',
    of: 'source',
    level: 'warn',
    event: 'SourceNotFound',
    httpStatus: 503,
    meaning: 'What the source names does not exist.',
    remedy:
      'Create what the message names, or correct the name. A ConfigMap or file is read as soon as it exists, anything else at the next attempt or on a sync request.',
  },
  SourceUnreadable: {
    condition: 'SourceAvailable',
    of: 'source',
    level: 'warn',
    event: 'SourceUnreadable',
    httpStatus: 503,
    meaning: 'The source is there but cannot be read.',
    remedy: 'Correct what the message names, at the source or in the manifest.',
  },
  SourceTooLarge: {
    condition: 'SourceAvailable',
    of: 'source',
    level: 'warn',
    event: 'SourceTooLarge',
    httpStatus: 503,
    meaning: 'The data exceed 100 MiB, compressed or not, or another limit that the message names.',
    remedy: 'Split the catalog into several sources.',
  },
  SecretNotFound: {
    condition: 'SourceAvailable',
    of: 'source',
    level: 'warn',
    event: 'SecretNotFound',
    httpStatus: 503,
    meaning: "The source's Secret or certificates do not exist, or lack a key.",
    remedy: 'Create the Secret, ConfigMap or key that the message names; it is used as soon as it is there.',
  },
  AuthenticationFailed: {
    condition: 'SourceAvailable',
    of: 'source',
    level: 'warn',
    event: 'AuthenticationFailed',
    httpStatus: 503,
    meaning: 'The source refuses the credentials, or requires some.',
    remedy: 'Correct the Secret that `auth.secretRef` names, or its permissions at the source.',
  },
  SourceUnreachable: {
    condition: 'SourceAvailable',
    of: 'source',
    level: 'warn',
    event: 'SourceUnreachable',
    httpStatus: 503,
    meaning: 'The source does not answer, or answers with an error of its own.',
    remedy:
      'Make sure that its host is up and reachable from the server: name, network policy, proxy, certificate. The message says how far it got.',
  },
  AddressRefused: {
    condition: 'SourceAvailable',
    of: 'source',
    level: 'warn',
    event: 'AddressRefused',
    httpStatus: 503,
    meaning: 'The source, or its redirect, is an address that registries never contact, such as that of cloud metadata.',
    remedy: 'Use the address of the catalog itself.',
  },
  Timeout: {
    condition: 'SourceAvailable',
    of: 'source',
    level: 'warn',
    event: 'Timeout',
    httpStatus: 503,
    meaning: 'Reading the source took longer than its time limit.',
    remedy: "Find out why it is slow, or raise the source's `timeout`.",
  },
  UnsupportedSource: {
    condition: 'SourceAvailable',
    of: 'source',
    level: 'warn',
    event: 'UnsupportedSource',
    httpStatus: 503,
    meaning: 'This version does not read sources of that type, or the machine lacks a program that it needs.',
    remedy: 'Use a type that it reads, a later version, or install the program that the message names.',
  },
  DataInvalid: {
    condition: 'DataValid',
    of: 'source',
    level: 'warn',
    event: 'DataInvalid',
    httpStatus: 503,
    meaning: 'The new data of the source cannot be served; the last good data are.',
    remedy: 'Correct the data at the place that the message names; docs/formats.md has the rules.',
  },
  RemovalRefused: {
    condition: 'SyncSuccessful',
    of: 'source',
    level: 'warn',
    event: 'RemovalRefused',
    httpStatus: 503,
    meaning: 'The new data would remove more of the served servers than `maxRemovedPercent` allows; the last good data are served.',
    remedy: 'Bring the servers back, or raise `maxRemovedPercent` if their removal is meant; GET /registry/report lists them.',
  },
  StorageFailed: {
    condition: 'SyncSuccessful',
    of: 'source',
    level: 'error',
    event: 'SyncFailed',
    httpStatus: 503,
    meaning: 'The new data could not be stored.',
    remedy: 'Make room in the storage folder, or make it writable.',
  },
  SyncFailed: {
    condition: 'SyncSuccessful',
    of: 'registry',
    level: 'error',
    event: 'SyncFailed',
    httpStatus: 503,
    meaning: 'The catalog could not be built from the available data; the previous one is still served.',
    remedy: 'The message says what is missing: memory, or data in the storage folder. It is tried again every minute.',
  },
  RollbackNotFound: {
    condition: 'SyncSuccessful',
    of: 'registry',
    level: 'warn',
    event: 'RollbackNotFound',
    httpStatus: 503,
    meaning: 'The snapshot to roll back to is not stored, or is damaged; the data of the sources are served.',
    remedy: 'Name the hash of a snapshot that GET /registry/history lists, or end the rollback.',
  },
  ManifestInvalid: {
    condition: 'SyncSuccessful',
    of: 'registry',
    level: 'error',
    event: 'SyncFailed',
    httpStatus: 503,
    meaning: 'The manifest on disk cannot be used; the previous one is still in force.',
    remedy: 'Correct it. Only on a laptop: in a cluster the controller writes it.',
  },
} as const satisfies Readonly<Record<string, ReasonFacts>>;

/** A reason for which a sync can fail. */
export type Reason = keyof typeof REASONS;
/** A reason for which one source can fail. */
export type SourceReason = { [K in Reason]: (typeof REASONS)[K]['of'] extends 'source' ? K : never }[Reason];

/** All reasons of sources, in the table's order. */
export const SOURCE_REASONS: readonly SourceReason[] = (Object.keys(REASONS) as Reason[]).filter(
  (reason): reason is SourceReason => REASONS[reason].of === 'source',
);

/** The properties of a reason from outside; undefined for a reason of another version. */
export function reasonFacts(reason: string): ReasonFacts | undefined {
  return Object.hasOwn(REASONS, reason) ? REASONS[reason as Reason] : undefined;
}

/** The reasons of conditions that are True. */
export const GOOD_REASONS = {
  SourceAvailable: { reason: 'SourceFound', message: 'every source can be read' },
  DataValid: { reason: 'DataValid', message: 'the data of every source are valid' },
  SyncSuccessful: { reason: 'SyncSuccessful', message: 'the last sync read every source' },
} as const satisfies Readonly<Record<ReasonFacts['condition'], { reason: string; message: string }>>;

/** One condition of the status document. */
export type StatusCondition = RegistryStatusDocument['conditions'][number];
