import { customResourceDefinition, groups, plural, type RegistryGroup } from '@toolhive-registry/api';

/** For tests: a CRD as ToolHive has it under our first name. */
export function foreignCrd(): object {
  const [group] = groups;
  const spec = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'MCPRegistry', plural, singular: 'mcpregistry', listKind: 'MCPRegistryList' },
      versions: [{ name: 'v1beta1', served: true, storage: true, schema }],
    },
  };
}

interface WithSchema {
  spec: { versions: { schema: { openAPIV3Schema: { properties: { spec: { properties: Record<string, unknown> } } } } }[] };
}

/** For tests: our CRD, without `spec.enforcementMode`. */
export function olderCrd(group: RegistryGroup): object {
  const crd = structuredClone(customResourceDefinition(group)) as unknown as WithSchema;
  for (const { schema } of crd.spec.versions) delete schema.openAPIV3Schema.properties.spec.properties['enforcementMode'];
  return crd;
}
