import type { ResourceKind } from '../client/kinds.ts';
import { microTime } from '../events/micro-time.ts';
import type { KubeObject } from '../objects.ts';

/** Leases of the group `coordination.k8s.io`, by which leaders are elected. */
export const LEASES: ResourceKind = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases', kind: 'Lease', namespaced: true };

/** The holder of a Lease, as coordination.k8s.io/v1 LeaseSpec records it. The times are by the holder's clock: nobody else may calculate with them. */
export interface LeaseSpec {
  readonly holderIdentity?: string | null;
  readonly leaseDurationSeconds?: number | null;
  readonly acquireTime?: string | null;
  readonly renewTime?: string | null;
  /** How often the holder changed. */
  readonly leaseTransitions?: number | null;
}

/** A Lease, reduced to what elections need. */
export interface Lease extends KubeObject {
  readonly spec?: LeaseSpec | null;
}

/** Who acquires or renews a Lease, and how. */
export interface Claim {
  readonly identity: string;
  readonly durationMs: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The record of a Lease that is acquired, or renewed if already held. */
export function claimed(former: LeaseSpec, { identity, durationMs, now }: Claim): LeaseSpec {
  const time = microTime(now);
  const isRenewal = former.holderIdentity === identity;
  const transitions = former.leaseTransitions ?? 0;
  return {
    holderIdentity: identity,
    leaseDurationSeconds: Math.max(1, Math.round(durationMs / 1000)),
    acquireTime: isRenewal && former.acquireTime ? former.acquireTime : time,
    renewTime: time,
    leaseTransitions: isRenewal || former.holderIdentity === undefined ? transitions : transitions + 1,
  };
}

/** The record of a released Lease: anybody may acquire it at once. As client-go writes it. */
export function released(former: LeaseSpec, now: number): LeaseSpec {
  return { ...former, holderIdentity: '', leaseDurationSeconds: 1, renewTime: microTime(now) };
}
