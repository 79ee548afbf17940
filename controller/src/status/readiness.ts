import { formatIssue, type MCPRegistryStatus } from '@toolhive-registry/api';
import type { Failure, Observation } from './observation.ts';
import { failureMessage } from './pod-template.ts';
import { movingOf, replicasOf, stuckCondition } from './rollout.ts';
import type { Draft } from './sync-conditions.ts';

/** How ready a registry is; worked out once in a pass, for phase, conditions and messages alike. */
export interface Readiness {
  readonly phase: NonNullable<MCPRegistryStatus['phase']>;
  /** The condition Ready. */
  readonly ready: Draft;
  /** What is still on its way to what the spec says; absent: nothing. */
  readonly moving?: Pick<Draft, 'reason' | 'message'>;
}

/** Works out the readiness: deletion, then faults of the spec, then of the objects, then the Deployment. `unsynced`: why the last sync failed. */
export function readinessOf(seen: Observation, unsynced: string | undefined): Readiness {
  if (seen.deleting) {
    return notReady('Terminating', 'Terminating', 'The registry is being deleted together with everything that belongs to it', true);
  }
  if (seen.issues.length > 0) return notReady('Failed', 'ValidationFailed', seen.issues.map(formatIssue).join('; '));
  if (seen.failure?.passing === true) return delayed(deploymentReadiness(seen, unsynced), seen.failure);
  if (seen.failure !== undefined) return notReady('Failed', seen.failure.reason, failureMessage(seen.failure));
  return deploymentReadiness(seen, unsynced);
}

function notReady(phase: Readiness['phase'], reason: string, message: string, moving = false): Readiness {
  return { phase, ready: { type: 'Ready', status: 'False', reason, message }, ...(moving ? { moving: { reason, message } } : {}) };
}

/** What is served is served on while the API server does not take a change; what was not there yet waits for it. */
function delayed(now: Readiness, { reason, message }: Failure): Readiness {
  if (now.phase === 'Pending') return notReady('Pending', reason, message, true);
  const ready = { ...now.ready, message: `${now.ready.message}; changes are not applied yet: ${message}` };
  return { phase: now.phase, ready, moving: { reason, message } };
}

/** One available pod is enough to be used: then the registry is Running, if perhaps not complete. */
function deploymentReadiness(seen: Observation, unsynced: string | undefined): Readiness {
  const { wanted, available } = replicasOf(seen.deployment);
  if (available > 0) return running(seen, wanted, available);
  if (wanted === 0) return notReady('Pending', 'NotReady', 'The registry is scaled to zero');
  // A missing ConfigMap keeps pods from becoming ready, and is what to mend.
  if (seen.missing.length > 0) return notReady('Pending', 'SourceNotFound', seen.missing.join('; '), true);
  const why = [unsynced, seen.podTrouble].filter((reason) => reason !== undefined).join('; ');
  const because = (message: string): string => (why === '' ? message : `${message.replace(/\.$/, '')}: ${why}`);
  const stuck = stuckCondition(seen.deployment);
  if (stuck === undefined) return notReady('Pending', 'NotReady', because(`0 of ${wanted} replicas are ready`), true);
  return notReady('Failed', stuck.reason ?? 'DeploymentFailed', because(stuck.message ?? 'The Deployment makes no progress'));
}

function running(seen: Observation, wanted: number, available: number): Readiness {
  const servers = seen.facts.find(({ document }) => document.ready)?.document.serverCount;
  const what = servers === undefined ? 'The registry is served' : `${servers} ${servers === 1 ? 'server is' : 'servers are'} served`;
  const served = available >= wanted ? what : `${what} by ${available} of ${wanted} replicas`;
  const without = seen.withoutEffect ?? [];
  const message = without.length === 0 ? served : `${served}; without effect in this version: ${without.join(', ')}`;
  const moving = movingOf(seen);
  return {
    phase: 'Running',
    ready: { type: 'Ready', status: 'True', reason: 'Ready', message },
    ...(moving === undefined ? {} : { moving }),
  };
}
