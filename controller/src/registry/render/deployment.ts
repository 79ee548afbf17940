import { names } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { childLabels, selectorLabels } from './labels.ts';
import { mergeTemplate } from './merge.ts';
import { childMetadata } from './metadata.ts';
import { renderPodTemplate, type Fields, type PodSettings } from './pod-template.ts';

/** A Deployment, reduced to the fields that we read and write. */
export interface DeploymentObject extends KubeObject {
  readonly spec: Fields & { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
  };
}

/** Deployment NAME-api. Without `spec.replicas` the number is left to whoever scales it. */
export function renderDeployment(registry: ValidRegistry, settings: PodSettings): DeploymentObject {
  const { replicas, podTemplateSpec } = registry.manifest.spec;
  const ours = renderPodTemplate(registry, settings);
  const template = podTemplateSpec === undefined ? ours : withOurLabels(mergeTemplate(ours, podTemplateSpec), registry.name);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: childMetadata(registry, names.api(registry.name)),
    spec: {
      ...(replicas === undefined ? {} : { replicas }),
      selector: { matchLabels: selectorLabels(registry.name) },
      // A new pod is ready before an old one is stopped.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template,
    },
  };
}

/** The user's labels win, except for those that the selector and our own queries need. */
function withOurLabels(template: Fields, registry: string): Fields {
  // `metadata:` without a value is null.
  const metadata = (template['metadata'] ?? {}) as Fields;
  return { ...template, metadata: { ...metadata, labels: { ...(metadata['labels'] as Fields), ...childLabels(registry) } } };
}
