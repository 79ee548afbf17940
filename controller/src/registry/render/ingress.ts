import { annotations, exposedPrefix, exposedUrl, names, ports, type Expose } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { childMetadata } from './metadata.ts';

/** An Ingress as far as we write it. */
export interface IngressObject extends KubeObject {
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * Ingress NAME-api for `spec.expose`. The prefix is left in the path: an Ingress has no standard way to take it away, and the server answers below it. The
 * user's annotations tell the ingress controller whatever an Ingress has no field for.
 */
export function renderIngress(registry: ValidRegistry, expose: Expose): IngressObject {
  const { host, ingress = {} } = expose;
  const prefix = exposedPrefix(expose);
  const { className, tlsSecretName, annotations: own } = ingress;
  const metadata = childMetadata(registry, names.api(registry.name));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadata, annotations: { ...own, [annotations.url]: exposedUrl(expose) } },
    spec: {
      ...(className === undefined ? {} : { ingressClassName: className }),
      ...(tlsSecretName === undefined ? {} : { tls: [{ hosts: [host], secretName: tlsSecretName }] }),
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: prefix === '' ? '/' : prefix,
                pathType: 'Prefix',
                backend: { service: { name: names.api(registry.name), port: { number: ports.http } } },
              },
            ],
          },
        },
      ],
    },
  };
}
