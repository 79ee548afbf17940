import { names, ports } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { OwnedRegistry } from '../resource.ts';
import { selectorLabels } from './labels.ts';
import { childMetadata } from './objects.ts';

/** A Service as far as we write it. */
export interface ServiceObject extends KubeObject {
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Service NAME-api: the API, and nothing else, for whom `spec.service` opens it to. */
export function renderService(owned: OwnedRegistry): ServiceObject {
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
      ports: [{ name: 'http', port: ports.http, protocol: 'TCP', targetPort: ports.http }],
    },
  };
}

/** Headless Service NAME-int: the ready pods' internal port, under their own addresses and for the cluster only, whatever `spec.service` says. */
export function renderInternalService(owned: OwnedRegistry): ServiceObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: childMetadata(owned, names.internal(owned.name)),
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: selectorLabels(owned.name),
      ports: [{ name: 'internal', port: ports.internal, protocol: 'TCP', targetPort: ports.internal }],
    },
  };
}
