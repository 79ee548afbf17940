import { annotations, fieldManager } from '@toolhive-registry/api';
import { LeaseLeadership, type ApiClient, type LeaseTimes, type Logger } from '@toolhive-registry/reconciler';

/** How the active controller is elected. */
export interface LeaderElectionSettings extends Partial<LeaseTimes> {
  /** Where the Lease for whole-cluster controllers is; shared by all installations, so that they compete for it. */
  readonly namespace: string;
}

/** What an election needs besides. */
export interface LeadershipDeps {
  readonly client: ApiClient;
  /** Undefined: the whole cluster. */
  readonly watchNamespaces: readonly string[] | undefined;
  /** `NAMESPACE/NAME` of this installation. */
  readonly installation: string;
  readonly observe: (lease: string, isLeading: boolean) => void;
  readonly logger: Logger;
}

/** Names of Leases. They must never change, or controllers of different versions would not see each other. */
const LEASE = { cluster: fieldManager, namespace: `${fieldManager}-namespace` } as const;

/**
 * The election for these settings: one Lease for the cluster, or one in each watched namespace, so that two installations with overlapping namespaces divide
 * them.
 */
export function createLeadership({ namespace, ...times }: LeaderElectionSettings, deps: LeadershipDeps): LeaseLeadership {
  const { client, watchNamespaces, installation, observe, logger } = deps;
  return new LeaseLeadership({
    client,
    leases:
      watchNamespaces === undefined
        ? [{ namespace, name: LEASE.cluster }]
        : watchNamespaces.map((watched) => ({ namespace: watched, name: LEASE.namespace, forNamespace: watched })),
    annotations: { [annotations.installation]: installation },
    observe,
    logger,
    ...times,
  });
}
