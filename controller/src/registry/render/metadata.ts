import { annotations } from '@toolhive-registry/api';
import { ownedBy, type KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { childLabels } from './labels.ts';

/** Metadata of a child: its name, the common labels, and the owner reference by which it is garbage collected. */
export function childMetadata({ name: registry, namespace, object }: ValidRegistry, name: string): KubeObject['metadata'] {
  return { name, namespace, labels: childLabels(registry), ownerReferences: [ownedBy(object)] };
}

/** Host under which an Ingress or HTTPRoute of ours exposes its registry; undefined: it has no URL. */
export function exposedHost({ metadata }: KubeObject): string | undefined {
  const url = metadata.annotations?.[annotations.url];
  return url === undefined || !URL.canParse(url) ? undefined : new URL(url).hostname;
}

/** Path below which an Ingress or HTTPRoute of ours exposes its registry, from the annotation with the URL; undefined: it has none. */
export function exposedPath({ metadata }: KubeObject): string | undefined {
  const url = metadata.annotations?.[annotations.url];
  return url === undefined || !URL.canParse(url) ? undefined : new URL(url).pathname;
}
