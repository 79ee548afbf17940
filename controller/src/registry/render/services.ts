import { names, ports } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { selectorLabels } from './labels.ts';
import { childMetadata } from './metadata.ts';

/** A Service as far as we write it. */
export interface ServiceObject extends KubeObject {
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Service NAME-api: the API, and nothing else, for whom `spec.service` opens it to. */
export function renderService(registry: ValidRegistry): ServiceObject {
  const { service } = registry.manifest.spec;
  const metadata = childMetadata(registry, names.api(registry.name));
  const annotations = service?.annotations;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: annotations === undefined ? metadata : { ...metadata, annotations },
    spec: {
      type: service?.type ?? 'ClusterIP',
      selector: selectorLabels(registry.name),
      ports: [{ name: 'http', port: ports.http, protocol: 'TCP', targetPort: ports.http }],
    },
  };
}

/** Headless Service NAME-int: the ready pods' internal port, under their own addresses and for the cluster only, whatever `spec.service` says. */
export function renderInternalService(registry: ValidRegistry): ServiceObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: childMetadata(registry, names.internal(registry.name)),
    spec: {
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: selectorLabels(registry.name),
      ports: [{ name: 'internal', port: ports.internal, protocol: 'TCP', targetPort: ports.internal }],
    },
  };
}
