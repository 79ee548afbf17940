import { names, ports, type MCPRegistryStatus } from '@toolhive-registry/api';
import { dateCondition, findCondition } from '@toolhive-registry/reconciler';
import { ENFORCEMENT_ACTIVE, enforcementCondition } from '../../enforcement/condition.ts';
import { selectorLabels } from '../render/labels.ts';
import { boundedCount, boundedMessage, boundedReason, boundedText } from './bounded.ts';
import { exposedUrlOf, exposureDrafts, exposureStall } from './exposure.ts';
import type { Observation } from './observation.ts';
import { podTemplateCondition } from './pod-template.ts';
import { readinessOf } from './readiness.ts';
import { type PodFacts } from '../../pods/facts.ts';
import { syncConditions, type Draft } from './sync-conditions.ts';

/** The status of a registry. `now` is RFC 3339 and used for conditions that changed. */
export function deriveStatus(seen: Observation, before: MCPRegistryStatus, now: string): MCPRegistryStatus {
  const sync = syncConditions(seen);
  const unsynced = sync.find(({ type, status }) => type === 'SyncSuccessful' && status === 'False')?.message;
  const { phase, ready, progress, stalled: held } = readinessOf(seen, unsynced);
  // Of what holds up the registry itself is told first.
  const stalled = held ?? (progress === undefined ? exposureStall(seen) : undefined);
  const counts = countsOf(seen.facts, before);
  const drafts: Draft[] = [
    ready,
    podTemplateCondition(seen),
    ...sync,
    ...enforcementDrafts(seen, before),
    ...exposureDrafts(seen, before),
    ...(progress === undefined ? [] : [{ type: 'Reconciling', status: 'True', ...progress } as const]),
    ...(stalled === undefined ? [] : [{ type: 'Stalled', status: 'True', ...stalled } as const]),
  ];
  return {
    observedGeneration: seen.generation,
    phase,
    message: boundedMessage(
      sentence(
        ready.message,
        phase === 'Running' ? [rollbackOf(seen.facts), stalled?.message, unsynced, seen.doubt?.difference, seen.doubt?.silence] : [],
      ),
    ),
    // Empty rather than absent: a field that is not applied could keep what somebody else wrote.
    url: phase === 'Running' ? (exposedUrlOf(seen.exposure?.object) ?? internalUrl(seen)) : '',
    replicas: seen.deployment?.status?.replicas ?? 0,
    readyReplicas: seen.deployment?.status?.readyReplicas ?? 0,
    selector: Object.entries(selectorLabels(seen.name))
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    ...counts,
    conditions: drafts.map((draft) =>
      dateCondition({ ...bounded(draft), observedGeneration: seen.generation }, before.conditions ?? [], now),
    ),
  };
}

function internalUrl({ name, namespace, clusterDomain }: Observation): string {
  return `http://${names.api(name)}.${namespace}.svc.${clusterDomain}:${ports.http}`;
}

/** While nobody has looked yet, as after a start of the controller, what was said last stays. */
function enforcementDrafts({ enforces, enforcement }: Observation, before: MCPRegistryStatus): Draft[] {
  if (!enforces) return [];
  if (enforcement !== undefined) return [enforcementCondition(enforcement)];
  const last = findCondition(before.conditions, ENFORCEMENT_ACTIVE);
  return [
    last ?? {
      type: ENFORCEMENT_ACTIVE,
      status: 'Unknown',
      reason: 'NotLookedAt',
      message: 'The controller is about to carry out the enforcement',
    },
  ];
}

/** Ready is of what is served; who reads one sentence only is to hear why that is not what the spec asks for, or what the sources hold. */
function sentence(served: string, but: readonly (string | undefined)[]): string {
  return [served, ...but].filter((part) => part !== undefined).join('; ');
}

/** That what is served is an earlier snapshot. */
function rollbackOf(facts: readonly PodFacts[]): string | undefined {
  const hash = facts.map(({ document }) => document.rolledBackTo).find((to) => typeof to === 'string');
  return hash === undefined ? undefined : `rolled back to snapshot ${hash?.slice(0, 12)}`;
}

/** Counts and times as the pods report them. While nobody who has a catalog can be asked the last ones stay: they were true then. */
function countsOf(facts: readonly PodFacts[], before: MCPRegistryStatus): Partial<MCPRegistryStatus> {
  // Replicas have the same data by hashes and times of their own. One that is told of already is told of as long as it is there.
  const serving = facts.filter(({ document }) => document.ready);
  const known = serving.filter(({ document }) => document.snapshotHash === before.lastSyncHash);
  const first = known.find(({ document }) => document.lastChangeTime === before.lastSyncTime) ?? known[0] ?? serving[0];
  if (first === undefined) {
    const { serverCount, deployedServerCount, lastSyncTime, lastSyncHash, lastManualSyncTrigger } = before;
    return withoutUndefined({ serverCount, deployedServerCount, lastSyncTime, lastSyncHash, lastManualSyncTrigger });
  }
  const { document } = first;
  return withoutUndefined({
    serverCount: boundedCount(document.serverCount),
    deployedServerCount: boundedCount(document.deployedServerCount),
    lastSyncTime: document.lastChangeTime ?? undefined,
    lastSyncHash: document.snapshotHash === null ? undefined : boundedText(document.snapshotHash, 256),
    lastManualSyncTrigger: document.lastSyncTrigger === null ? undefined : boundedText(document.lastSyncTrigger, 4_096),
  });
}

function withoutUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** The condition within the CRD's bounds. */
function bounded({ type, status, reason, message }: Draft): Draft {
  return { type, status, reason: boundedReason(reason), message: boundedMessage(message) };
}
