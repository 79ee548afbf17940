import { names, ports } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { selectorLabels } from './labels.ts';
import { childMetadata } from './metadata.ts';

/** A Service, reduced to the fields that we write. */
export interface ServiceObject extends KubeObject {
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Service NAME-api: only the API, for those to whom `spec.service` opens it. */
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

/** Headless Service NAME-int: the internal port of the ready pods at their own addresses, inside the cluster only, whatever `spec.service` says. */
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
