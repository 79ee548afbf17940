import type { RequestOptions } from 'node:https';
import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Environment } from './proxy.ts';
import { proxyFromEnvironment } from './proxy.ts';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';

/** Our credentials and the trusted CAs at one moment. Rotated credentials give another one. */
export interface Credentials {
  /** Headers for every request: `authorization`, impersonation. */
  readonly headers: Readonly<Record<string, string>>;
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** False only if the kubeconfig says `insecure-skip-tls-verify`. */
  readonly verify: boolean;
  readonly serverName?: string | undefined;
}

/** How to reach one cluster. */
export interface ClusterAccess {
  /** Base URL without trailing slash. */
  readonly server: string;
  /** Namespace of the context, or of our own pod. */
  readonly namespace: string;
  /** `http:` or `https:`; undefined: the server is reached directly. */
  readonly proxyUrl?: string | undefined;
  /** Reads tokens and certificates; again on each call, since both rotate on disk. */
  credentials(): Promise<Credentials>;
}

/** What `loadKubeConfig` looks at; all but the first two are for tests. */
export interface LoadKubeConfigOptions {
  /** Wins over everything else. */
  readonly kubeconfigPath?: string | undefined;
  /** Context of the kubeconfig instead of its current one. A pod's service account has none, and is skipped. */
  readonly context?: string | undefined;
  readonly env?: Environment;
  readonly home?: string;
  /** Where the service account is mounted. */
  readonly serviceAccountDir?: string;
}

const SERVICE_ACCOUNT_DIR = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Finds the cluster: an explicit path, then the files of `$KUBECONFIG` merged as kubectl does, then the pod's service account, then `~/.kube/config`. The proxy
 * is the kubeconfig's `proxy-url`, else that of `HTTPS_PROXY`. Throws an error that says where it looked.
 */
export async function loadKubeConfig(options: LoadKubeConfigOptions = {}): Promise<ClusterAccess> {
  const env = options.env ?? process.env;
  const access = await findCluster(options, env);
  return { ...access, proxyUrl: access.proxyUrl ?? proxyFromEnvironment(access.server, env) };
}

async function findCluster(options: LoadKubeConfigOptions, env: Environment): Promise<ClusterAccess> {
  const { context } = options;
  if (options.kubeconfigPath !== undefined) return fromFiles([options.kubeconfigPath], context);
  // An empty entry in the list is ignored, as by kubectl.
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '');
  if (listed.length > 0) return fromFiles(await existing(listed), context);
  const inside = context === undefined ? await inClusterAccess(env, options.serviceAccountDir ?? SERVICE_ACCOUNT_DIR) : undefined;
  if (inside !== undefined) return inside;
  const file = join(options.home ?? homedir(), '.kube', 'config');
  if (await exists(file)) return fromFiles([file], context);
  throw new Error(`no cluster to talk to: no kubeconfig was given, $KUBECONFIG is empty, there is no service account and no ${file}`);
}

/** Access through a loaded client-node KubeConfig, whose plugins (exec, OIDC, token files) provide the credentials. */
export function kubeConfigAccess(config: KubeConfig): ClusterAccess {
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error(`the kubeconfig's current context "${config.currentContext}" names no cluster`);
  for (const [field, value] of [
    ['server', cluster.server],
    ['proxy-url', cluster.proxyUrl ?? cluster.server],
  ] as const)
    // It may contain a password.
    if (!URL.canParse(value)) throw new Error(`${field} of the kubeconfig's cluster "${cluster.name}" is not a URL`);
  const plain = cluster.server.startsWith('http:');
  if (plain && !cluster.skipTLSVerify) {
    // client-node refuses http: without this flag, which has no other effect there. `kubectl proxy` is such a server.
    config.clusters = config.clusters.map((other) => (other === cluster ? { ...other, skipTLSVerify: true } : other));
  }
  return {
    server: cluster.server.replace(/\/+$/, ''),
    namespace: config.getContextObject(config.currentContext)?.namespace ?? 'default',
    proxyUrl: cluster.proxyUrl,
    credentials: async () => {
      const wanted: RequestOptions = {};
      await config.applyToHTTPSOptions(wanted);
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(wanted.headers ?? {})) headers[name.toLowerCase()] = String(value);
      if (typeof wanted.auth === 'string') headers['authorization'] ??= `Basic ${Buffer.from(wanted.auth).toString('base64')}`;
      return {
        headers,
        ca: pem(wanted.ca),
        cert: pem(wanted.cert),
        key: pem(wanted.key),
        verify: wanted.rejectUnauthorized !== false,
        serverName: wanted.servername,
      };
    },
  };
}

/** Access from within a pod, or undefined outside of one. Does not need client-node, whose import costs 90 MB. */
async function inClusterAccess(env: Environment, dir: string): Promise<ClusterAccess | undefined> {
  const host = env['KUBERNETES_SERVICE_HOST'];
  const port = env['KUBERNETES_SERVICE_PORT'];
  if (!host || !port || !(await exists(join(dir, 'token')))) return undefined;
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    namespace: await readFile(join(dir, 'namespace'), 'utf8').then(
      (text) => text.trim(),
      () => 'default',
    ),
    credentials: async () => ({
      headers: { authorization: `Bearer ${(await readFile(join(dir, 'token'), 'utf8')).trim()}` },
      ca: await readFile(join(dir, 'ca.crt'), 'utf8'),
      verify: true,
    }),
  };
}

async function fromFiles(paths: readonly string[], context: string | undefined): Promise<ClusterAccess> {
  // Imported here instead of above, so that only laptops and tests pay for it.
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const files = paths.map((path) => {
    const file = new KubeConfig();
    try {
      file.loadFromFile(path);
    } catch (cause) {
      // The first line only: a YAML error continues with an excerpt, which may contain a token.
      const [reason = ''] = String(cause).split('\n', 1);
      throw new Error(`cannot read the kubeconfig ${path}: ${reason.replace(/^\w*(?:Error|Exception): /, '')}`, { cause });
    }
    return file;
  });
  // client-node's own merge refuses a name that occurs twice.
  const merged = new KubeConfig();
  merged.loadFromOptions({
    clusters: firstByName(files.flatMap((file) => file.clusters)),
    users: firstByName(files.flatMap((file) => file.users)),
    contexts: firstByName(files.flatMap((file) => file.contexts)),
    currentContext: context ?? files.map((file) => file.currentContext).find((name) => name) ?? '',
  });
  if (context !== undefined && merged.getContextObject(context) === null) {
    const names = merged.contexts.map(({ name }) => name).join(', ');
    throw new Error(`the kubeconfig ${paths.join(', ')} has no context "${context}"; it has ${names || 'none'}`);
  }
  return kubeConfigAccess(merged);
}

/** The first of equal names wins, as in kubectl. */
function firstByName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const item of items) if (!found.has(item.name)) found.set(item.name, item);
  return [...found.values()];
}

/** The existing files of a list, as kubectl ignores the others. All of them if none exists, so that the error names one. */
async function existing(paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) if (await exists(path)) found.push(path);
  return found.length > 0 ? found : paths;
}

function pem(value: RequestOptions['ca'] | RequestOptions['key']): string | undefined {
  return typeof value === 'string' || Buffer.isBuffer(value) ? value.toString() : undefined;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
