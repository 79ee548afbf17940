import { createHash } from 'node:crypto';
import type { RegistryStatusDocument, SourceStatus } from '@toolhive-registry/api';
import type { Finding } from '@toolhive-registry/catalog';
import type { EngineStatus } from '../sync/engine.ts';
import type { SourceState } from '../sync/source-states.ts';

/** Most findings that the status spells out; the rest is counted. */
const MAX_WARNINGS = 20;

/** The document of `GET /registry/status`. */
export function statusDocument(status: EngineStatus): RegistryStatusDocument {
  const { snapshot, manifest } = status;
  const { name, namespace } = manifest.registry.metadata;
  return {
    lastSync: status.history.at(-1) ?? null,
    registry: { name, namespace },
    ready: snapshot !== undefined,
    serverCount: snapshot?.header.serverCount ?? 0,
    deployedServerCount: 0,
    snapshotHash: snapshot?.header.hash ?? null,
    lastChangeTime: status.lastChangeTime,
    syncing: status.syncing,
    lastSyncTrigger: status.lastSyncTrigger,
    sources: status.sources.map((source) => sourceStatus(source, status)),
    files: status.files,
    conditions: conditionsOf(status.sources, status.manifestProblem),
    ...(status.nextSync === undefined ? {} : { nextSyncTime: new Date(status.nextSync).toISOString() }),
  };
}

/** A strong tag over the facts: times of checks, counts of attempts and whether a sync is running do not move it. */
export function statusEtag(document: RegistryStatusDocument): string {
  const { lastSync, nextSyncTime: _next, syncing: _syncing, ...facts } = document;
  const sources = facts.sources.map(({ lastSuccessTime: _time, ...source }) => source);
  const result = lastSync === null ? null : { result: lastSync.result, errorMessage: lastSync.errorMessage };
  return `"${createHash('sha256')
    .update(JSON.stringify({ ...facts, sources, result }))
    .digest('hex')
    .slice(0, 32)}"`;
}

function sourceStatus(state: SourceState, status: EngineStatus): SourceStatus {
  const served = status.snapshot?.header.sources.find((source) => source.name === state.name);
  const planned =
    status.manifest.registry.spec.sources?.find((source) => source.name === state.name) ?? status.manifest.registry.spec.source;
  const type = planned?.type === 'api' ? 'registry' : (planned?.type ?? 'configmap');
  const warnings = state.findings.slice(0, MAX_WARNINGS).map(warning);
  if (state.findingCount > MAX_WARNINGS) warnings.push(`and ${state.findingCount - MAX_WARNINGS} more`);
  return {
    name: state.name,
    type,
    state: state.state,
    ...state.error,
    serverCount: served?.serverCount ?? 0,
    ...state.memory,
    warnings,
  };
}

function warning(finding: Finding): string {
  return `${finding.entry}${finding.pointer}: ${finding.message}`;
}

/** Reasons that say nothing of whether a source can be read: its data are bad, or we failed. */
const NOT_THE_SOURCES_FAULT = new Set(['DataInvalid', 'StorageFailed', 'SyncFailed']);

type StatusCondition = RegistryStatusDocument['conditions'][number];

/**
 * The three conditions that clients know, from the states of all sources. A condition is True only when it holds for each. A manifest that
 * cannot be used is no successful sync: what is served is not what the manifest says.
 */
export function conditionsOf(sources: readonly SourceState[], manifestProblem?: string): StatusCondition[] {
  const failed = sources.filter((source) => source.state === 'failed');
  const invalid = failed.filter((source) => source.error?.reason === 'DataInvalid');
  const unavailable = failed.filter((source) => !NOT_THE_SOURCES_FAULT.has(source.error?.reason ?? ''));
  const pending = sources.filter((source) => source.state === 'pending');
  // Data that could never be read are neither valid nor invalid.
  const unread = sources.filter((source) => source.memory === undefined && source.error?.reason !== 'DataInvalid');
  const condition = (
    type: StatusCondition['type'],
    bad: readonly SourceState[],
    unknown: readonly SourceState[],
    good: [reason: string, message: string],
  ): StatusCondition => {
    if (bad.length > 0) {
      return {
        type,
        status: 'False',
        reason: bad[0]?.error?.reason ?? 'SyncFailed',
        message: bad.map((source) => `${source.name}: ${source.error?.message ?? ''}`).join('; '),
      };
    }
    if (unknown.length > 0)
      return {
        type,
        status: 'Unknown',
        reason: 'Pending',
        message: `nothing read yet: ${unknown.map((source) => source.name).join(', ')}`,
      };
    return { type, status: 'True', reason: good[0], message: good[1] };
  };
  const synced = condition('SyncSuccessful', failed, pending, ['SyncSuccessful', 'the last sync read every source']);
  return [
    condition('SourceAvailable', unavailable, pending, ['SourceFound', 'every source can be read']),
    condition('DataValid', invalid, unread, ['DataValid', 'the data of every source are valid']),
    manifestProblem === undefined
      ? synced
      : { type: 'SyncSuccessful', status: 'False', reason: 'ManifestInvalid', message: manifestProblem },
  ];
}
