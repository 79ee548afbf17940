/** The first API group of MCPRegistry, shared with ToolHive's own resources; all our annotations use it. */
export const group = 'toolhive.stacklok.dev';
/**
 * Both groups of MCPRegistry. Their schema is the same, and so is everything created for a registry. ToolHive's operator has its own CRD with the name that
 * ours has in the first group; in a cluster with that CRD, only the second group works.
 */
export const groups = [group, 'toolhive.stacklok.io'] as const;
/** A group of MCPRegistry. */
export type RegistryGroup = (typeof groups)[number];
/** The one served version. */
export const version = 'v1alpha1';
/** `apiVersion` of a manifest of the first group, as examples write it. */
export const apiVersion = `${group}/${version}`;
/** Every `apiVersion` that an MCPRegistry manifest may have. */
export const apiVersions = [apiVersion, `${groups[1]}/${version}`] as const;
/** `kind` of every MCPRegistry manifest. */
export const kind = 'MCPRegistry';
/** Resource name in API paths and RBAC rules. */
export const plural = 'mcpregistries';
/** Singular resource name. */
export const singular = 'mcpregistry';
/** Name of a group's CustomResourceDefinition. */
export function crdName(registryGroup: RegistryGroup): string {
  return `${plural}.${registryGroup}`;
}
/** Field manager of everything the controller applies. */
export const fieldManager = 'toolhive-registry-controller';

/** Annotations that users or the controller set; values are opaque strings. */
export const annotations = {
  /** On the MCPRegistry: a new value requests one sync now. */
  syncTrigger: `${group}/sync-trigger`,
  /** On the MCPRegistry: names of the sources that a new sync-trigger syncs, separated by commas. Absent or empty: every source. */
  syncSource: `${group}/sync-source`,
  /** On the MCPRegistry: hash of the snapshot to serve; syncs stop replacing it until the annotation is removed. */
  rollbackTo: `${group}/rollback-to`,
  /** On the registry's pods: changed by the controller so that the kubelet refreshes mounted ConfigMaps at once. */
  contentTouched: `${group}/content-touched`,
  /** On a registry's objects and on the controller's Leases: `NAMESPACE/NAME` of the installation that writes them. */
  installation: `${group}/installation`,
  /** On a registry's Ingress or HTTPRoute: the URL under which it exposes the registry. */
  url: `${group}/url`,
  /** On a registry's Ingress: the class for which it was created; absent: the cluster's default. */
  ingressClass: `${group}/ingress-class`,
  /** On our CRDs: the product version that they belong to. */
  crdVersion: `${group}/crd-version`,
} as const;

/** Labels on children and on MCPServers. ToolHive writes labels under `.io` and annotations under `.dev`; both are kept. */
export const labels = {
  /** On every pod and object of a registry (seed 003's selector). */
  app: 'app',
  appName: 'app.kubernetes.io/name',
  appInstance: 'app.kubernetes.io/instance',
  appComponent: 'app.kubernetes.io/component',
  appManagedBy: 'app.kubernetes.io/managed-by',
  appPartOf: 'app.kubernetes.io/part-of',
  /** Registry that an object or an MCPServer belongs to. */
  registryName: 'toolhive.stacklok.io/registry-name',
  /** Namespace of that registry, on MCPServers. */
  registryNamespace: 'toolhive.stacklok.io/registry-namespace',
  /** Name of the catalog entry from which an MCPServer was created. */
  serverName: 'toolhive.stacklok.io/server-name',
  tier: 'toolhive.stacklok.io/tier',
  category: 'toolhive.stacklok.io/category',
} as const;

/** Value of the label `app` on the registry's pods. */
export const appLabelValue = 'mcp-registry-api';
/** Name of the container that runs the registry server; the name by which a podTemplateSpec addresses it. */
export const containerName = 'registry-api';

/** Ports of the registry server's pod and Service. */
export const ports = { http: 8080, internal: 8081 } as const;

/** Paths in the registry server's pod. */
export const paths = {
  configDir: '/config',
  config: '/config/spec.yaml',
  sources: '/sources',
  secrets: '/secrets',
  deployedDir: '/deployed',
  deployed: '/deployed/servers.json',
  data: '/data',
  /** Scratch space for Git; the rest of the root file system is read-only. */
  temp: '/tmp',
} as const;

/** Keys of the ConfigMaps that the controller writes. */
export const keys = { spec: 'spec.yaml', deployed: 'servers.json' } as const;

/** Keys of `files` in the status document: the names of mounted files whose hashes the server reports. */
export const fileKeys = {
  spec: 'spec.yaml',
  deployed: 'servers.json',
  /** File of a source ConfigMap, below `/sources`. */
  source: (sourceName: string, key: string): string => `${sourceName}/${key}`,
} as const;

/** Keys of a source's Secret that are used; the keys present decide how the server authenticates. */
export const credentialKeys = ['username', 'password', 'token', 'ssh-privatekey', 'known_hosts'] as const;

/** Files below `paths.secrets`. They are never reported, nor are their hashes. */
export const secretFiles = {
  /** Folder with the keys of the source's Secret. */
  auth: (sourceName: string): string => `${sourceName}/auth`,
  /** The CA certificates for the source's host, in PEM. */
  ca: (sourceName: string): string => `${sourceName}/ca.crt`,
} as const;

/** Names of the objects that belong to the registry `name` in its namespace. */
export const names = {
  /** ConfigMap with the manifest. */
  config: (name: string): string => `${name}-config`,
  /** ConfigMap with the MCPServers that were deployed from this registry. */
  deployed: (name: string): string => `${name}-deployed`,
  /** Deployment, Service, ServiceAccount, PodDisruptionBudget, Ingress and HTTPRoute. */
  api: (name: string): string => `${name}-api`,
  /** Headless Service of the internal port, and the NetworkPolicy that guards it. */
  internal: (name: string): string => `${name}-int`,
} as const;

/** The registry that a ConfigMap with this name would belong to; undefined: no registry's ConfigMap has such a name. */
export function registryOfConfigMap(configMap: string): string | undefined {
  const suffix = [names.config(''), names.deployed('')].find((ending) => configMap.endsWith(ending));
  const registry = suffix === undefined ? '' : configMap.slice(0, -suffix.length);
  return registry === '' ? undefined : registry;
}

/** Longest `metadata.name`: with the suffix `-api` it must be a Service name of at most 63 characters. */
export const maxNameLength = 59;

/** Name of the only source when the manifest has `source` instead of `sources`. */
export const defaultSourceName = 'default';
