import type { RegistryGroup } from '@toolhive-registry/api';
import type { Obj } from './cluster.ts';

/** For tests: everything that belongs to registry `a`, as kind in URLs and name. */
export const CHILDREN = [
  ['configmaps', 'a-config'],
  ['serviceaccounts', 'a-api'],
  ['services', 'a-api'],
  ['services', 'a-int'],
  ['networkpolicies', 'a-int'],
  ['deployments', 'a-api'],
] as const;

/** For tests: an MCPRegistry with one ConfigMap source called `data`, and further fields of spec and metadata. */
export function registryObject(
  name: string,
  spec: object = {},
  metadata: object = {},
  group: RegistryGroup = 'toolhive.stacklok.dev',
): object {
  return {
    apiVersion: `${group}/v1alpha1`,
    kind: 'MCPRegistry',
    metadata: { name, ...metadata },
    spec: { source: { type: 'configmap', configmap: { name: 'data' } }, ...spec },
  };
}

/** For tests: a ConfigMap with a ToolHive catalog of servers with these keys. */
export function catalogConfigMap(
  name: string,
  ...keys: string[]
): { apiVersion: string; kind: string; metadata: object; data: Record<string, string> } {
  const servers = Object.fromEntries(keys.map((key) => [key, { image: `example.com/${key}:1`, description: `Does ${key}` }]));
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { 'registry.json': JSON.stringify({ servers }) } };
}

/** For tests: the condition of a type. */
export function condition(
  object: Obj,
  type: string,
): { status: string; reason: string; message: string; lastTransitionTime: string } | undefined {
  return object['status']?.conditions?.find((candidate: { type: string }) => candidate.type === type);
}
