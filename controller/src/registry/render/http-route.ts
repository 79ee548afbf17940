import { annotations, exposedPrefix, exposedUrl, names, ports, type Expose } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { childMetadata } from './metadata.ts';

/** HTTPRoute NAME-api for `spec.expose.gateway`. The prefix stays in the path: not every Gateway supports rewriting it. */
export function renderHttpRoute(
  registry: ValidRegistry,
  expose: Expose,
  gateway: NonNullable<Expose['gateway']>,
): KubeObject & { readonly spec: object } {
  const { name, namespace, sectionName } = gateway;
  const prefix = exposedPrefix(expose);
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { ...childMetadata(registry, names.api(registry.name)), annotations: { [annotations.url]: exposedUrl(expose) } },
    spec: {
      parentRefs: [{ name, ...(namespace === undefined ? {} : { namespace }), ...(sectionName === undefined ? {} : { sectionName }) }],
      hostnames: [expose.host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: prefix === '' ? '/' : prefix } }],
          backendRefs: [{ name: names.api(registry.name), port: ports.http }],
        },
      ],
    },
  };
}
