import { createHash } from 'node:crypto';
import {
  factsOf,
  GOOD_REASONS,
  REASONS,
  type Reason,
  type RegistryStatusDocument,
  type SourceStatus,
  type StatusCondition,
} from '@toolhive-registry/api';
import { totalOf, type Finding } from '@toolhive-registry/catalog';
import type { EngineStatus } from '../sync/engine.ts';
import { countsOf } from '../sync/found.ts';
import { isOfData, type SourceFailure } from '../sync/machine/outcome.ts';
import type { SourceState } from '../sync/machine/state.ts';
import { revisionOf } from './revision.ts';

/**
 * The readers of a document. The public of a cluster does not see entries that are not served: an entry may have been left out because nobody
 * should use it.
 */
export type Audience = 'operator' | 'public';

/** Maximum number of findings that the status spells out; the rest is counted. */
const MAX_WARNINGS = 20;

/** The document of `GET /registry/status`, without the counters. */
export function statusDocument(status: EngineStatus, audience: Audience = 'operator'): RegistryStatusDocument {
  const { snapshot, configuration } = status;
  const { name, namespace } = configuration.manifest.registry.metadata;
  return {
    lastSync: lastSyncOf(status, audience),
    registry: { name, namespace },
    ready: snapshot !== undefined,
    serverCount: snapshot?.header.serverCount ?? 0,
    deployedServerCount: status.deployed.servers.length,
    snapshotHash: snapshot?.header.hash ?? null,
    rolledBackTo: status.rolledBackTo ?? null,
    lastChangeTime: status.lastChangeTime,
    // A snapshot that was stored without the state that goes with it is served all the same.
    ...(status.lastChange === undefined || status.lastChange.hash !== snapshot?.header.hash ? {} : { lastChange: status.lastChange }),
    syncing: status.syncing,
    lastSyncTrigger: status.lastSyncTrigger,
    sources: status.sources.map((source) => sourceStatus(source, status, audience)),
    files: status.files,
    conditions: conditionsOf(
      status.sources.map((source) => sourceFor(source, audience)),
      {
        manifest: configuration.problem,
        build: status.buildProblem,
        storage: status.storageProblem,
        rollback: status.rollbackProblem,
      },
    ),
    ...(status.nextSync === undefined ? {} : { nextSyncTime: new Date(status.nextSync).toISOString() }),
  };
}

/** The message of a failure: the public does not see entries of refused data. */
function messageFor(error: SourceFailure, audience: Audience): string {
  return audience === 'public' && isOfData(error) ? REASONS[error.reason].meaning : error.message;
}

function sourceFor(source: SourceState, audience: Audience): SourceState {
  const { error } = source;
  return error === undefined ? source : { ...source, error: { ...error, message: messageFor(error, audience) } };
}

function lastSyncOf({ history }: EngineStatus, audience: Audience): RegistryStatusDocument['lastSync'] {
  const last = history.at(-1);
  if (last === undefined) return null;
  const { added: _added, changed: _changed, removed: _removed, ...sync } = last;
  return { ...sync, errorMessage: publicText(sync.errorMessage, audience) };
}

/** Messages of failed syncs name entries that are not served: the public is referred to the internal port. */
export function publicText<T extends string | null>(message: T, audience: Audience): T | string {
  return audience === 'public' && message !== null ? 'the internal port shows what failed' : message;
}

/** A strong tag over the facts. */
export function statusEtag(document: RegistryStatusDocument): string {
  return `"${createHash('sha256').update(factsOf(document)).digest('hex').slice(0, 32)}"`;
}

/** One source in the status. */
export function sourceStatus(state: SourceState, status: EngineStatus, audience: Audience): SourceStatus {
  const { snapshot, configuration, tickOffset } = status;
  const served = snapshot?.header.sources.find((source) => source.name === state.name);
  const { memory, activity, error, files, dueAt } = state;
  const warnings = warningsOf(state, status, audience);
  const revision = revisionOf(status, state.name);
  return {
    name: state.name,
    type: configuration.plan.sources.get(state.name)?.source.type ?? 'configmap',
    state: state.state,
    ...(error === undefined ? {} : { reason: error.reason, message: messageFor(error, audience), remedy: REASONS[error.reason].remedy }),
    serverCount: served?.serverCount ?? 0,
    ...(memory === undefined ? {} : { hash: memory.hash, lastSuccessTime: memory.lastSuccessTime }),
    ...(revision === undefined ? {} : { revision }),
    activity: activity.kind === 'staged' ? 'building' : activity.kind,
    attemptCount: state.failures,
    ...(activity.kind !== 'idle' || dueAt === undefined ? {} : { nextAttemptTime: new Date(dueAt + tickOffset).toISOString() }),
    ...(files === undefined ? {} : { files }),
    counts: countsOf(state, snapshot),
    warnings,
  };
}

function warningsOf({ name, found }: SourceState, { snapshot }: EngineStatus, audience: Audience): string[] {
  const isPublic = audience === 'public';
  const listed = isPublic ? (snapshot?.findings({ source: name, servedOnly: true, limit: MAX_WARNINGS }).findings ?? []) : found.first;
  const { repaired, noted } = found.counts;
  const more = (isPublic ? repaired + noted : totalOf(found.counts)) - listed.length;
  return [
    ...listed.map(warning),
    ...(more > 0 && listed.length === MAX_WARNINGS ? [`and ${more} more; GET /registry/report has them`] : []),
  ];
}

function warning({ entry, version, pointer, message }: Finding): string {
  return `${entry}${version === undefined ? '' : `@${version}`}${pointer}: ${message}`;
}

/** Problems of the registry as a whole, as sentences. */
export interface RegistryProblems {
  /** The manifest on disk cannot be used: an earlier one is served. */
  readonly manifest?: string | undefined;
  /** The catalog cannot be built, though no source is to blame. */
  readonly build?: string | undefined;
  /** What is served is not stored. */
  readonly storage?: string | undefined;
  /** What is served is not the snapshot that someone wants. */
  readonly rollback?: string | undefined;
}

/** The three conditions that clients know, from the states of all sources. A condition is True only when it holds for each. */
export function conditionsOf(sources: readonly SourceState[], problems: RegistryProblems = {}): StatusCondition[] {
  const failed = sources.filter(({ state, error }) => state === 'failed' && error !== undefined);
  const pending = sources.filter(({ state }) => state === 'pending');
  // Data that could never be read are neither valid nor invalid.
  const unread = sources.filter(({ memory, error }) => memory === undefined && (error === undefined || !tells('DataValid', error.reason)));
  const ofSources = (type: StatusCondition['type'], bad: readonly SourceState[], unknown: readonly SourceState[]): StatusCondition => {
    const [first] = bad;
    if (first?.error !== undefined) {
      return falseCondition(type, first.error.reason, bad.map(({ name, error }) => `${name}: ${error?.message ?? ''}`).join('; '));
    }
    if (unknown.length === 0) return { type, status: 'True', ...GOOD_REASONS[type as keyof typeof GOOD_REASONS] };
    return { type, status: 'Unknown', reason: 'Pending', message: `nothing read yet: ${unknown.map(({ name }) => name).join(', ')}` };
  };
  const ofType = (type: 'SourceAvailable' | 'DataValid'): SourceState[] =>
    failed.filter(({ error }) => error !== undefined && tells(type, error.reason));
  return [
    ofSources('SourceAvailable', ofType('SourceAvailable'), pending),
    ofSources('DataValid', ofType('DataValid'), unread),
    registryCondition(problems) ?? ofSources('SyncSuccessful', failed, pending),
  ];
}

function registryCondition({ manifest, build, storage, rollback }: RegistryProblems): StatusCondition | undefined {
  if (manifest !== undefined) return falseCondition('SyncSuccessful', 'ManifestInvalid', manifest);
  if (build !== undefined) return falseCondition('SyncSuccessful', 'SyncFailed', build);
  if (rollback !== undefined) return falseCondition('SyncSuccessful', 'RollbackNotFound', rollback);
  return storage === undefined ? undefined : falseCondition('SyncSuccessful', 'StorageFailed', storage);
}

function tells(condition: 'SourceAvailable' | 'DataValid', reason: Reason): boolean {
  return REASONS[reason].condition === condition;
}

function falseCondition(type: StatusCondition['type'], reason: Reason, message: string): StatusCondition {
  return { type, status: 'False', reason, message };
}
