import { keys, names, ports, toSpecDocument } from '@toolhive-registry/api';
import { ownedBy, type KubeObject } from '@toolhive-registry/reconciler';
import { dump } from 'js-yaml';
import { asOwner, type OwnedRegistry } from '../resource.ts';
import { childLabels, selectorLabels } from './labels.ts';

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

/** Service NAME-api: the API on port 8080, the internal port on 8081. */
export function renderService(owned: OwnedRegistry): KubeObject & { spec: Record<string, unknown> } {
  const { service } = owned.registry.spec;
  const metadata = childMetadata(owned, names.api(owned.name));
  const annotations = service?.annotations;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: annotations === undefined ? metadata : { ...metadata, annotations },
    spec: {
      type: service?.type ?? 'ClusterIP',
      selector: selectorLabels(owned.name),
      ports: [
        { name: 'http', port: ports.http, protocol: 'TCP', targetPort: 'http' },
        { name: 'internal', port: ports.internal, protocol: 'TCP', targetPort: 'internal' },
      ],
    },
  };
}
