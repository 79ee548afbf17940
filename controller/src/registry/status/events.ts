import { REASONS, reasonFacts, type Condition, type MCPRegistryStatus } from '@toolhive-registry/api';
import { findCondition, hashOf, isConditionTrue, type EventInput } from '@toolhive-registry/reconciler';

/** What `kubectl describe` should tell of the step from one status to the next. Steps that pass by themselves are not told. */
export function eventsOf(before: MCPRegistryStatus, after: MCPRegistryStatus): EventInput[] {
  const changed = (type: string): Condition | undefined => {
    const [then, now] = [before, after].map((status) => findCondition(status.conditions, type));
    return now === undefined || (then?.status === now.status && then.reason === now.reason) ? undefined : now;
  };
  const events: EventInput[] = [];
  const ready = changed('Ready');
  if (ready?.status === 'True') events.push({ type: 'Normal', reason: 'Ready', note: ready.message });
  // Whether the registry is served on or has failed, what holds it up is told once.
  const stalled = changed('Stalled');
  if (stalled?.status === 'True') events.push({ type: 'Warning', reason: stalled.reason, note: stalled.message });

  const failures = ['SourceAvailable', 'DataValid'].flatMap((type) => changed(type) ?? []).filter(({ status }) => status === 'False');
  for (const { reason, message } of failures) events.push({ type: 'Warning', reason: reasonFacts(reason)?.event ?? reason, note: message });
  const synced = changed('SyncSuccessful');
  // The same in other words, where a source is what failed.
  if (synced?.status === 'False' && failures.length === 0)
    events.push({ type: 'Warning', reason: reasonFacts(synced.reason)?.event ?? REASONS.SyncFailed.event, note: synced.message });

  const isSynced = isConditionTrue(after.conditions, 'SyncSuccessful');
  const isNews = synced !== undefined || before.lastSyncHash !== after.lastSyncHash;
  if (isSynced && isNews) events.push({ type: 'Normal', reason: 'SyncSucceeded', note: inCatalog(after.serverCount ?? 0) });
  return events;
}

/** Tells the steps from this status from all other steps of the registry. The same whether the status was just written or is read back. */
export function occurrenceOf({ conditions = [], lastSyncHash, lastSyncTime }: MCPRegistryStatus): string {
  return hashOf([
    conditions.map(({ type, status, reason, lastTransitionTime }) => [type, status, reason, lastTransitionTime]),
    lastSyncHash ?? '',
    lastSyncTime ?? '',
  ]);
}

function inCatalog(servers: number): string {
  return `${servers} ${servers === 1 ? 'server' : 'servers'} in the catalog`;
}
