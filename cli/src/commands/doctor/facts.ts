import type { CrdOwner, ObjectReference, RegistryGroup, RegistryStatusDocument } from '@toolhive-registry/api';
import type { PodState } from '@toolhive-registry/api/pods';
import type { KubeObject } from '@toolhive-registry/reconciler/client';
import type { RegistryObject } from '../../cluster/registries.ts';
import type { Permission } from './controller-permissions.ts';
import type { ControllerSettings } from './controller-settings.ts';
import type { Seen } from './finding.ts';

/** Everything that the checks use, gathered once. */
export interface Facts {
  /** Version of this program. */
  readonly ownVersion: string;
  /** Milliseconds since 1970, by the local clock. */
  readonly now: number;
  /** Address of the API server. */
  readonly server: string;
  readonly version: Seen<ServerVersion>;
  readonly crds: readonly CrdFacts[];
  readonly controllers: Seen<readonly ControllerFacts[]>;
  readonly ownPermissions: readonly OwnPermissions[];
  /** The namespace that was looked at; undefined: all. */
  readonly namespace: string | undefined;
  readonly registries: Seen<readonly RegistryFacts[]>;
  /** Admission policies and bindings that are wanted, by kind and name; empty where nobody enforces. */
  readonly policies: readonly PolicyFacts[];
}

/** The answer of `GET /version`. */
export interface ServerVersion {
  readonly major: string;
  readonly minor: string;
  readonly gitVersion: string;
}

/** The CRD of one group. */
export interface CrdFacts {
  readonly group: RegistryGroup;
  readonly owner: Seen<CrdOwner>;
  /** As the API server publishes it; undefined where it is not ours. */
  readonly schema: unknown;
}

/** A Deployment as far as checks read it. */
export interface DeploymentObject extends KubeObject {
  readonly spec: {
    readonly replicas?: number;
    readonly selector: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly template: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec: {
        readonly serviceAccountName?: string;
        readonly containers: readonly { readonly name: string; readonly image?: string; readonly args?: readonly string[] }[];
      };
    };
  };
  readonly status?: {
    readonly readyReplicas?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

/** One controller. */
export interface ControllerFacts {
  readonly deployment: DeploymentObject;
  readonly settings: ControllerSettings;
  readonly pods: Seen<readonly PodState[]>;
  readonly leases: readonly LeaseFacts[];
  /** Permissions that its ServiceAccount lacks. */
  readonly missingPermissions: Seen<readonly MissingPermission[]>;
}

/** A missing permission, and where it is missing. */
export interface MissingPermission {
  readonly permission: Permission;
  readonly verb: string;
  /** Undefined: the whole cluster. */
  readonly namespace: string | undefined;
}

/** A Lease for leader election; its value is undefined if it does not exist. */
export interface LeaseFacts {
  readonly namespace: string;
  readonly name: string;
  readonly lease: Seen<LeaseObject | undefined>;
}

/** A Lease as far as checks read it. */
export interface LeaseObject extends KubeObject {
  readonly spec?: { readonly holderIdentity?: string; readonly renewTime?: string; readonly leaseDurationSeconds?: number };
}

/** Whether the user may do something that commands need. */
export interface OwnPermissions {
  /** What needs it. */
  readonly purpose: string;
  /** Permissions of which one suffices, such as `list mcpregistries.toolhive.stacklok.dev`. */
  readonly permissions: readonly { readonly permission: string; readonly isAllowed: Seen<boolean> }[];
}

/** An admission policy or a binding that should exist. */
export interface PolicyFacts {
  readonly kind: string;
  readonly name: string;
  readonly part: 'enforce' | 'audit' | 'guard';
  readonly isThere: Seen<boolean>;
}

/** A NetworkPolicy as far as checks read it. */
export interface NetworkPolicyObject extends KubeObject {
  readonly spec: {
    readonly podSelector?: LabelSelector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly IngressRule[];
  };
}

/** Who may come in, and where to. Without `from` anyone, without `ports` anywhere. */
export interface IngressRule {
  readonly from?: readonly Peer[];
  readonly ports?: readonly { readonly protocol?: string; readonly port?: number | string; readonly endPort?: number }[];
}

/** Who is let in. */
export interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: object;
}

/** Selects by labels; empty: everything. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

/** A pod with its labels. */
export type PodObject = KubeObject & PodState;

/** One registry. */
export interface RegistryFacts {
  readonly object: RegistryObject;
  readonly pods: Seen<readonly PodObject[]>;
  readonly networkPolicies: Seen<readonly NetworkPolicyObject[]>;
  readonly configMaps: readonly ReferenceFacts[];
  readonly secrets: readonly ReferenceFacts[];
  /** Its status document; absent: it was not asked, because no pod is ready. */
  readonly document?: Seen<RegistryStatusDocument>;
}

/** An object that a registry names, and whether it exists. */
export interface ReferenceFacts extends ObjectReference {
  readonly isThere: Seen<boolean>;
}
