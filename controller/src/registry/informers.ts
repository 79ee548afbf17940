import { appLabelValue, groups, labels, names, type RegistryGroup } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  controllerOf,
  DEPLOYMENTS,
  HTTP_ROUTES,
  INGRESSES,
  Informer,
  NETWORK_POLICIES,
  POD_DISRUPTION_BUDGETS,
  PODS,
  REPLICA_SETS,
  SERVICE_ACCOUNTS,
  SERVICES,
  type EventSource,
  type ApiClient,
  type KubeObject,
  type LiveObjects,
  type Logger,
  type ResourceKind,
} from '@toolhive-registry/reconciler';
import { addressesOf, BY_ADDRESS } from './address.ts';
import type { DeploymentObject } from './render/deployment.ts';
import { slimPod, type PodObject } from '../pods/pod.ts';
import { MANAGED_BY } from './render/labels.ts';
import { registryKind, typed, type RegistryObject } from './resource.ts';
import { sourceConfigMaps } from './parsed.ts';

/** The kinds of objects that a registry is made of. The controller watches those that it wrote. */
const CHILD_KINDS = {
  configMaps: CONFIG_MAPS,
  serviceAccounts: SERVICE_ACCOUNTS,
  services: SERVICES,
  networkPolicies: NETWORK_POLICIES,
  disruptionBudgets: POD_DISRUPTION_BUDGETS,
  deployments: DEPLOYMENTS,
  ingresses: INGRESSES,
  httpRoutes: HTTP_ROUTES,
} as const satisfies Readonly<Record<string, ResourceKind>>;

/**
 * Those that a registry can do without, apart from what exposes it. The controller may delete objects of these kinds; NetworkPolicies, by the chart's
 * rbac.yaml, only where none is wanted.
 */
export const OPTIONAL_KINDS: readonly ResourceKind[] = [NETWORK_POLICIES, POD_DISRUPTION_BUDGETS];

const CHILDREN = Object.keys(CHILD_KINDS) as (keyof typeof CHILD_KINDS)[];

type ChildInformers = { readonly [K in keyof typeof CHILD_KINDS]: K extends 'deployments' ? Informer<DeploymentObject> : Informer };

/** Informers shared by the registries of both groups. */
export interface SharedInformers extends ChildInformers {
  /** All ConfigMaps, as metadata only: any may be a source. */
  readonly sources: Informer;
  readonly pods: Informer<PodObject>;
  /** Without their specs: all that matters is which one of a Deployment is the newest. */
  readonly replicaSets: Informer;
}

/** Informers for the registries of one group. */
export interface Informers extends SharedInformers {
  readonly registries: Informer<RegistryObject>;
  /** The registries of the other group: one of the same name has objects with the same names. */
  readonly namesakes: Informer<RegistryObject>;
}

/** Everything the controller watches. */
export interface AllInformers {
  readonly shared: SharedInformers;
  readonly registries: Readonly<Record<RegistryGroup, Informer<RegistryObject>>>;
}

/** Index of registries by `namespace/name` of the ConfigMaps that their sources read. */
export const BY_SOURCE = 'source-configmap';
/** Index of ReplicaSets by the uid of their Deployment. */
export const BY_DEPLOYMENT = 'deployment';
/** Index of pods by `namespace/name` of their registry. */
export const BY_REGISTRY = 'registry';

/** How often to check whether a group's CRD exists by now, in milliseconds: whoever installs it is waiting. */
const CRD_RETRY_MS = 10_000;

/** What informers are made from. */
export interface InformerSettings {
  readonly client: ApiClient;
  /** Undefined: the whole cluster. */
  readonly namespaces: readonly string[] | undefined;
  /** Whether a group is to be watched now, asked before each list and watch. */
  readonly gates: Readonly<Record<RegistryGroup, { readonly open: (signal: AbortSignal) => Promise<boolean> }>>;
  readonly logger: Logger;
}

/** Creates the informers. */
export function createInformers({ client, namespaces, gates, logger }: InformerSettings): AllInformers {
  const common = { client, namespaces, logger };
  const ours = { ...common, labelSelector: `${labels.appManagedBy}=${MANAGED_BY}` };
  const children = CHILDREN.map(
    (name) => [name, new Informer({ ...ours, ...exposureOptions(CHILD_KINDS[name]), kind: CHILD_KINDS[name] })] as const,
  );
  const registries = groups.map((group) => {
    const informer = new Informer<RegistryObject>({
      ...common,
      kind: registryKind(group),
      optional: true,
      optionalRetryMs: CRD_RETRY_MS,
      gate: gates[group].open,
      transform: (object) => typed(group, object),
      indexes: { [BY_SOURCE]: (object) => sourceConfigMaps(object).map((name) => `${object.metadata.namespace ?? ''}/${name}`) },
    });
    return [group, informer] as const;
  });
  const shared: SharedInformers = {
    ...(Object.fromEntries(children) as unknown as ChildInformers),
    sources: new Informer({ ...common, kind: CONFIG_MAPS, metadataOnly: true, transform: withoutManagedFields }),
    replicaSets: new Informer({
      ...ours,
      kind: REPLICA_SETS,
      metadataOnly: true,
      transform: withoutManagedFields,
      indexes: { [BY_DEPLOYMENT]: (replicaSet) => [controllerOf(replicaSet)?.uid ?? ''] },
    }),
    pods: new Informer<PodObject>({
      ...common,
      kind: PODS,
      labelSelector: `${labels.app}=${appLabelValue}`,
      transform: slimPod,
      indexes: { [BY_REGISTRY]: (pod) => registryOfPod(pod).map((name) => `${pod.metadata.namespace ?? ''}/${name}`) },
    }),
  };
  return { shared, registries: Object.fromEntries(registries) as AllInformers['registries'] };
}

/** Everything else works without the permissions for what exposes registries, and without the Gateway API. */
function exposureOptions(kind: ResourceKind): Partial<ConstructorParameters<typeof Informer>[0]> {
  if (kind !== INGRESSES && kind !== HTTP_ROUTES) return {};
  return { tolerateForbidden: true, optional: true, optionalRetryMs: CRD_RETRY_MS, indexes: { [BY_ADDRESS]: addressesOf } };
}

export function informersOf(group: RegistryGroup, { shared, registries }: AllInformers): Informers {
  return { ...shared, registries: registries[group], namesakes: registries[otherGroup(group)] };
}

export function otherGroup(group: RegistryGroup): RegistryGroup {
  return group === groups[0] ? groups[1] : groups[0];
}

/** All informers except those of the registries. */
export function sharedInformers({ registries: _registries, namesakes: _namesakes, ...shared }: Informers): Informer[] {
  return Object.values(shared) as unknown as Informer[];
}

/** The informers of the kinds that a registry is made of. */
export function childInformers(informers: SharedInformers): EventSource[] {
  return CHILDREN.map((name) => informers[name]);
}

/** The store contents of those kinds, for all registries. */
export function liveChildren(informers: SharedInformers): LiveObjects[] {
  return CHILDREN.map((name) => ({ kind: CHILD_KINDS[name], store: informers[name].store }));
}

/**
 * The registry whose Deployment created a pod, as a list for mappings. Labels alone prove nothing: a pod that merely carries them would be asked for its
 * status, and annotated. That the pod's ReplicaSet belongs to that Deployment is inferred from its name.
 */
export function registryOfPod(pod: KubeObject): string[] {
  const { labels: podLabels = {}, ownerReferences } = pod.metadata;
  const name = podLabels[labels.registryName];
  if (name === undefined || name === '' || podLabels[labels.appManagedBy] !== MANAGED_BY) return [];
  const owner = ownerReferences?.find((reference) => reference.controller);
  const made = owner?.kind === 'ReplicaSet' && owner.apiVersion.startsWith('apps/') && owner.name.startsWith(`${names.api(name)}-`);
  return made ? [name] : [];
}

function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _dropped, ...metadata } = object.metadata;
  return { ...object, metadata };
}
