import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startApiServer, waitFor, type ApiServer } from '@toolhive-registry/testenv';
import { silentLogger } from '@toolhive-registry/reconciler';
import type { ControllerSettings } from './options.ts';
import { createControllerProgram } from './run.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const CRD = fileURLToPath(new URL('../../crds/toolhive.stacklok.dev_mcpregistries.yaml', import.meta.url));

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

/** For tests: paths of the kinds that are used, below a namespace. */
const PATHS: Record<string, string> = {
  mcpregistries: 'apis/toolhive.stacklok.dev/v1alpha1',
  deployments: 'apis/apps/v1',
  services: 'api/v1',
  serviceaccounts: 'api/v1',
  configmaps: 'api/v1',
  pods: 'api/v1',
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

/** For tests: starts etcd and kube-apiserver with our CRD, and counts writes. */
export async function startCluster(): Promise<Cluster> {
  const api = await startApiServer({ crds: [CRD], auditLog: true });
  let namespaces = 0;
  const path = (plural: string, namespace: string, name = '', sub = ''): string =>
    `/${PATHS[plural] ?? ''}/namespaces/${namespace}/${plural}${name === '' ? '' : `/${name}`}${sub === '' ? '' : `/${sub}`}`;
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
      leaderElect: false,
      serverImage: 'registry.example.com/server:1',
      registryAccess: 'direct',
      refreshVolumes: true,
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

/** For tests: an MCPRegistry with one ConfigMap source called `data`. */
export function registryObject(name: string, spec: object = {}, metadata: object = {}): object {
  return {
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: { name, ...metadata },
    spec: { source: { type: 'configmap', configmap: { name: 'data' } }, ...spec },
  };
}

/** For tests: a ConfigMap with a ToolHive catalogue of servers with these keys. */
export function catalogueConfigMap(name: string, ...keys: string[]): object {
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
