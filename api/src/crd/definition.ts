import { annotations, crdName, group, groups, kind, plural, singular, version, type RegistryGroup } from '../group.ts';
import { registrySchema } from '../schema/registry.ts';
import { validations, type CelValidation } from '../schema/rule.ts';
import { specSchema } from '../schema/spec.ts';
import { statusSchema } from '../schema/status.ts';
import { crdSchema, type CrdSchema } from './schema.ts';
import { crdVersion } from './version.ts';

/** One column of `kubectl get`. */
export interface PrinterColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  readonly description: string;
  readonly jsonPath: string;
  readonly priority?: number;
}

const columns: readonly PrinterColumn[] = [
  { name: 'Status', type: 'string', description: 'State in one word', jsonPath: '.status.phase' },
  { name: 'Ready', type: 'string', description: 'Condition Ready', jsonPath: ".status.conditions[?(@.type=='Ready')].status" },
  { name: 'Replicas', type: 'integer', description: 'Pods that answer', jsonPath: '.status.readyReplicas' },
  { name: 'URL', type: 'string', description: 'Where the registry is reached', jsonPath: '.status.url' },
  { name: 'Age', type: 'date', description: 'Time since creation', jsonPath: '.metadata.creationTimestamp' },
  {
    name: 'Reason',
    type: 'string',
    description: 'Reason of the condition Ready',
    jsonPath: ".status.conditions[?(@.type=='Ready')].reason",
    priority: 1,
  },
  { name: 'Servers', type: 'integer', description: 'Servers in the catalog', jsonPath: '.status.serverCount', priority: 1 },
  {
    name: 'Deployed',
    type: 'integer',
    description: 'MCP servers in the cluster that belong to the registry',
    jsonPath: '.status.deployedServerCount',
    priority: 1,
  },
  {
    name: 'Enforced',
    type: 'string',
    description: 'Condition EnforcementActive; empty if nothing is enforced',
    jsonPath: ".status.conditions[?(@.type=='EnforcementActive')].status",
    priority: 1,
  },
  {
    name: 'Synced',
    type: 'string',
    description: 'Condition SyncSuccessful',
    jsonPath: ".status.conditions[?(@.type=='SyncSuccessful')].status",
    priority: 1,
  },
  { name: 'Last-Sync', type: 'date', description: 'Last sync that changed data', jsonPath: '.status.lastSyncTime', priority: 1 },
  { name: 'Message', type: 'string', description: 'State in one sentence', jsonPath: '.status.message', priority: 1 },
];

/** Short names by group: those of the first are also ToolHive's, whose CRD may be installed beside the second. */
const shortNames: Readonly<Record<RegistryGroup, readonly string[]>> = {
  [groups[0]]: ['mcpreg', 'registry'],
  [groups[1]]: ['mcpcat'],
};

/** The schema of the whole resource as the API server checks it. */
export function rootSchema(registryGroup: RegistryGroup = group): CrdSchema {
  const rules = (registrySchema.meta()?.[validations] ?? []) as readonly CelValidation[];
  return {
    description: 'A catalog of MCP servers and the registry API that serves it.',
    type: 'object',
    required: ['spec'],
    'x-kubernetes-validations': rules,
    properties: {
      apiVersion: { description: `Always ${registryGroup}/${version}.`, type: 'string' },
      kind: { description: `Always ${kind}.`, type: 'string' },
      // The API server's own type; `name` is declared so that rules can point at it.
      metadata: { type: 'object', properties: { name: { type: 'string' } } },
      spec: { ...crdSchema(specSchema), description: 'The catalog and how it is served.' },
      status: { ...crdSchema(statusSchema), description: 'What the controller reports.' },
    },
  };
}

/** A group's CustomResourceDefinition, ready for the API server; key order is fixed. */
export function customResourceDefinition(registryGroup: RegistryGroup): Record<string, unknown> {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: crdName(registryGroup), annotations: { [annotations.crdVersion]: crdVersion } },
    spec: {
      group: registryGroup,
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular,
        shortNames: shortNames[registryGroup],
        categories: ['toolhive'],
      },
      scope: 'Namespaced',
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          additionalPrinterColumns: columns,
          schema: { openAPIV3Schema: rootSchema(registryGroup) },
          subresources: {
            status: {},
            scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas', labelSelectorPath: '.status.selector' },
          },
        },
      ],
    },
  };
}
