import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assetsDir } from './assets.ts';
import { isWrite, readAuditLog, type AuditEvent, type WriteFilter } from './audit.ts';
import { startChild, type Child } from './child.ts';
import { apiClient, type ApiClient, type ApiResponse } from './client.ts';
import { applyCrds } from './crds.ts';
import { kubeconfig, writeServerFiles, type ServerFiles } from './files.ts';
import { freePorts } from './ports.ts';
import { waitFor } from './wait.ts';

/** What the server starts with. */
export interface ApiServerOptions {
  /** Paths of YAML files with CustomResourceDefinitions, created and established before the server is handed out. */
  readonly crds?: readonly string[];
  /** Keeps an audit log, for `auditEvents` and `countWrites`. */
  readonly auditLog?: boolean;
  /**
   * Also runs kube-controller-manager, for Deployments, ReplicaSets, namespaces and garbage. There is still no node: pods are created, but nothing starts
   * them.
   */
  readonly controllers?: boolean;
  /** Folder with the programs; default: `assetsDir()`. */
  readonly assets?: string;
}

/** A real etcd and kube-apiserver on loopback ports. Without `controllers` nothing collects garbage or makes pods. */
export interface ApiServer {
  /** Base address, `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Kubeconfig of an administrator. */
  readonly kubeconfigPath: string;
  /** Bearer token of the administrator, a member of system:masters. */
  readonly adminToken: string;
  /** PEM certificates that the server's own is to be checked with. */
  readonly ca: string;
  /** One request as the administrator. */
  request(method: string, path: string, body?: unknown, contentType?: string): Promise<ApiResponse>;
  /** One request with another bearer token, such as one of a ServiceAccount. */
  requestAs(token: string, method: string, path: string, body?: unknown, contentType?: string): Promise<ApiResponse>;
  /** Writes a kubeconfig for another bearer token, such as one of a ServiceAccount, and returns its path. */
  writeKubeconfig(name: string, token: string): Promise<string>;
  /** Answered requests, oldest first. @throws Error without the option `auditLog` */
  auditEvents(): Promise<AuditEvent[]>;
  /** Number of writes that match. @throws Error without the option `auditLog` */
  countWrites(filter?: WriteFilter): Promise<number>;
  /** Stops kube-apiserver and starts it again on the same port and the same etcd. kube-controller-manager starts again too, as one that lost its lease. */
  restart(): Promise<void>;
  /** Stops kube-apiserver only: requests are refused until `restart()`. */
  pause(): Promise<void>;
  /** Stops etcd: the API server answers, and can read and write nothing, until `resumeEtcd()`. */
  pauseEtcd(): Promise<void>;
  /** Starts etcd again with its data, and kube-controller-manager. Resolves when the API server is ready. */
  resumeEtcd(): Promise<void>;
  /** Ends all programs and removes their files. A second call does nothing. */
  stop(): Promise<void>;
}

const startDeadlineMs = 60_000;
/** Open watches keep a graceful shutdown waiting; tests do not. */
const graceMs = 2000;

/**
 * Starts etcd and kube-apiserver, ready for requests.
 * @throws Error with the log's tail when a program ends or is not ready within a minute; nothing is left running then
 */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const assets = options.assets ?? assetsDir();
  if (assets === undefined) {
    throw new Error('etcd and kube-apiserver were not found; set KUBEBUILDER_ASSETS to the folder that holds both');
  }
  const dir = await mkdtemp(join(tmpdir(), 'testenv-'));
  const children = new Map<string, Child>();
  const stopAll = async (): Promise<void> => {
    for (const program of ['kube-controller-manager', 'kube-apiserver', 'etcd']) await children.get(program)?.stop(graceMs);
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    return await start({ assets, dir, children, stopAll, options });
  } catch (error) {
    await stopAll();
    throw error;
  }
}

interface Context {
  readonly assets: string;
  readonly dir: string;
  readonly children: Map<string, Child>;
  readonly stopAll: () => Promise<void>;
  readonly options: ApiServerOptions;
}

async function start(context: Context): Promise<ApiServer> {
  const { children, dir, options } = context;
  const [etcdClient = 0, etcdPeer = 0, port = 0] = await freePorts(3);
  const files = await writeServerFiles(dir);
  const url = `https://127.0.0.1:${port}`;
  const startEtcd = (): Child => {
    const etcd = startChild('etcd', etcdArguments(dir, etcdClient, etcdPeer), context);
    children.set('etcd', etcd);
    return etcd;
  };
  let etcd = startEtcd();
  const startServer = async (): Promise<{ readonly ca: string; readonly client: ApiClient }> => {
    const server = startChild('kube-apiserver', serverArguments(files, etcdClient, port, options), context);
    children.set('kube-apiserver', server);
    return ready(files, url, [etcd, server]);
  };
  const first = await startServer();
  let { client } = first;
  await applyCrds(client, options.crds ?? []);

  const writeKubeconfig = async (name: string, token: string): Promise<string> => {
    const path = join(dir, `${name}.kubeconfig`);
    await writeFile(path, kubeconfig(url, first.ca, token), { mode: 0o600 });
    return path;
  };
  const auditEvents = async (): Promise<AuditEvent[]> => {
    if (options.auditLog !== true) throw new Error('there is no audit log; start the API server with auditLog: true');
    return readAuditLog(files.auditLog);
  };
  const kubeconfigPath = await writeKubeconfig('admin', files.adminToken);
  // It has no lease to lose. Left running, its garbage collector takes what was deleted and made again meanwhile for the same object, and keeps the
  // pods of the old one.
  const startManager = async (): Promise<void> => {
    if (options.controllers !== true) return;
    await children.get('kube-controller-manager')?.stop(graceMs);
    children.set('kube-controller-manager', startChild('kube-controller-manager', managerArguments(kubeconfigPath), context));
  };
  // After the CRDs, so that the garbage collector knows their kinds from the start.
  await startManager();
  const pause = async (): Promise<void> => {
    client.close();
    await children.get('kube-apiserver')?.stop(graceMs);
  };
  return {
    url,
    ca: first.ca,
    adminToken: files.adminToken,
    kubeconfigPath,
    request: (method, path, body, contentType) => client.request(method, path, body, contentType),
    requestAs: async (token, method, path, body, contentType) => {
      const other = apiClient({ url, ca: first.ca, token });
      try {
        return await other.request(method, path, body, contentType);
      } finally {
        other.close();
      }
    },
    writeKubeconfig,
    auditEvents,
    countWrites: async (filter = {}) => (await auditEvents()).filter((event) => isWrite(event, filter)).length,
    pause,
    restart: async () => {
      await pause();
      ({ client } = await startServer());
      await startManager();
    },
    pauseEtcd: () => etcd.stop(graceMs),
    resumeEtcd: async () => {
      etcd = startEtcd();
      const server = children.get('kube-apiserver');
      await waitFor(
        async () => {
          etcd.assertAlive();
          server?.assertAlive();
          return (await client.request('GET', '/readyz')).status === 200;
        },
        { message: 'the API server to have its etcd again', deadlineMs: startDeadlineMs },
      );
      await startManager();
    },
    stop: async () => {
      client.close();
      await context.stopAll();
    },
  };
}

/** Waits until the server answers /readyz; its certificate exists only from then on. */
async function ready(files: ServerFiles, url: string, children: readonly Child[]): Promise<{ ca: string; client: ApiClient }> {
  const certificate = join(files.certificates, 'apiserver.crt');
  const deadline = performance.now() + startDeadlineMs;
  const remaining = (): number => Math.max(0, deadline - performance.now());
  const died = new AbortController();
  const alive = (): void => {
    try {
      for (const child of children) child.assertAlive();
    } catch (error) {
      died.abort(error);
    }
  };
  const wait = (look: () => boolean | Promise<boolean>, message: string): Promise<boolean> =>
    waitFor(
      () => {
        alive();
        return look();
      },
      { message, deadlineMs: remaining(), signal: died.signal },
    );
  try {
    await wait(() => existsSync(certificate) && existsSync(join(files.certificates, 'apiserver.key')), `kube-apiserver's certificate`);
    const ca = await readFile(certificate, 'utf8');
    const client = apiClient({ url, ca, token: files.adminToken });
    await wait(async () => (await client.request('GET', '/readyz')).status === 200, 'kube-apiserver to be ready');
    return { ca, client };
  } catch (error) {
    if (died.signal.aborted) throw died.signal.reason;
    const logs = children.map((child) => `${child.name}:\n${child.logTail()}`).join('\n');
    throw new Error(`the test API server did not become ready; last lines of its programs:\n${logs}`, { cause: error });
  }
}

function etcdArguments(dir: string, clientPort: number, peerPort: number): string[] {
  const client = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  return [
    `--data-dir=${join(dir, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
  ];
}

function managerArguments(kubeconfigPath: string): string[] {
  return [
    `--kubeconfig=${kubeconfigPath}`,
    '--controllers=deployment-controller,replicaset-controller,namespace-controller,garbage-collector-controller',
    '--leader-elect=false',
    '--secure-port=0',
  ];
}

function serverArguments(files: ServerFiles, etcdPort: number, port: number, options: ApiServerOptions): string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    // There is no other API server to agree with on the addresses of Service `kubernetes`.
    '--endpoint-reconciler-type=none',
    `--secure-port=${port}`,
    `--cert-dir=${files.certificates}`,
    `--token-auth-file=${files.tokens}`,
    '--authorization-mode=RBAC',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${files.serviceAccountPublicKey}`,
    `--service-account-signing-key-file=${files.serviceAccountKey}`,
    // Nothing makes ServiceAccounts and their tokens here, so pods could not be created.
    '--disable-admission-plugins=ServiceAccount',
    '--allow-privileged=true',
    ...(options.auditLog === true ? [`--audit-policy-file=${files.auditPolicy}`, `--audit-log-path=${files.auditLog}`] : []),
  ];
}
