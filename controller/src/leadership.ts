import { annotations, fieldManager } from '@toolhive-registry/api';
import { LeaseLeadership, type ApiClient, type LeaseTimes, type Logger } from '@toolhive-registry/reconciler';

/** How the controller that works is chosen. */
export interface LeaderElectionSettings extends Partial<LeaseTimes> {
  /** Where the Lease of controllers for the whole cluster is; the same for all installations, so that they meet. */
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

/** Names of Leases. They never change: a controller with another name would not meet the others. */
const LEASE = { cluster: fieldManager, namespace: `${fieldManager}-namespace` } as const;

/**
 * The election that the settings ask for: one Lease for the cluster, or one in each namespace that is watched, so that two installations whose
 * namespaces overlap share them out.
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
