import { groups, labels } from '@toolhive-registry/api';
import { startApiServer, type ApiServer } from '@toolhive-registry/testenv';
import { repositoryFile } from './image.ts';
import { unlessAborted, type Scope } from './scope.ts';

const NAMESPACE = 'bench';
/** Requests of the bench at a time. More would measure the API server's TLS handshakes. */
const AT_ONCE = 16;

/** The objects that a registry `NAME` owns, by kind, with what follows NAME in theirs. */
export const CHILDREN = [
  { collection: 'api/v1', plural: 'configmaps', suffix: '-config' },
  { collection: 'api/v1', plural: 'serviceaccounts', suffix: '-api' },
  { collection: 'api/v1', plural: 'services', suffix: '-api' },
  { collection: 'apis/apps/v1', plural: 'deployments', suffix: '-api' },
  { collection: 'api/v1', plural: 'services', suffix: '-int' },
  { collection: 'apis/networking.k8s.io/v1', plural: 'networkpolicies', suffix: '-int' },
] as const;
const REGISTRIES = { collection: 'apis/toolhive.stacklok.dev/v1alpha1', plural: 'mcpregistries' } as const;

/** The fields of an object that the bench reads. */
export interface Listed {
  readonly metadata: { readonly name: string; readonly generation?: number };
  readonly status?: { readonly observedGeneration?: number; readonly phase?: string; readonly serverCount?: number };
}

/** A real API server with a namespace and the registries' common source in it. */
export interface BenchCluster {
  readonly api: ApiServer;
  /** Creates registries of these names, all at once. */
  createRegistries(names: readonly string[]): Promise<void>;
  listRegistries(): Promise<readonly Listed[]>;
  /** Changes fields of a registry's spec. */
  edit(registry: string, spec: object): Promise<void>;
  /** The manifest as the controller has last written it for the registry's pods. */
  configOf(registry: string): Promise<string>;
  /** Names of the registries' children that do not exist, as `kind/name`. */
  missingChildren(names: readonly string[]): Promise<string[]>;
  statusOf(registry: string): Promise<Listed['status']>;
  /** Text of the common source. */
  readonly catalog: string;
  /** Creates a ready pod for each registry, at the address of its number: no controller does. */
  createPods(names: readonly string[], addressOf: (index: number) => string): Promise<void>;
  /** Sets the single pod of the Deployments of registries to available: there is no kubelet. */
  makeAvailable(names: readonly string[]): Promise<void>;
}

/** Starts etcd and kube-apiserver with the CRD and an audit log. */
export async function startBenchCluster(scope: Scope): Promise<BenchCluster> {
  const crds = groups.map((group) => repositoryFile(`crds/${group}_mcpregistries.yaml`));
  const api = await unlessAborted(startApiServer({ crds, auditLog: true }), scope.signal);
  scope.defer(() => api.stop());
  const path = (kind: { readonly collection: string; readonly plural: string }, rest = ''): string =>
    `/${kind.collection}/namespaces/${NAMESPACE}/${kind.plural}${rest}`;
  const send = async (method: string, target: string, body?: object, contentType?: string): Promise<unknown> => {
    scope.signal.throwIfAborted();
    const answer = await api.request(method, target, body, contentType);
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const list = async (kind: { readonly collection: string; readonly plural: string }): Promise<readonly Listed[]> =>
    ((await send('GET', path(kind))) as { readonly items: readonly Listed[] }).items;

  await send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  const catalog = { servers: { example: { image: 'example.com/example:1', description: 'An example' } } };
  const text = JSON.stringify(catalog);
  const source = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'data' }, data: { 'registry.json': text } };
  await send('POST', path(CHILDREN[0]), source);
  // Opens the connections, and sits out the pause of 2 s that the API server makes for objects of a kind that is newer than that.
  await atOnce(Array.from({ length: AT_ONCE }), () => send('POST', `${path(REGISTRIES)}?dryRun=All`, registry('dry-run')));

  return {
    api,
    catalog: text,
    statusOf: async (name) => ((await send('GET', path(REGISTRIES, `/${name}`))) as Listed).status,
    createPods: (names, addressOf) =>
      atOnce([...names.entries()], async ([index, name]) => {
        const deployment = (await send('GET', path(CHILDREN[3], `/${name}${CHILDREN[3].suffix}`))) as DeploymentObject;
        const { metadata } = (await send('POST', path(REPLICA_SETS), replicaSetOf(deployment))) as DeploymentObject;
        const pod = podOf(name, metadata);
        await send('POST', path(PODS), pod);
        const podIP = addressOf(index);
        const status = { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions: [{ type: 'Ready', status: 'True' }] };
        await send('PATCH', path(PODS, `/${pod.metadata.name}/status`), { status }, 'application/merge-patch+json');
      }),
    createRegistries: (names) => atOnce(names, (name) => send('POST', path(REGISTRIES), registry(name))),
    listRegistries: () => list(REGISTRIES),
    edit: async (registry, spec) => {
      await send('PATCH', path(REGISTRIES, `/${registry}`), { spec }, 'application/merge-patch+json');
    },
    configOf: async (registry) => {
      const { data } = (await send('GET', path(CHILDREN[0], `/${registry}-config`))) as { readonly data: { readonly 'spec.yaml': string } };
      return data['spec.yaml'];
    },
    missingChildren: async (names) => {
      const found = await Promise.all(CHILDREN.map(async (kind) => new Set((await list(kind)).map(({ metadata }) => metadata.name))));
      return CHILDREN.flatMap(({ plural, suffix }, index) =>
        names.filter((name) => found[index]?.has(`${name}${suffix}`) !== true).map((name) => `${plural}/${name}${suffix}`),
      );
    },
    makeAvailable: async (names) => {
      const deployments = CHILDREN[3];
      const generations = new Map((await list(deployments)).map(({ metadata }) => [metadata.name, metadata.generation]));
      await atOnce(names, async (name) => {
        const deployment = `${name}${deployments.suffix}`;
        const replicas = { replicas: 1, updatedReplicas: 1, readyReplicas: 1, availableReplicas: 1 };
        const status = { observedGeneration: generations.get(deployment), ...replicas };
        await send('PATCH', path(deployments, `/${deployment}/status`), { status }, 'application/merge-patch+json');
      });
    },
  };
}

const PODS = { collection: 'api/v1', plural: 'pods' } as const;

const REPLICA_SETS = { collection: 'apis/apps/v1', plural: 'replicasets' } as const;

/** A Deployment as far as its ReplicaSet needs it; a ReplicaSet has the same fields. */
interface DeploymentObject {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly selector: object; readonly template: { readonly metadata: { readonly labels: object } } };
}

/** The ReplicaSet that the Deployment's controller would make. */
function replicaSetOf({ metadata: { name, uid }, spec: { selector, template } }: DeploymentObject): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-1`,
      labels: template.metadata.labels,
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name, uid, controller: true }],
    },
    spec: { replicas: 1, selector, template },
  };
}

/** A pod as that ReplicaSet would make it. */
function podOf(registry: string, { name, uid }: DeploymentObject['metadata']) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${registry}-api-1-x`,
      labels: {
        app: 'mcp-registry-api',
        [labels.registryName]: registry,
        [labels.appManagedBy]: 'toolhive-registry-controller',
      },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name, uid, controller: true }],
    },
    spec: { containers: [{ name: 'registry-api', image: 'x' }] },
  };
}

/** An MCPRegistry with the common source. */
function registry(name: string): object {
  return {
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: { name },
    spec: { source: { type: 'configmap', configmap: { name: 'data' } } },
  };
}

/** Works through the items, a bounded number of them at a time. */
async function atOnce<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
