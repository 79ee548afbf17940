import { formatIssue, names, type MCPRegistryStatus } from '@toolhive-registry/api';
import type { Failure } from '../failure.ts';
import type { Observation } from './observation.ts';
import { failureMessage } from './pod-template.ts';
import { explained, progressOf, replicasOf, stuckOf } from './rollout.ts';
import type { Draft } from './sync-conditions.ts';

/** A reason and a sentence, for a condition of any type. */
type Why = Pick<Draft, 'reason' | 'message'>;

/** Reason of Ready where somebody has scaled the Deployment to zero, which is no fault. */
export const SCALED_TO_ZERO = 'ScaledToZero';

/** How ready a registry is; worked out once in a pass, for phase, conditions and messages alike. */
export interface Readiness {
  readonly phase: NonNullable<MCPRegistryStatus['phase']>;
  /** The condition Ready: whether the registry is served, whatever becomes of the last change. */
  readonly ready: Draft;
  /** What is still on its way to what the spec says; absent: nothing. */
  readonly progress?: Why;
  /** What gets no further until somebody changes something: a change that was refused, or a registry that cannot be served. */
  readonly stalled?: Why;
}

/** Works out the readiness: deletion, then faults of the spec, then of the objects, then the Deployment. `unsynced`: why the last sync failed. */
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

/** What is served is served on when a change is refused; a registry that serves nothing has failed. */
function refused(now: Readiness, why: Why): Readiness {
  // Nothing moves towards a spec that is refused, so that Reconciling, if it was there, goes.
  return now.phase === 'Running' ? { phase: 'Running', ready: now.ready, stalled: why } : failed(why);
}

/** What may not be watched may be served or not: nobody here knows. */
function unseen({ reason, message }: Failure): Readiness {
  return { phase: 'Pending', ready: { type: 'Ready', status: 'Unknown', reason, message }, stalled: { reason, message } };
}

/** What is served is served on while the API server does not take a change; what was not there yet waits for it. */
function delayed(now: Readiness, { reason, message }: Failure): Readiness {
  if (now.phase === 'Pending') return notReady('Pending', reason, message, true);
  const ready = { ...now.ready, message: `${now.ready.message}; changes are not applied yet: ${message}` };
  const stalled = now.stalled === undefined ? {} : { stalled: { reason: ready.reason, message: ready.message } };
  return { phase: now.phase, ready, progress: { reason, message }, ...stalled };
}

/** One available pod behind the Service is enough to be used: then the registry is Running, if perhaps not complete. */
function servingReadiness(seen: Observation, unsynced: string | undefined): Readiness {
  const { wanted, available } = replicasOf(seen.deployment);
  if (available > 0 && seen.hasService) return running(seen, wanted, available);
  if (available > 0) return notReady('Pending', 'NotReady', `Service ${names.api(seen.name)} does not exist`, true);
  if (wanted === 0) return notReady('Pending', SCALED_TO_ZERO, 'The registry is scaled to zero');
  // A missing ConfigMap keeps pods from becoming ready, and is what to mend.
  if (seen.missing.length > 0) return notReady('Pending', 'SourceNotFound', seen.missing.join('; '), true);
  const { trouble } = seen;
  // That a pod is not ready since a source failed has been said then.
  const isSaid = trouble?.reason === 'PodNotReady' && unsynced !== undefined;
  const because = (message: string): string => explained(message, [unsynced, isSaid ? undefined : trouble?.message]);
  const stuck = stuckOf(seen);
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
  // By then the Deployment's controller has given the rollout up, for all that it goes on trying.
  const stuck = stuckOf(seen);
  if (stuck === undefined) return { phase: 'Running', ready, progress };
  const isSaid = progress.message.includes(stuck.message);
  return {
    phase: 'Running',
    ready,
    stalled: { reason: stuck.reason, message: isSaid ? progress.message : `${progress.message}; ${stuck.message}` },
  };
}
