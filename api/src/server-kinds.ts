/**
 * The kinds of objects that run or reach MCP servers in a cluster: the one table that enforcement, the list of deployed servers and their
 * documentation are made of. Another kind is one more row.
 *
 * Paths are fields as in YAML, from the object's root; `[]` stands for every element of a list. Their sources, read in November 2026:
 * stacklok/toolhive, cmd/thv-operator/api and deploy/charts/operator-crds; kubernetes-sigs/mcp-lifecycle-operator, api; kagent-dev/kmcp, api;
 * kagent-dev/kagent, helm/kagent-crds.
 */
export interface ServerKind {
  readonly group: string;
  readonly kind: string;
  /** The plural name in URLs. Several groups have `mcpservers`. */
  readonly plural: string;
  /** Known versions, preferred for watching in this order. Admission covers every version, known or not. */
  readonly versions: readonly [string, ...string[]];
  /** Whose kind it is, for people. */
  readonly product: string;
  /** Every field with a container image. */
  readonly images: readonly string[];
  /** Every field with the URL of a server. */
  readonly urls: readonly string[];
  /** Where a whole pod template is, in which the CRD keeps unknown fields. */
  readonly podTemplate?: string;
  /** Runs a package if it has no image. */
  readonly command?: {
    /** The image; if it is set the command is ignored. */
    readonly image: string;
    /** `npx` or `uvx`. */
    readonly program: string;
    readonly arguments: string;
  };
  /** An object without references is admitted: it only refers to others that are checked themselves. Default: it is refused. */
  readonly mayNameNothing?: true;
  /** The field with the transport. */
  readonly transport?: string;
  /** The field with the phase; kinds without one are judged by their conditions. */
  readonly phase?: string;
  /** Condition types that are True when the server can be used; the first one present counts. Ignored if there is a phase. */
  readonly readyConditions?: readonly string[];
  /** The field with the URL under which clients in the cluster reach it. */
  readonly endpoint?: string;
  /** What could not be confirmed from a source, as phrases for the documentation. */
  readonly unconfirmed?: readonly string[];
}

/** Every field of a pod template with an image, for a template whose `spec` is at this path. */
function podImages(spec: string): string[] {
  return [
    `${spec}.containers[].image`,
    `${spec}.initContainers[].image`,
    `${spec}.ephemeralContainers[].image`,
    `${spec}.volumes[].image.reference`,
  ];
}

const TOOLHIVE = { group: 'toolhive.stacklok.dev', versions: ['v1beta1', 'v1alpha1'], product: 'ToolHive' } as const;
const POD_TEMPLATE = 'spec.podTemplateSpec';
const TEMPLATE = podImages(`${POD_TEMPLATE}.spec`);

/** The table. */
export const serverKinds: readonly ServerKind[] = [
  {
    ...TOOLHIVE,
    kind: 'MCPServer',
    plural: 'mcpservers',
    images: ['spec.image', ...TEMPLATE],
    podTemplate: POD_TEMPLATE,
    urls: [],
    transport: 'spec.transport',
    phase: 'status.phase',
    endpoint: 'status.url',
    unconfirmed: ['where the image of the sidecar comes from that the operator adds for `spec.untrusted`'],
  },
  {
    ...TOOLHIVE,
    kind: 'MCPRemoteProxy',
    plural: 'mcpremoteproxies',
    images: TEMPLATE,
    podTemplate: POD_TEMPLATE,
    // The first versions of v1alpha1 spelled it `remoteURL`.
    urls: ['spec.remoteUrl', 'spec.remoteURL'],
    transport: 'spec.transport',
    phase: 'status.phase',
    endpoint: 'status.url',
  },
  {
    ...TOOLHIVE,
    kind: 'MCPServerEntry',
    plural: 'mcpserverentries',
    images: [],
    urls: ['spec.remoteUrl'],
    transport: 'spec.transport',
    phase: 'status.phase',
  },
  {
    ...TOOLHIVE,
    kind: 'VirtualMCPServer',
    plural: 'virtualmcpservers',
    images: TEMPLATE,
    podTemplate: POD_TEMPLATE,
    urls: ['spec.config.backends[].url'],
    mayNameNothing: true,
    phase: 'status.phase',
    endpoint: 'status.url',
  },
  {
    group: 'mcp.x-k8s.io',
    kind: 'MCPServer',
    plural: 'mcpservers',
    versions: ['v1beta1', 'v1alpha1'],
    product: 'Kubernetes SIG Apps',
    images: ['spec.source.containerImage.ref'],
    urls: [],
    readyConditions: ['Ready', 'Available'],
    endpoint: 'status.address.url',
    unconfirmed: ['whether a released version has `spec.workloadRef`; an object that uses it names no image, and is refused'],
  },
  {
    group: 'kagent.dev',
    kind: 'MCPServer',
    plural: 'mcpservers',
    versions: ['v1alpha1', 'v1alpha2'],
    product: 'kagent',
    images: [
      'spec.deployment.image',
      'spec.deployment.initContainer.image',
      'spec.deployment.sidecars[].image',
      'spec.deployment.volumes[].image.reference',
    ],
    urls: [],
    command: { image: 'spec.deployment.image', program: 'spec.deployment.cmd', arguments: 'spec.deployment.args' },
    transport: 'spec.transportType',
    readyConditions: ['Ready'],
  },
  {
    group: 'kagent.dev',
    kind: 'RemoteMCPServer',
    plural: 'remotemcpservers',
    versions: ['v1alpha2'],
    product: 'kagent',
    images: [],
    urls: ['spec.url'],
    transport: 'spec.protocol',
    readyConditions: ['Accepted'],
  },
  {
    group: 'api.kagent.dev',
    kind: 'RemoteMCPServer',
    plural: 'remotemcpservers',
    versions: ['v1alpha3'],
    product: 'kagent',
    images: [],
    urls: ['spec.url'],
    transport: 'spec.protocol',
    readyConditions: ['Accepted'],
    unconfirmed: ['whether a released version has this group'],
  },
];

/** A kind in words: `MCPServer.toolhive.stacklok.dev`. */
export function serverKindName({ group, kind }: Pick<ServerKind, 'group' | 'kind'>): string {
  return `${kind}.${group}`;
}

/** The row of the table for an object, in any version; undefined: it is not an MCP server. */
export function serverKindOf({ apiVersion, kind }: { readonly apiVersion?: unknown; readonly kind?: unknown }): ServerKind | undefined {
  const group = typeof apiVersion === 'string' ? apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/'))) : '';
  return serverKinds.find((one) => one.kind === kind && one.group === group);
}
