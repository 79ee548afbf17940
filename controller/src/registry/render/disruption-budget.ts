import { names } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { selectorLabels } from './labels.ts';
import { childMetadata } from './metadata.ts';

/**
 * PodDisruptionBudget NAME-api: draining nodes evicts the pods one at a time. There is none for a single pod, which would block every drain. Pods that are not
 * ready may always be evicted.
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
