import { names } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { selectorLabels } from './labels.ts';
import { childMetadata } from './metadata.ts';

/**
 * PodDisruptionBudget NAME-api: of several pods a drained node takes one at a time. Of a single one there is none: it would keep the node from ever
 * being drained. Pods that are not ready may always be evicted.
 */
export function renderDisruptionBudget(registry: ValidRegistry): KubeObject & { readonly spec: object } {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: childMetadata(registry, names.api(registry.name)),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorLabels(registry.name) },
    },
  };
}
