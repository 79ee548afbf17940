import { ownedBy, type KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { childLabels } from './labels.ts';

/** Metadata of a child: its name, the common labels, and the owner that takes it along when it goes. */
export function childMetadata({ name: registry, namespace, object }: ValidRegistry, name: string): KubeObject['metadata'] {
  return { name, namespace, labels: childLabels(registry), ownerReferences: [ownedBy(object)] };
}
