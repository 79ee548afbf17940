import type { Condition, MCPRegistryStatus } from '@toolhive-registry/api';

/** A status at some point, with the UID of its object. */
export interface StatusStep {
  readonly uid: string;
  readonly status: MCPRegistryStatus;
}

/** An Event that docs/operations.md promises for a step from one status to the next. */
interface Promised {
  /** Undefined: any warning. */
  readonly reason: string | undefined;
}

/** Reasons of the Events that these steps must produce; `undefined` matches a warning of any reason. */
export function expectedEvents(steps: readonly StatusStep[]): Set<string | undefined> {
  const promised = steps.slice(1).flatMap((step, index) => {
    const before = steps[index];
    // A recreated registry starts without a status.
    return before === undefined ? [] : promisedFor(before.uid === step.uid ? before.status : {}, step.status);
  });
  return new Set(promised.map(({ reason }) => reason));
}

function promisedFor(before: MCPRegistryStatus, after: MCPRegistryStatus): Promised[] {
  const turned = (type: string, status: 'True' | 'False'): Condition | undefined => {
    const [then, now] = [find(before, type), find(after, type)];
    return now?.status === status && (then?.status !== status || then.reason !== now.reason) ? now : undefined;
  };
  const stalled = turned('Stalled', 'True');
  const isSynced = find(after, 'SyncSuccessful')?.status === 'True';
  const isRecovered = isSynced && find(before, 'SyncSuccessful')?.status === 'False';
  return [
    ...(turned('Ready', 'True') === undefined ? [] : [{ reason: 'Ready' }]),
    ...(stalled === undefined ? [] : [{ reason: stalled.reason }]),
    ...(isRecovered || (isSynced && before.lastSyncHash !== after.lastSyncHash) ? [{ reason: 'SyncSucceeded' }] : []),
    ...enforced(turned('EnforcementActive', 'True') ?? turned('EnforcementActive', 'False')),
    ...(['SourceAvailable', 'DataValid', 'SyncSuccessful'].some((type) => turned(type, 'False') !== undefined)
      ? [{ reason: undefined }]
      : []),
  ];
}

/** A good state is reported under the condition's name, anything else as a warning. */
function enforced(condition: Condition | undefined): Promised[] {
  if (condition === undefined) return [];
  return [{ reason: ['Enforcing', 'Auditing'].includes(condition.reason) ? condition.type : undefined }];
}

function find(status: MCPRegistryStatus, type: string): Condition | undefined {
  return status.conditions?.find((condition) => condition.type === type);
}
