import { isRecord, type KubeObject } from '@toolhive-registry/reconciler';
import { exposedHost, exposedPath } from './render/metadata.ts';

/** Index of Ingresses and HTTPRoutes by the address that they serve. */
export const BY_ADDRESS = 'address';

/** The address that an Ingress or HTTPRoute of ours serves: a host and path of one ingress class, or of one listener of a Gateway. */
export function addressesOf(object: KubeObject): string[] {
  const host = exposedHost(object);
  return host === undefined ? [] : [JSON.stringify([entryOf(object), host, exposedPath(object)])];
}

/** The ingress class, or the Gateway and its listener. */
function entryOf({ metadata, spec }: KubeObject & { readonly spec?: unknown }): unknown {
  if (!isRecord(spec)) return undefined;
  const [parent] = Array.isArray(spec['parentRefs']) ? (spec['parentRefs'] as unknown[]) : [];
  return isRecord(parent) ? [parent['namespace'] ?? metadata.namespace, parent['name'], parent['sectionName']] : spec['ingressClassName'];
}
