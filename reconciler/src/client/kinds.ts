/** How to address a kind of object in the API. */
export interface ResourceKind {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  /** The name in URLs, lower case: `deployments`. */
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** ConfigMaps of the core group. */
export const CONFIG_MAPS: ResourceKind = { group: '', version: 'v1', plural: 'configmaps', kind: 'ConfigMap', namespaced: true };
/** Services of the core group. */
export const SERVICES: ResourceKind = { group: '', version: 'v1', plural: 'services', kind: 'Service', namespaced: true };
/** ServiceAccounts of the core group. */
export const SERVICE_ACCOUNTS: ResourceKind = {
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};
/** Pods of the core group. */
export const PODS: ResourceKind = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true };
/** Namespaces, which are cluster-wide themselves. */
export const NAMESPACES: ResourceKind = { group: '', version: 'v1', plural: 'namespaces', kind: 'Namespace', namespaced: false };
/** Deployments of the group `apps`. */
export const DEPLOYMENTS: ResourceKind = { group: 'apps', version: 'v1', plural: 'deployments', kind: 'Deployment', namespaced: true };
/** ReplicaSets of the group `apps`: one for each pod template that a Deployment has had. */
export const REPLICA_SETS: ResourceKind = { group: 'apps', version: 'v1', plural: 'replicasets', kind: 'ReplicaSet', namespaced: true };
/** PodDisruptionBudgets of the group `policy`. */
export const POD_DISRUPTION_BUDGETS: ResourceKind = {
  group: 'policy',
  version: 'v1',
  plural: 'poddisruptionbudgets',
  kind: 'PodDisruptionBudget',
  namespaced: true,
};
/** ResourceQuotas of the core group. */
export const RESOURCE_QUOTAS: ResourceKind = {
  group: '',
  version: 'v1',
  plural: 'resourcequotas',
  kind: 'ResourceQuota',
  namespaced: true,
};
/** EndpointSlices of the group `discovery.k8s.io`. */
export const ENDPOINT_SLICES: ResourceKind = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  kind: 'EndpointSlice',
  namespaced: true,
};
/** NetworkPolicies of the group `networking.k8s.io`. */
export const NETWORK_POLICIES: ResourceKind = {
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'networkpolicies',
  kind: 'NetworkPolicy',
  namespaced: true,
};
/** Ingresses of the group `networking.k8s.io`. */
export const INGRESSES: ResourceKind = {
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'ingresses',
  kind: 'Ingress',
  namespaced: true,
};
/** HTTPRoutes of the Gateway API 1.0 and newer; a cluster has them only if their CRD is installed. */
export const HTTP_ROUTES: ResourceKind = {
  group: 'gateway.networking.k8s.io',
  version: 'v1',
  plural: 'httproutes',
  kind: 'HTTPRoute',
  namespaced: true,
};
/** Events of the group `events.k8s.io`, as the `EventRecorder` writes them. */
export const EVENTS: ResourceKind = { group: 'events.k8s.io', version: 'v1', plural: 'events', kind: 'Event', namespaced: true };
/** CustomResourceDefinitions: the kinds that were added to the server. */
export const CUSTOM_RESOURCE_DEFINITIONS: ResourceKind = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};

/** `apiVersion` of a kind's objects: `v1`, `apps/v1`. */
export function apiVersionOf(kind: ResourceKind): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

/** The group in an `apiVersion`: `apps` of `apps/v1`, empty for the core group. The opposite of `apiVersionOf`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** The target of a path; without `name` it is the collection, without `namespace` all namespaces. */
export interface ResourceTarget {
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

/** The URL path of a collection, object or subresource. */
export function resourcePath(kind: ResourceKind, target: ResourceTarget = {}): string {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const parts = [root];
  if (kind.namespaced && target.namespace !== undefined && target.namespace !== '') parts.push('namespaces', segment(target.namespace));
  parts.push(kind.plural);
  if (target.name !== undefined) parts.push(segment(target.name));
  if (target.subresource !== undefined) parts.push(...target.subresource.split('/').map(segment));
  return parts.join('/');
}

function segment(text: string): string {
  // An empty segment would turn a request for one object into one for the collection; dots would escape from it.
  if (text === '' || text === '.' || text === '..') throw new TypeError(`"${text}" cannot be part of an API path`);
  return encodeURIComponent(text);
}
