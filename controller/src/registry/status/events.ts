import { REASONS, reasonFacts, type Condition, type MCPRegistryStatus } from '@toolhive-registry/api';
import { ENFORCEMENT_ACTIVE } from '../../enforcement/condition.ts';
import { findCondition, hashOf, isConditionTrue, type EventInput } from '@toolhive-registry/reconciler';
import { EXPOSED } from './exposure.ts';

/** What a sync did to the catalog, in versions of servers. */
export interface CatalogChange {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/**
 * What `kubectl describe` should tell of the step from one status to the next. Steps that pass by themselves are not told. `change`: what the sync did
 * that `after.lastSyncHash` is of.
 */
export function eventsOf(before: MCPRegistryStatus, after: MCPRegistryStatus, change?: CatalogChange): EventInput[] {
  return [...servingEvents(before, after), ...syncEvents(before, after, change), ...aspectEvents(before, after)];
}

/** Conditions of what a registry may do besides serving, and their reasons that tell that all is well. */
const ASPECTS: readonly (readonly [type: string, well: readonly string[]])[] = [
  [ENFORCEMENT_ACTIVE, ['Enforcing', 'Auditing']],
  [EXPOSED, ['AddressAssigned', 'Accepted']],
];

function aspectEvents(before: MCPRegistryStatus, after: MCPRegistryStatus): EventInput[] {
  return ASPECTS.flatMap(([type, well]) => {
    const now = changed(before, after, type);
    if (now === undefined || now.status === 'Unknown') return [];
    // What may pass by itself is not told.
    if (now.status !== 'False' && now.reason.endsWith('Failed') && type === EXPOSED) return [];
    // What holds up the registry has been told by then.
    if (['Stalled', 'Reconciling'].some((held) => findCondition(after.conditions, held)?.reason === now.reason)) return [];
    return [well.includes(now.reason) ? ({ type: 'Normal', reason: type, note: now.message } as const) : warning(now)];
  });
}

/** The condition of a type as it is now, if status or reason are other than before. */
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
    // Whether the registry is served on or has failed, what holds it up is told once.
    ...(stalled === undefined ? [] : [warning(stalled)]),
    // What only takes time is not told.
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
  // The same in other words, where a source is what failed.
  if (synced?.status === 'False' && failures.length === 0)
    events.push(warning(synced, reasonFacts(synced.reason)?.event ?? REASONS.SyncFailed.event));
  const isMended = synced !== undefined && findCondition(before.conditions, 'SyncSuccessful')?.status === 'False';
  const isChanged = before.lastSyncHash !== after.lastSyncHash;
  if (isConditionTrue(after.conditions, 'SyncSuccessful') && (isMended || isChanged)) {
    const note = [inCatalog(after.serverCount ?? 0), ...(isChanged ? whatChanged(change) : [])].join('; ');
    events.push({ type: 'Normal', reason: 'SyncSucceeded', note });
  }
  return events;
}

/** Reasons of Reconciling that pass by themselves, or that another condition tells of. Those of children are `KINDFailed`. */
const PASSING = /^(NotReady|RollingOut|Terminating|SourceNotFound|WaitingForDeletion)$|Failed$/;

function whatChanged(change: CatalogChange | undefined): string[] {
  if (change === undefined) return [];
  return [`${change.added} added, ${change.changed} changed, ${change.removed} removed`];
}

/** Tells the steps from this status from all other steps of the registry. The same whether the status was just written or is read back. */
export function occurrenceOf({ observedGeneration, conditions = [], lastSyncHash, lastSyncTime }: MCPRegistryStatus): string {
  return hashOf([
    // An edit that is taken back leaves everything else as it was before it.
    observedGeneration ?? 0,
    conditions.map(({ type, status, reason, lastTransitionTime }) => [type, status, reason, lastTransitionTime]),
    lastSyncHash ?? '',
    lastSyncTime ?? '',
  ]);
}

function inCatalog(servers: number): string {
  return `${servers} ${servers === 1 ? 'server' : 'servers'} in the catalog`;
}
