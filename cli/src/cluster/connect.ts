import { SchemaNotPublishedError } from '@toolhive-registry/api/crd-owner';
import {
  KubeApiError,
  KubeClient,
  KubeConnectionError,
  KubeDecodeError,
  loadKubeConfig,
  type ClusterAccess,
} from '@toolhive-registry/reconciler/client';
import { Failure } from '../program/failure.ts';
import type { Environment } from '../terminal/environment.ts';
import { requestLimitOf } from './request-limit.ts';

/** The flags that select a cluster. */
export interface ClusterFlags {
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly namespace: string | undefined;
  readonly 'request-timeout'?: string | undefined;
}

/** A cluster that can be asked. The caller closes it. */
export interface Cluster extends AsyncDisposable {
  readonly client: KubeClient;
  readonly access: ClusterAccess;
  /** The namespace for commands that name none. */
  readonly namespace: string;
  /** Time limit of one request in milliseconds, if the flags set one. */
  readonly requestLimitMs: number | undefined;
}

/** Time limit of one request to the API server in milliseconds, including retries. */
const LIMIT_MS = 30_000;

/**
 * Reads the kubeconfig. Asks nobody yet. Throws a {@link Failure} where there is none, or one that cannot be read. `instead` is the alternative without a cluster, such as
 * `a registry without a cluster with --url`.
 */
export async function connect(flags: ClusterFlags, env: Environment, instead?: string): Promise<Cluster> {
  const { kubeconfig, context, namespace } = flags;
  const requestLimitMs = requestLimitOf(flags);
  const access = await loadKubeConfig({ kubeconfigPath: kubeconfig, context, env }).catch((cause: unknown) => {
    throw new Failure(cause instanceof Error ? cause.message : String(cause), {
      exitCode: 2,
      cause,
      remedy: `name a kubeconfig with --kubeconfig${instead === undefined ? '' : `, or ${instead}`}`,
    });
  });
  const limitMs = requestLimitMs ?? LIMIT_MS;
  const client = new KubeClient({ access, timeoutMs: limitMs, totalTimeoutMs: limitMs, userAgent: 'toolhive-registry-cli' });
  return {
    client,
    access,
    namespace: namespace ?? access.namespace,
    requestLimitMs,
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

/** Remedies for connection errors, by patterns in their messages or codes. */
const CONNECTION_REMEDIES: readonly (readonly [sign: RegExp, remedy: string])[] = [
  [
    /CERT_HAS_EXPIRED|certificate has expired/,
    'the certificate of the API server has expired; renew it, and check the clock of this machine',
  ],
  [
    /SSL alert number 4[2-6]|certificate.expired|bad.certificate/i,
    'the certificate in the kubeconfig is not accepted; it may have expired: fetch a new kubeconfig',
  ],
  [/self.signed|unable to (?:verify|get)/i, 'the certificate authority in the kubeconfig does not match; fetch a new kubeconfig'],
  [/no complete answer within/, 'it is overloaded, or something in between holds requests back; --request-timeout lets them take longer'],
  [/EPROTO|wrong version number/i, 'it does not speak TLS: check the server of the kubeconfig, http:// or https://'],
  [/ENOTFOUND|EAI_AGAIN/, 'the name of the API server could not be looked up; check the network, and the kubeconfig'],
  [/ECONNREFUSED/, 'nothing listens there; check that the cluster runs, and the context: kubectl config current-context'],
  [/exec|ENOENT/, 'the program that the kubeconfig names for credentials could not be run; check that it is installed'],
];

/** With a proxy, these are faults of the proxy. */
const PROXY_REMEDIES: typeof CONNECTION_REMEDIES = [
  [
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|Proxy response|ERR_PROXY|UND_ERR_PRX/,
    'check the proxy: the proxy-url of the kubeconfig, or else HTTPS_PROXY; NO_PROXY names hosts that are asked directly',
  ],
];

/** Explains an error of the API server to the user, with a remedy. All others are returned unchanged. */
export function explained(error: unknown, { server, proxyUrl }: Pick<ClusterAccess, 'server' | 'proxyUrl'>): unknown {
  if (error instanceof KubeConnectionError) {
    const remedies = proxyUrl === undefined ? CONNECTION_REMEDIES : [...PROXY_REMEDIES, ...CONNECTION_REMEDIES];
    const found = remedies.find(([sign]) => sign.test(chainOf(error)));
    // A proxy may have a password.
    const through = proxyUrl === undefined ? '' : ` through the proxy ${new URL(proxyUrl).host}`;
    return new Failure(`the API server ${server} cannot be reached${through}: ${lastMessage(error)}`, {
      cause: error,
      remedy: found?.[1] ?? 'check the network, and the context: kubectl config current-context',
    });
  }
  if (error instanceof KubeDecodeError) return notAnApiServer(server, error.message, error);
  if (error instanceof SchemaNotPublishedError)
    return new Failure(error.message, {
      cause: error,
      remedy: 'try again in a few seconds: this happens right after the CRD is installed',
    });
  if (!(error instanceof KubeApiError)) return error;
  const said = sayingOf(error);
  if (error.status === 401)
    return new Failure(`the API server ${server} does not accept the credentials of the kubeconfig`, {
      cause: error,
      remedy: 'they may have expired: log in again',
    });
  if (error.status === 403) return new Failure(said, { cause: error, remedy: 'ask an administrator of the cluster for that permission' });
  if (error.status === 422 || error.status === 400) return new Failure(said, { cause: error, exitCode: 2 });
  if (error.status === 429 || error.status >= 500)
    return new Failure(`the API server ${server} answers ${error.status}: ${said}`, {
      cause: error,
      remedy: 'try again later; if it persists, check the API server and whatever is in front of it',
    });
  return new Failure(said, { cause: error });
}

/** The error for something else that answers in place of the API server, such as a page of a proxy. `what` is a sentence. */
export function notAnApiServer(server: string, what: string, cause?: unknown): Failure {
  return new Failure(`${server} does not answer like a Kubernetes API server: ${what}`, {
    cause,
    remedy: 'check the server of the kubeconfig, and whether a proxy or a login page is in front of it',
  });
}

/** The API server's message, without the request and the code that the client adds. HTML pages and other JSON are not shown. */
function sayingOf(error: KubeApiError): string {
  const said = error.message.slice(error.request.length + 2).replace(/ \(\d{3}[^()]*\)$/, '');
  return /^\s*[<[{"]/.test(said) ? 'it does not say why' : said;
}

function chainOf(error: unknown): string {
  const texts: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) texts.push(`${at.message} ${(at as { code?: string }).code ?? ''}`);
  return texts.join(' ');
}

function lastMessage(error: Error): string {
  let at = error;
  while (at.cause instanceof Error && at.cause.message !== '') at = at.cause;
  return at.message;
}
