import { formatIssue, names, type MCPRegistryStatus } from '@toolhive-registry/api';
import type { Failure } from '../failure.ts';
import type { Observation } from './observation.ts';
import { failureMessage } from './pod-template.ts';
import { explained, progressOf, replicasOf, stallOf } from './rollout.ts';
import type { Draft } from './sync-conditions.ts';

/** A reason and a sentence, for a condition of any type. */
type Why = Pick<Draft, 'reason' | 'message'>;

/** Reason of Ready when somebody scaled the Deployment to zero, which is not a fault. */
export const SCALED_TO_ZERO = 'ScaledToZero';

/** How ready a registry is; derived once per pass, for phase, conditions and messages alike. */
export interface Readiness {
  readonly phase: NonNullable<MCPRegistryStatus['phase']>;
  /** The condition Ready: whether the registry is served, whatever becomes of the last change. */
  readonly ready: Draft;
  /** Progress towards the spec that is still under way; absent: none. */
  readonly progress?: Why;
  /** What is stuck until somebody changes something: a refused change, or a registry that cannot be served. */
  readonly stalled?: Why;
}

/** Derives the readiness: first deletion, then faults of the spec, then of the objects, then the Deployment. `unsynced`: why the last sync failed. */
export function readinessOf(seen: Observation, unsynced: string | undefined): Readiness {
  if (seen.deleting) {
    return notReady('Terminating', 'Terminating', 'The registry is being deleted together with everything that belongs to it', true);
  }
  const now = servingReadiness(seen, unsynced);
  if (seen.issues.length > 0) return refused(now, { reason: 'ValidationFailed', message: seen.issues.map(formatIssue).join('; ') });
  if (seen.failure === undefined) return now;
  if (seen.failure.blind === true) return unseen(seen.failure);
  if (seen.failure.transient) return delayed(now, seen.failure);
  return refused(now, { reason: seen.failure.reason, message: failureMessage(seen.failure) });
}

function notReady(phase: Readiness['phase'], reason: string, message: string, progress = false): Readiness {
  return { phase, ready: { type: 'Ready', status: 'False', reason, message }, ...(progress ? { progress: { reason, message } } : {}) };
}

function failed(why: Why): Readiness {
  return { ...notReady('Failed', why.reason, why.message), stalled: why };
}

/** A registry that is served keeps serving when a change is refused; one that serves nothing has failed. */
function refused(now: Readiness, why: Why): Readiness {
  // There is no progress towards a refused spec, so Reconciling is removed.
  return now.phase === 'Running' ? { phase: 'Running', ready: now.ready, stalled: why } : failed(why);
}

/** Objects that may not be watched may or may not serve: unknown. */
function unseen({ reason, message }: Failure): Readiness {
  return { phase: 'Pending', ready: { type: 'Ready', status: 'Unknown', reason, message }, stalled: { reason, message } };
}

/** What is served keeps serving while the API server does not accept a change; what does not exist yet waits for it. */
function delayed(now: Readiness, { reason, message }: Failure): Readiness {
  if (now.phase === 'Pending') return notReady('Pending', reason, message, true);
  const ready = { ...now.ready, message: `${now.ready.message}; changes are not applied yet: ${message}` };
  const stalled = now.stalled === undefined ? {} : { stalled: { reason: ready.reason, message: ready.message } };
  return { phase: now.phase, ready, progress: { reason, message }, ...stalled };
}

/** One available pod behind the Service makes the registry usable: it is Running, if perhaps not complete. */
function servingReadiness(seen: Observation, unsynced: string | undefined): Readiness {
  const { wanted, available } = replicasOf(seen.deployment);
  if (available > 0 && seen.hasService) return running(seen, wanted, available);
  if (available > 0) return notReady('Pending', 'NotReady', `Service ${names.api(seen.name)} does not exist`, true);
  if (wanted === 0) return notReady('Pending', SCALED_TO_ZERO, 'The registry is scaled to zero');
  // A missing ConfigMap keeps pods from becoming ready, and is the thing to fix.
  if (seen.missing.length > 0) return notReady('Pending', 'SourceNotFound', seen.missing.join('; '), true);
  const { trouble } = seen;
  // SyncSuccessful already explains pods that are not ready because a source failed.
  const isSaid = trouble?.reason === 'PodNotReady' && unsynced !== undefined;
  const because = (message: string): string => explained(message, [unsynced, isSaid ? undefined : trouble?.message]);
  const stuck = stallOf(seen);
  if (stuck !== undefined) return failed({ reason: stuck.reason, message: because(stuck.message) });
  return notReady('Pending', isSaid ? 'NotReady' : (trouble?.reason ?? 'NotReady'), because(`0 of ${wanted} replicas are ready`), true);
}

function running(seen: Observation, wanted: number, available: number): Readiness {
  const servers = seen.facts.find(({ document }) => document.ready)?.document.serverCount;
  const what = servers === undefined ? 'The registry is served' : `${servers} ${servers === 1 ? 'server is' : 'servers are'} served`;
  const served = available >= wanted ? what : `${what} by ${available} of ${wanted} replicas`;
  const ready = { type: 'Ready', status: 'True', reason: 'Ready', message: served } as const;
  const progress = progressOf(seen);
  if (progress === undefined) return { phase: 'Running', ready };
  // By then the Deployment controller has given up on the rollout, although it keeps trying.
  const stuck = stallOf(seen);
  if (stuck === undefined) return { phase: 'Running', ready, progress };
  const isSaid = progress.message.includes(stuck.message);
  return {
    phase: 'Running',
    ready,
    stalled: { reason: stuck.reason, message: isSaid ? progress.message : `${progress.message}; ${stuck.message}` },
  };
}
