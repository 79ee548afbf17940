import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { groups, type RegistryGroup } from '@toolhive-registry/api';
import { startApiServer, waitFor, type ApiServer } from '@toolhive-registry/testenv';
import { silentLogger } from '@toolhive-registry/reconciler';
import type { ControllerSettings } from './options.ts';
import type { NetworkPolicySettings } from './registry/render/network-policy.ts';
import { createControllerProgram } from './run.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const AGENT = 'toolhive-registry-controller';
/** For tests: the file of a group's CRD. */
export function crdFile(group: RegistryGroup): string {
  return fileURLToPath(new URL(`../../crds/${group}_mcpregistries.yaml`, import.meta.url));
}

/** For tests: any Kubernetes object as it comes. */
export interface Obj {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    generation?: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { uid: string; controller?: boolean }[];
    deletionTimestamp?: string;
  };
  // Tests look anywhere.
  [field: string]: any; // oxlint-disable-line typescript/no-explicit-any
}

/** For tests: paths of the kinds that are used, below a namespace. What stands behind a dot tells resources of one name apart. */
const PATHS: Record<string, string> = {
  'mcpregistries.io': 'apis/toolhive.stacklok.io/v1alpha1',
  'mcpregistries.v1beta1': 'apis/toolhive.stacklok.dev/v1beta1',
  mcpregistries: 'apis/toolhive.stacklok.dev/v1alpha1',
  deployments: 'apis/apps/v1',
  replicasets: 'apis/apps/v1',
  services: 'api/v1',
  resourcequotas: 'api/v1',
  serviceaccounts: 'api/v1',
  configmaps: 'api/v1',
  pods: 'api/v1',
  events: 'apis/events.k8s.io/v1',
  networkpolicies: 'apis/networking.k8s.io/v1',
  poddisruptionbudgets: 'apis/policy/v1',
  leases: 'apis/coordination.k8s.io/v1',
};

/** For tests: everything that belongs to registry `a`, as kind in URLs and name. */
export const CHILDREN = [
  ['configmaps', 'a-config'],
  ['serviceaccounts', 'a-api'],
  ['services', 'a-api'],
  ['services', 'a-int'],
  ['networkpolicies', 'a-int'],
  ['deployments', 'a-api'],
] as const;

/** For tests: who may reach internal ports when the chart runs the controller. */
export const NETWORK_POLICY: NetworkPolicySettings = {
  controllerPods: { namespace: 'toolhive-system', labels: { 'app.kubernetes.io/name': 'toolhive-registry' } },
  scraperNamespaces: ['monitoring'],
};

/** For tests: a real API server with a short way to its objects. */
export interface Cluster {
  readonly api: ApiServer;
  get(plural: string, namespace: string, name: string): Promise<Obj | undefined>;
  create(plural: string, namespace: string, object: object): Promise<Obj>;
  /** Merge patch; `sub` is a subresource. */
  patch(plural: string, namespace: string, name: string, body: object, sub?: string): Promise<Obj>;
  delete(plural: string, namespace: string, name: string, options?: { foreground: boolean }): Promise<void>;
  /** Creates a namespace of its own for a test. */
  namespace(): Promise<string>;
  /** Waits until an object satisfies the condition. */
  until(plural: string, namespace: string, name: string, condition: (object: Obj) => unknown): Promise<Obj>;
  gone(plural: string, namespace: string, name: string): Promise<void>;
}

/** For tests: starts etcd and kube-apiserver with our CRDs, and counts writes. */
export async function startCluster(crds: readonly string[] = groups.map(crdFile)): Promise<Cluster> {
  const api = await startApiServer({ crds, auditLog: true });
  let namespaces = 0;
  const path = (plural: string, namespace: string, name = '', sub = ''): string =>
    `/${PATHS[plural] ?? ''}/namespaces/${namespace}/${plural.split('.', 1)[0] ?? ''}${name === '' ? '' : `/${name}`}${sub === '' ? '' : `/${sub}`}`;
  const send = async (method: string, target: string, body?: object, contentType?: string): Promise<Obj> => {
    const answer = await api.request(method, target, body, contentType);
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Obj;
  };
  const cluster: Cluster = {
    api,
    get: async (plural, namespace, name) => {
      const answer = await api.request('GET', path(plural, namespace, name));
      return answer.status === 404 ? undefined : (answer.body as Obj);
    },
    create: (plural, namespace, object) => send('POST', path(plural, namespace), object),
    patch: (plural, namespace, name, body, sub) => send('PATCH', path(plural, namespace, name, sub), body, 'application/merge-patch+json'),
    delete: async (plural, namespace, name, options) => {
      await send('DELETE', `${path(plural, namespace, name)}${options?.foreground === true ? '?propagationPolicy=Foreground' : ''}`);
    },
    namespace: async () => {
      namespaces += 1;
      const name = `test-${namespaces}`;
      await send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      return name;
    },
    until: (plural, namespace, name, condition) =>
      waitFor(
        async () => {
          const object = await cluster.get(plural, namespace, name);
          return object !== undefined && Boolean(condition(object)) ? object : undefined;
        },
        { message: `${plural} ${namespace}/${name} to be as wanted`, deadlineMs: 15_000 },
      ),
    gone: async (plural, namespace, name) => {
      await waitFor(async () => (await cluster.get(plural, namespace, name)) === undefined, {
        message: `${plural} ${name} to be gone`,
        deadlineMs: 15_000,
      });
    },
  };
  return cluster;
}

/** For tests: a controller in this process. */
export interface RunningController {
  readonly addresses: { readonly health: string; readonly metrics: string };
  stop(): Promise<void>;
}

/** For tests: starts a controller and waits until it is ready. */
export async function startController(cluster: Cluster, settings: Partial<ControllerSettings> = {}): Promise<RunningController> {
  const program = await createControllerProgram(
    {
      kubeconfig: cluster.api.kubeconfigPath,
      metricsAddress: '127.0.0.1:0',
      healthAddress: '127.0.0.1:0',
      serverImage: 'registry.example.com/server:1',
      registryAccess: 'direct',
      refreshVolumes: true,
      networkPolicy: NETWORK_POLICY,
      clusterDomain: 'cluster.local',
      concurrency: 8,
      logLevel: 'silent',
      logFormat: 'json',
      ...settings,
    },
    silentLogger(),
  );
  const stop = new AbortController();
  const running = program.run(stop.signal);
  const addresses = await waitFor(() => program.manager.addresses, { message: 'the controller to listen' });
  await waitFor(async () => (await fetch(`http://${addresses.health}/readyz`)).status === 200, { message: 'the controller to be ready' });
  return {
    addresses,
    stop: async () => {
      stop.abort(new Error('test is over'));
      await running;
    },
  };
}

/** For tests: a cluster with a controller, and what one does with registries called `a` in namespaces of their own. */
export interface Bench {
  readonly cluster: Cluster;
  /** Creates registry `a` in a namespace of its own, and waits until its children are there. Answers the namespace. */
  settled(spec?: object): Promise<string>;
  /** Plays the Deployment controller. */
  available(namespace: string, count: number): Promise<void>;
  /** Writes of the controller in a namespace, Events aside. */
  writes(namespace: string): Promise<string[]>;
  /** Waits until the controller has looked at the registry again after a change that means nothing to it. */
  passAgain(namespace: string): Promise<void>;
  /** Ends the controller and starts another, with these settings where they are other than usual. */
  restart(settings?: Partial<ControllerSettings>): Promise<void>;
  stop(): Promise<void>;
}

/** For tests: starts a cluster and a controller in it. */
export async function startBench(): Promise<Bench> {
  const cluster = await startCluster();
  let controller = await startController(cluster).catch(async (error: unknown) => {
    await cluster.api.stop();
    throw error;
  });
  const passes = async (): Promise<number> => {
    const text = await (await fetch(`http://${controller.addresses.metrics}/metrics`)).text();
    return [...text.matchAll(/^controller_runtime_reconcile_total\{controller="mcpregistry"[^}]*\} (\d+)$/gm)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  };
  return {
    cluster,
    settled: async (spec = {}) => {
      const namespace = await cluster.namespace();
      await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
      await cluster.create('mcpregistries', namespace, registryObject('a', spec));
      await cluster.until('mcpregistries', namespace, 'a', (object) => object['status']?.observedGeneration === 1);
      return namespace;
    },
    available: async (namespace, count) => {
      const { metadata } = await cluster.until('deployments', namespace, 'a-api', () => true);
      const replicas = { replicas: 1, updatedReplicas: 1, readyReplicas: count, availableReplicas: count };
      await cluster.patch(
        'deployments',
        namespace,
        'a-api',
        { status: { observedGeneration: metadata.generation, ...replicas } },
        'status',
      );
    },
    writes: async (namespace) => {
      const events = await cluster.api.auditEvents();
      return events
        .filter(({ userAgent, objectRef }) => userAgent?.startsWith(AGENT) === true && objectRef?.namespace === namespace)
        .filter(({ verb, objectRef }) => ['create', 'update', 'patch', 'delete'].includes(verb) && objectRef?.resource !== 'events')
        .map(({ verb, objectRef: { resource, subresource } = {} }) =>
          [verb, ' ', resource, subresource === undefined ? '' : `/${subresource}`].join(''),
        );
    },
    passAgain: async (namespace) => {
      const before = await passes();
      await cluster.patch('mcpregistries', namespace, 'a', { metadata: { annotations: { 'example.com/note': randomUUID() } } });
      await waitFor(async () => (await passes()) > before, { message: 'another pass' });
    },
    restart: async (settings = {}) => {
      await controller.stop();
      controller = await startController(cluster, settings);
    },
    stop: async () => {
      await controller.stop();
      await cluster.api.stop();
    },
  };
}

/** For tests: a pod as ReplicaSet controller, scheduler and kubelet make it. */
export interface TestPod {
  /** Default: `a`. */
  readonly registry?: string;
  readonly name?: string;
  /** Name and uid of its ReplicaSet; default: a new one, the first. */
  readonly replicaSet?: { readonly name: string; readonly uid: string };
  readonly status?: object;
}

/** For tests: creates a pod of a registry whose Deployment is there. */
export async function createPod(cluster: Cluster, namespace: string, pod: TestPod = {}): Promise<Obj> {
  const { registry = 'a', name = 'pod', status } = pod;
  const replicaSet = pod.replicaSet ?? (await createReplicaSet(cluster, namespace, 1, registry));
  const { labels } = (await cluster.until('deployments', namespace, `${registry}-api`, () => true))['spec'].template.metadata;
  const created = await cluster.create('pods', namespace, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', controller: true, ...replicaSet }] },
    spec: { containers: [{ name: 'registry-api', image: 'x' }] },
  });
  return status === undefined ? created : cluster.patch('pods', namespace, name, { status }, 'status');
}

/** For tests: the status of a pod that runs at an address. */
export function runningAt(podIP: string, isReady: boolean): object {
  return { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] };
}

/** For tests: a ReplicaSet of a registry, as the Deployment controller makes one for each template. */
export async function createReplicaSet(
  cluster: Cluster,
  namespace: string,
  revision: number,
  registry = 'a',
): Promise<{ name: string; uid: string }> {
  const api = `${registry}-api`;
  const deployment = await cluster.until('deployments', namespace, api, () => true);
  const { selector, template } = deployment['spec'];
  const name = `${api}-${revision}`;
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: api, uid: deployment.metadata.uid, controller: true };
  const created = await cluster.create('replicasets', namespace, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      labels: template.metadata.labels,
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [owner],
    },
    spec: { replicas: 1, selector, template },
  });
  return { name, uid: created.metadata.uid };
}

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

/** For tests: the controller as a process of its own. */
export interface Run {
  readonly child: ChildProcess;
  /** The exit code; null after a signal that the program did not handle. */
  readonly exit: Promise<number | null>;
  stdout(): string;
  stderr(): string;
  /** Waits for a JSON line of the log with this message. */
  logged(message: string): Promise<Record<string, unknown>>;
}

/** For tests: starts the program in an environment that names no cluster, except for what is given. */
export function runController(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    exit,
    stdout: () => stdout,
    stderr: () => stderr,
    logged: (message) =>
      waitFor(
        () => {
          if (child.exitCode !== null) throw new Error(`the program ended: ${stderr}`);
          const lines = stderr.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
          return lines.map((line) => JSON.parse(line) as Record<string, unknown>).find(({ msg }) => msg === message);
        },
        { message: `the log line "${message}"`, deadlineMs: 15_000 },
      ),
  };
}
