import { REASONS, reasonFacts, type Condition, type MCPRegistryStatus } from '@toolhive-registry/api';
import { ENFORCEMENT_ACTIVE } from '../../enforcement/condition.ts';
import { findCondition, hashOf, isConditionTrue, type EventInput } from '@toolhive-registry/reconciler';
import { EXPOSED, SHARED_ADDRESS } from './exposure.ts';

/** The effect of a sync on the catalog, in versions of servers. */
export interface CatalogChange {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/**
 * The Events to record for the step from one status to the next. Steps that pass by themselves are left out. `change`: what the sync behind
 * `after.lastSyncHash` changed.
 */
export function eventsOf(before: MCPRegistryStatus, after: MCPRegistryStatus, change?: CatalogChange): EventInput[] {
  return [...servingEvents(before, after), ...syncEvents(before, after, change), ...aspectEvents(before, after)];
}

/** Conditions for optional features, and their reasons that mean all is well. */
const ASPECTS: readonly (readonly [type: string, well: readonly string[]])[] = [
  [ENFORCEMENT_ACTIVE, ['Enforcing', 'Auditing']],
  [EXPOSED, ['AddressAssigned', 'Accepted']],
];

function aspectEvents(before: MCPRegistryStatus, after: MCPRegistryStatus): EventInput[] {
  return ASPECTS.flatMap(([type, well]) => {
    const now = changed(before, after, type);
    if (now === undefined || (now.status === 'Unknown' && now.reason !== SHARED_ADDRESS)) return [];
    // Transient problems are not reported.
    if (now.status !== 'False' && now.reason.endsWith('Failed') && type === EXPOSED) return [];
    // A blocked registry has been reported by then.
    if (['Stalled', 'Reconciling'].some((held) => findCondition(after.conditions, held)?.reason === now.reason)) return [];
    return [well.includes(now.reason) ? ({ type: 'Normal', reason: type, note: now.message } as const) : warning(now)];
  });
}

/** The current condition of a type, if its status or reason changed. */
function changed(before: MCPRegistryStatus, after: MCPRegistryStatus, type: string): Condition | undefined {
  const [then, now] = [before, after].map((status) => findCondition(status.conditions, type));
  return now === undefined || (then?.status === now.status && then.reason === now.reason) ? undefined : now;
}

function servingEvents(before: MCPRegistryStatus, after: MCPRegistryStatus): EventInput[] {
  const [ready, stalled, progress] = ['Ready', 'Stalled', 'Reconciling'].map((type) => {
    const now = changed(before, after, type);
    return now?.status === 'True' ? now : undefined;
  });
  return [
    ...(ready === undefined ? [] : [{ type: 'Normal', reason: 'Ready', note: ready.message } as const]),
    // Whether the registry keeps serving or has failed, the problem is reported once.
    ...(stalled === undefined ? [] : [warning(stalled)]),
    // Mere progress is not reported.
    ...(progress === undefined || PASSING.test(progress.reason) ? [] : [warning(progress)]),
  ];
}

function warning({ reason, message }: Condition, event = reason): EventInput {
  return { type: 'Warning', reason: event, note: message };
}

function syncEvents(before: MCPRegistryStatus, after: MCPRegistryStatus, change: CatalogChange | undefined): EventInput[] {
  const ofSources = ['SourceAvailable', 'DataValid'].flatMap((type) => changed(before, after, type) ?? []);
  const failures = ofSources.filter(({ status }) => status === 'False');
  const events = failures.map((failure) => warning(failure, reasonFacts(failure.reason)?.event));
  const synced = changed(before, after, 'SyncSuccessful');
  // This would repeat the failure of a source in other words.
  if (synced?.status === 'False' && failures.length === 0)
    events.push(warning(synced, reasonFacts(synced.reason)?.event ?? REASONS.SyncFailed.event));
  const isRecovered = synced !== undefined && findCondition(before.conditions, 'SyncSuccessful')?.status === 'False';
  const isChanged = before.lastSyncHash !== after.lastSyncHash;
  if (isConditionTrue(after.conditions, 'SyncSuccessful') && (isRecovered || isChanged)) {
    const note = [inCatalog(after.serverCount ?? 0), ...(isChanged ? whatChanged(change) : [])].join('; ');
    events.push({ type: 'Normal', reason: 'SyncSucceeded', note });
  }
  return events;
}

/** Reasons of Reconciling that are transient, or covered by another condition. Those of children are `KINDFailed`. */
const PASSING = /^(NotReady|RollingOut|Terminating|SourceNotFound|WaitingForDeletion)$|Failed$/;

function whatChanged(change: CatalogChange | undefined): string[] {
  if (change === undefined) return [];
  return [`${change.added} added, ${change.changed} changed, ${change.removed} removed`];
}

/** Identifies the step from this status among all steps of the registry. The same whether the status was just written or is read back. */
export function occurrenceOf({ observedGeneration, conditions = [], lastSyncHash, lastSyncTime }: MCPRegistryStatus): string {
  return hashOf([
    // Reverting an edit restores everything else as it was before.
    observedGeneration ?? 0,
    conditions.map(({ type, status, reason, lastTransitionTime }) => [type, status, reason, lastTransitionTime]),
    lastSyncHash ?? '',
    lastSyncTime ?? '',
  ]);
}

function inCatalog(servers: number): string {
  return `${servers} ${servers === 1 ? 'server' : 'servers'} in the catalog`;
}
