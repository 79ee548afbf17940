import { maxNameLength } from './group.ts';
import { issue, type Issue } from './issue.ts';
import type { MCPRegistry, Source } from './types.ts';

/** Where a registry is going to run. */
export interface CheckOptions {
  /** `cluster` (default): in a pod. `laptop`: the server reads the manifest itself. */
  readonly on?: 'cluster' | 'laptop';
}

/**
 * Finds faults that the CRD cannot refuse, because CEL does not see them; the controller reports these as `Ready=False`, reason `ValidationFailed`. Takes a
 * registry that `parseMCPRegistry` accepted.
 */
export function checkBeyondSchema(registry: MCPRegistry, options: CheckOptions = {}): Issue[] {
  const inCluster = options.on !== 'laptop';
  const { metadata, spec } = registry;
  const issues: Issue[] = [];
  if (inCluster && metadata.name.length > maxNameLength) {
    // A CRD installed by someone else may lack our rule.
    const message = `must have at most ${maxNameLength} characters, because NAME-api names the Service; choose a shorter name`;
    issues.push(issue('metadata.name', message, metadata.name));
  }
  if (spec.source !== undefined) issues.push(...checkSource(spec.source, 'spec.source', metadata.namespace, inCluster));
  spec.sources?.forEach((source, index) => {
    issues.push(...checkSource(source, `spec.sources[${index}]`, metadata.namespace, inCluster));
  });
  return issues;
}

function checkSource(source: Source, path: string, namespace: string | undefined, inCluster: boolean): Issue[] {
  const issues: Issue[] = [];
  const wanted = source.configmap?.namespace;
  if (wanted !== undefined && namespace !== undefined && wanted !== namespace) {
    const message = `must be the registry's own namespace '${namespace}', because pods mount ConfigMaps of their own namespace only; remove it or move the registry or the ConfigMap`;
    issues.push(issue(`${path}.configmap.namespace`, message, wanted));
  }
  if (inCluster && source.file !== undefined && !source.file.path.startsWith('/')) {
    const message = 'must be an absolute path in the pod, on a volume that podTemplateSpec mounts; relative paths work on a laptop only';
    issues.push(issue(`${path}.file.path`, message, source.file.path));
  }
  return issues;
}
