import { annotations, exposedPrefix, exposedUrl, names, ports, type Expose } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { childMetadata } from './metadata.ts';

/**
 * Ingress NAME-api for `spec.expose`. The prefix is left in the path: an Ingress has no standard way to take it away, and the server answers below it. The
 * user's annotations tell the ingress controller whatever an Ingress has no field for.
 */
export function renderIngress(registry: ValidRegistry, expose: Expose): KubeObject & { readonly spec: object } {
  const { host, ingress = {} } = expose;
  const prefix = exposedPrefix(expose);
  const { className, tlsSecretName, annotations: own } = ingress;
  const metadata = childMetadata(registry, names.api(registry.name));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      ...metadata,
      annotations: {
        ...own,
        [annotations.url]: exposedUrl(expose),
        ...(className === undefined ? {} : { [annotations.ingressClass]: className }),
      },
    },
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

/**
 * Whether an Ingress was made for another class. What the spec of the live one says may be the cluster's default, or somebody's edit, which an apply puts back.
 */
export function hasOtherClass(live: KubeObject, wanted: KubeObject): boolean {
  return classOf(live) !== classOf(wanted);
}

function classOf({ metadata }: KubeObject): string {
  return metadata.annotations?.[annotations.ingressClass] ?? '';
}
