import { annotations, exposedPrefix, exposedUrl, names, ports, type Expose } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { childMetadata } from './metadata.ts';

/**
 * Ingress NAME-api for `spec.expose`. The prefix stays in the path: an Ingress has no standard way to strip it, and the server answers below it. The user's
 * annotations pass settings to the ingress controller for which an Ingress has no field.
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

/** Whether an Ingress was created for another class. A class in the live spec may be the cluster's default, or somebody's edit that an apply undoes. */
export function hasOtherClass(live: KubeObject, wanted: KubeObject): boolean {
  return classOf(live) !== classOf(wanted);
}

function classOf({ metadata }: KubeObject): string {
  return metadata.annotations?.[annotations.ingressClass] ?? '';
}
