import { keys, names, toSpecDocument, type DeployedServers } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import { dump } from 'js-yaml';
import type { ValidRegistry } from '../resource.ts';
import { childMetadata } from './metadata.ts';

/** A ConfigMap, reduced to the fields that we read and write. */
export interface ConfigMapObject extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

/** ConfigMap NAME-config: the manifest itself, which the server reads as its configuration. */
export function renderConfigMap(registry: ValidRegistry): ConfigMapObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: childMetadata(registry, names.config(registry.name)),
    data: { [keys.spec]: dump(toSpecDocument(registry.manifest), { lineWidth: -1, noRefs: true }) },
  };
}

/** ConfigMap NAME-deployed: the servers that were deployed from the registry, for its API. */
export function renderDeployedConfigMap(registry: ValidRegistry, deployed: DeployedServers): ConfigMapObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: childMetadata(registry, names.deployed(registry.name)),
    data: { [keys.deployed]: JSON.stringify(deployed) },
  };
}
