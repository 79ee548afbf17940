import { annotations, exposedPrefix, exposedUrl, fieldManager, names, ports, type Expose } from '@toolhive-registry/api';
import { isRecord, type KubeObject } from '@toolhive-registry/reconciler';
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

/** Whether an Ingress is one of another class. One that we gave none has that of the cluster's default, which is not ours to compare. */
export function hasOtherClass(live: KubeObject, wanted: KubeObject): boolean {
  return classOf(wanted) === undefined ? ownsClass(live) : classOf(live) !== classOf(wanted);
}

function classOf(ingress: KubeObject & { readonly spec?: { readonly ingressClassName?: unknown } }): unknown {
  return ingress.spec?.ingressClassName;
}

function ownsClass({ metadata }: KubeObject): boolean {
  return (
    metadata.managedFields?.some(({ manager, operation, fieldsV1 }) => {
      const spec: unknown = fieldsV1?.['f:spec'];
      return manager === fieldManager && operation === 'Apply' && isRecord(spec) && 'f:ingressClassName' in spec;
    }) ?? false
  );
}
