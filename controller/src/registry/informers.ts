import { appLabelValue, labels, names } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  DEPLOYMENTS,
  Informer,
  NETWORK_POLICIES,
  PODS,
  SERVICE_ACCOUNTS,
  SERVICES,
  type KubeClient,
  type KubeObject,
  type Logger,
} from '@toolhive-registry/reconciler';
import type { ConfigMapObject } from './render/objects.ts';
import type { DeploymentObject } from './render/deployment.ts';
import { slimPod, type PodObject } from '../pods/pod.ts';
import { MANAGED_BY } from './render/labels.ts';
import { MCP_REGISTRIES, type RegistryObject } from './resource.ts';
import { sourceConfigMaps } from './validate.ts';

/** Everything the controller watches. */
export interface Informers {
  readonly registries: Informer<RegistryObject>;
  readonly deployments: Informer<DeploymentObject>;
  readonly services: Informer;
  readonly serviceAccounts: Informer;
  readonly networkPolicies: Informer;
  /** The ConfigMaps we wrote. */
  readonly configMaps: Informer<ConfigMapObject>;
  /** All ConfigMaps, without their data: any may be a source. */
  readonly sources: Informer;
  readonly pods: Informer<PodObject>;
}

/** Index of registries by `namespace/name` of the ConfigMaps that their sources need. */
export const BY_SOURCE = 'source-configmap';
/** Index of pods by `namespace/name` of their registry. */
export const BY_REGISTRY = 'registry';

/** Creates the informers; without namespaces they watch the whole cluster. */
export function createInformers(client: KubeClient, namespaces: readonly string[] | undefined, logger: Logger): Informers {
  const common = { client, namespaces, logger };
  const ours = { ...common, labelSelector: `${labels.appManagedBy}=${MANAGED_BY}` };
  return {
    registries: new Informer<RegistryObject>({
      ...common,
      kind: MCP_REGISTRIES,
      indexes: { [BY_SOURCE]: (object) => sourceConfigMaps(object).map((name) => `${object.metadata.namespace ?? ''}/${name}`) },
    }),
    deployments: new Informer<DeploymentObject>({ ...ours, kind: DEPLOYMENTS }),
    services: new Informer({ ...ours, kind: SERVICES }),
    serviceAccounts: new Informer({ ...ours, kind: SERVICE_ACCOUNTS }),
    networkPolicies: new Informer({ ...ours, kind: NETWORK_POLICIES }),
    configMaps: new Informer<ConfigMapObject>({ ...ours, kind: CONFIG_MAPS }),
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
