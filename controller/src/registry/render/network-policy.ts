import { names, ports } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { selectorLabels } from './labels.ts';
import { childMetadata } from './metadata.ts';

/** Who may reach the internal port of registries, besides their own pods. */
export interface NetworkPolicySettings {
  /** The controller's pods, which ask for the status; absent: they do not ask directly. */
  readonly controllerPods?: PodSelection;
  /** Namespaces whose pods may read the metrics. */
  readonly scraperNamespaces: readonly string[];
}

/** Pods of one namespace that carry all of these labels. */
export interface PodSelection {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A NetworkPolicy, reduced to the fields that we write. */
export interface NetworkPolicyObject extends KubeObject {
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * NetworkPolicy NAME-int: opens the API to all, and the internal port to those who need it. Ports are numbers, since podTemplateSpec may rename a container's
 * ports. Policies add up: a user's own may open further ports, such as a sidecar's.
 */
export function renderNetworkPolicy(
  registry: ValidRegistry,
  { controllerPods, scraperNamespaces }: NetworkPolicySettings,
): NetworkPolicyObject {
  const siblings = { podSelector: { matchLabels: selectorLabels(registry.name) } };
  const controller =
    controllerPods === undefined
      ? []
      : [{ ...inNamespace(controllerPods.namespace), podSelector: { matchLabels: { ...controllerPods.labels } } }];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: childMetadata(registry, names.internal(registry.name)),
    spec: {
      podSelector: { matchLabels: selectorLabels(registry.name) },
      policyTypes: ['Ingress'],
      ingress: [
        { ports: [tcp(ports.http)] },
        { from: [...controller, siblings, ...scraperNamespaces.map(inNamespace)], ports: [tcp(ports.internal)] },
      ],
    },
  };
}

function tcp(port: number): object {
  return { protocol: 'TCP', port };
}

/** The label that the API server sets on every namespace. */
function inNamespace(namespace: string): object {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}
