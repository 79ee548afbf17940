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

/** Derives the status of a registry. `now` is RFC 3339, and dates conditions that changed. */
export function deriveStatus(seen: Observation, before: MCPRegistryStatus, now: string): MCPRegistryStatus {
  const sync = syncConditions(seen);
  const unsynced = sync.find(({ type, status }) => type === 'SyncSuccessful' && status === 'False')?.message;
  const { phase, ready, progress, stalled: held } = readinessOf(seen, unsynced);
  // Problems of the registry's objects come before those of its exposure.
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
    // Empty rather than absent: a field that is not applied could keep somebody else's value.
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

/** Until the first look, as after a restart of the controller, the previous condition stays. */
function enforcementDrafts({ enforces, enforcement }: Observation, before: MCPRegistryStatus): Draft[] {
  if (!enforces) return [];
  if (enforcement !== undefined) return [enforcementCondition(enforcement)];
  const last = findCondition(before.conditions, ENFORCEMENT_ACTIVE);
  return [
    last ?? {
      type: ENFORCEMENT_ACTIVE,
      status: 'Unknown',
      reason: 'NotChecked',
      message: 'Enforcement is not set up yet',
    },
  ];
}

/** The message of Ready is about what is served. Readers of that one sentence also learn why that is not what the spec asks for, or what the sources have. */
function sentence(served: string, but: readonly (string | undefined)[]): string {
  return [served, ...but].filter((part) => part !== undefined).join('; ');
}

/** Says that an earlier snapshot is served. */
function rollbackOf(facts: readonly PodFacts[]): string | undefined {
  const hash = facts.map(({ document }) => document.rolledBackTo).find((to) => typeof to === 'string');
  return hash === undefined ? undefined : `rolled back to snapshot ${hash?.slice(0, 12)}`;
}

/** Counts and times as reported by the pods. While no pod with a catalog can be asked, the previous ones stay: they were true then. */
function countsOf(facts: readonly PodFacts[], before: MCPRegistryStatus): Partial<MCPRegistryStatus> {
  // Replicas have the same data under different hashes and times. The one that is already in the status stays there as long as it exists.
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

/** The condition, truncated to the CRD's limits. */
function bounded({ type, status, reason, message }: Draft): Draft {
  return { type, status, reason: boundedReason(reason), message: boundedMessage(message) };
}
