import { appLabelValue, labels, names } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  DEPLOYMENTS,
  Informer,
  NETWORK_POLICIES,
  PODS,
  SERVICE_ACCOUNTS,
  SERVICES,
  type EventSource,
  type ApiClient,
  type KubeObject,
  type LiveObjects,
  type Logger,
  type ResourceKind,
} from '@toolhive-registry/reconciler';
import type { DeploymentObject } from './render/deployment.ts';
import { slimPod, type PodObject } from '../pods/pod.ts';
import { MANAGED_BY } from './render/labels.ts';
import { MCP_REGISTRIES, type RegistryObject } from './resource.ts';
import { sourceConfigMaps } from './parsed.ts';

/** The kinds of objects that a registry is made of. Of each the controller watches those it wrote. */
const CHILD_KINDS = {
  configMaps: CONFIG_MAPS,
  serviceAccounts: SERVICE_ACCOUNTS,
  services: SERVICES,
  networkPolicies: NETWORK_POLICIES,
  deployments: DEPLOYMENTS,
} as const satisfies Readonly<Record<string, ResourceKind>>;

/**
 * Those of them that a registry may do without. The controller may delete objects of these kinds only, and by the chart's rbac.yaml only where none is
 * wanted.
 */
export const OPTIONAL_KINDS: readonly ResourceKind[] = [NETWORK_POLICIES];

const CHILDREN = Object.keys(CHILD_KINDS) as (keyof typeof CHILD_KINDS)[];

type ChildInformers = { readonly [K in keyof typeof CHILD_KINDS]: K extends 'deployments' ? Informer<DeploymentObject> : Informer };

/** Everything the controller watches. */
export interface Informers extends ChildInformers {
  readonly registries: Informer<RegistryObject>;
  /** All ConfigMaps, without their data: any may be a source. */
  readonly sources: Informer;
  readonly pods: Informer<PodObject>;
}

/** Index of registries by `namespace/name` of the ConfigMaps that their sources need. */
export const BY_SOURCE = 'source-configmap';
/** Index of pods by `namespace/name` of their registry. */
export const BY_REGISTRY = 'registry';

/** Creates the informers; without namespaces they watch the whole cluster. */
export function createInformers(client: ApiClient, namespaces: readonly string[] | undefined, logger: Logger): Informers {
  const common = { client, namespaces, logger };
  const ours = { ...common, labelSelector: `${labels.appManagedBy}=${MANAGED_BY}` };
  const children = CHILDREN.map((name) => [name, new Informer({ ...ours, kind: CHILD_KINDS[name] })] as const);
  return {
    registries: new Informer<RegistryObject>({
      ...common,
      kind: MCP_REGISTRIES,
      indexes: { [BY_SOURCE]: (object) => sourceConfigMaps(object).map((name) => `${object.metadata.namespace ?? ''}/${name}`) },
    }),
    ...(Object.fromEntries(children) as unknown as ChildInformers),
    sources: new Informer({ ...common, kind: CONFIG_MAPS, metadataOnly: true, transform: withoutManagedFields }),
    pods: new Informer<PodObject>({
      ...common,
      kind: PODS,
      labelSelector: `${labels.app}=${appLabelValue}`,
      transform: slimPod,
      indexes: { [BY_REGISTRY]: (pod) => registryOfPod(pod).map((name) => `${pod.metadata.namespace ?? ''}/${name}`) },
    }),
  };
}

/** The informers of the kinds that a registry is made of. */
export function childInformers(informers: Informers): EventSource[] {
  return CHILDREN.map((name) => informers[name]);
}

/** What the stores have of those kinds, of all registries. */
export function liveChildren(informers: Informers): LiveObjects[] {
  return CHILDREN.map((name) => ({ kind: CHILD_KINDS[name], store: informers[name].store }));
}

/**
 * The registry whose Deployment made a pod, as a list for mappings. Labels alone are anybody's: a pod that only carries them would be
 * asked for its status, and annotated. That the pod's ReplicaSet is one of that Deployment is taken from its name.
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
