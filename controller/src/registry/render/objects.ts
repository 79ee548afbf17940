import { keys, names, toSpecDocument } from '@toolhive-registry/api';
import { ownedBy, type KubeObject } from '@toolhive-registry/reconciler';
import { dump } from 'js-yaml';
import { asOwner, type OwnedRegistry } from '../resource.ts';
import { childLabels } from './labels.ts';

/** A ConfigMap as far as we read and write it. */
export interface ConfigMapObject extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

/** Metadata of a child: its name, the common labels, and the owner that takes it along when it goes. */
export function childMetadata(owned: OwnedRegistry, name: string): KubeObject['metadata'] {
  return { name, namespace: owned.namespace, labels: childLabels(owned.name), ownerReferences: [ownedBy(asOwner(owned.object))] };
}

/** ConfigMap NAME-config: the manifest itself, which the server reads as its configuration. */
export function renderConfigMap(owned: OwnedRegistry): ConfigMapObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: childMetadata(owned, names.config(owned.name)),
    data: { [keys.spec]: dump(toSpecDocument(owned.registry), { lineWidth: -1, noRefs: true }) },
  };
}

/** ServiceAccount NAME-api: the pods' own identity, without a token in them. */
export function renderServiceAccount(
  owned: OwnedRegistry,
): KubeObject & { automountServiceAccountToken: boolean; imagePullSecrets?: { name: string }[] } {
  const pullSecrets = owned.registry.spec.imagePullSecrets;
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: childMetadata(owned, names.api(owned.name)),
    automountServiceAccountToken: false,
    ...(pullSecrets === undefined ? {} : { imagePullSecrets: pullSecrets.map(({ name }) => ({ name })) }),
  };
}
