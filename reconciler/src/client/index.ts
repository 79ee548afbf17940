/** Only the client of the API server, for programs that reconcile nothing: it loads neither metrics nor informers. */
export { kubeConfigAccess, loadKubeConfig } from './access.ts';
export type { ClusterAccess, Credentials, LoadKubeConfigOptions } from './access.ts';
export type { ApiClient, ApplyOptions, CallOptions, ListOptions, ObjectRef } from './api-client.ts';
export { KubeClient } from './client.ts';
export type { KubeClientOptions } from './client.ts';
export {
  isAlreadyExists,
  isConflict,
  isForbidden,
  isInvalid,
  isNotFound,
  isOutage,
  KubeApiError,
  KubeConnectionError,
  KubeDecodeError,
} from './errors.ts';
export {
  apiVersionOf,
  CONFIG_MAPS,
  CUSTOM_RESOURCE_DEFINITIONS,
  DEPLOYMENTS,
  EVENTS,
  NAMESPACES,
  NETWORK_POLICIES,
  PODS,
  resourcePath,
  SERVICES,
} from './kinds.ts';
export type { ResourceKind } from './kinds.ts';
export { isRecord } from '../objects.ts';
export type { KubeObject, ObjectMeta } from '../objects.ts';
