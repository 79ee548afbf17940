import type { ports } from '@toolhive-registry/api/group';
import { PODS, SERVICES, type KubeObject } from '@toolhive-registry/reconciler/client';
import { explained, type Cluster } from '../cluster/connect.ts';
import { openTunnel } from '../cluster/tunnel.ts';
import { Failure } from '../program/failure.ts';
import type { Session } from '../terminal/session.ts';
import { sender, type Answer, type Send, type Sent } from './http.ts';
import { proxyOfKubeconfig } from './proxy.ts';
import { messageIn } from './refused.ts';

/** How registries of a cluster are reached. */
export type Via = 'auto' | 'api-server' | 'port-forward';

/** One Service of a registry and the port to ask. */
export interface ServicePort {
  readonly namespace: string;
  readonly service: string;
  readonly port: (typeof ports)[keyof typeof ports];
}

/** Time in milliseconds after which the proxy of the API server counts as blocked: a NetworkPolicy drops packets silently. */
const PROXY_PATIENCE_MS = 3_000;
/** Statuses of an API server that does not let a request through, or has no backend. */
const CLOSED: readonly number[] = [403, 404, 502, 503, 504];

/** A connection to one port, for requests. */
export interface Line {
  readonly send: Send;
  readonly close: () => void;
}

/** Sends requests to a Service of a cluster: through the API server's proxy, or by a port-forward to one of its pods. */
export async function clusterSender(cluster: Cluster, target: ServicePort, via: Via, { signal }: Pick<Session, 'signal'>): Promise<Line> {
  const open = {
    'api-server': remembered(() => proxySender(cluster, target, signal)),
    'port-forward': remembered(() => tunnelSender(cluster, target, signal)),
  };
  /** The way that worked last; undefined: none has yet, or it stopped working. */
  let way: keyof typeof open | undefined = via === 'auto' ? undefined : via;

  /** After a failure the connection is reopened: a pod may be gone, or a token may have expired. */
  async function sendBy(chosen: keyof typeof open, sent: Sent): Promise<Answer> {
    try {
      const answer = await (await open[chosen].get()).send(sent);
      if (answer.status === 401) open[chosen].drop();
      return answer;
    } catch (error) {
      open[chosen].drop();
      if (via === 'auto') way = undefined;
      throw error;
    }
  }

  async function search(sent: Sent): Promise<Answer> {
    const patient = { ...sent, silenceMs: Math.max(PROXY_PATIENCE_MS, sent.silenceMs ?? 0) };
    const answer = await sendBy('api-server', patient).catch((error: unknown) => error);
    if (!isClosed(answer)) {
      if (!isAnswer(answer)) throw answer;
      way = 'api-server';
      return answer;
    }
    try {
      const through = await sendBy('port-forward', sent);
      way = 'port-forward';
      return through;
    } catch (error) {
      signal.throwIfAborted();
      throw bothClosed(target, answer, error);
    }
  }

  return {
    send: (sent) => (way === undefined ? search(sent) : sendBy(way, sent)),
    close: () => {
      for (const one of Object.values(open)) one.drop();
    },
  };
}

/** Opens something once, even with concurrent callers, until it is dropped. */
function remembered(open: () => Promise<Line>): { readonly get: () => Promise<Line>; readonly drop: () => void } {
  let opened: Promise<Line> | undefined;
  return {
    get: () => (opened ??= open()),
    drop: () => {
      const old = opened;
      opened = undefined;
      // What could not be opened need not be closed.
      void old?.then(
        ({ close }) => close(),
        () => undefined,
      );
    },
  };
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && 'status' in value && 'text' in value;
}

/** Whether the proxy did not let a request through. The registry's own errors come through it. */
function isClosed(answer: unknown): boolean {
  if (answer instanceof Failure) return true;
  return (
    isAnswer(answer) && CLOSED.includes(answer.status) && /"kind":\s*"Status"|^(?:error|Error) trying to reach service/.test(answer.text)
  );
}

function bothClosed({ namespace, service }: ServicePort, proxy: unknown, tunnel: unknown): Failure {
  const first = isAnswer(proxy) ? messageIn(proxy.text) : proxy instanceof Error ? proxy.message : String(proxy);
  const second = tunnel instanceof Error ? tunnel.message : String(tunnel);
  return new Failure(
    `the registry's Service ${namespace}/${service} cannot be reached: through the API server: ${first}; by a port-forward: ${second}`,
    {
      cause: tunnel,
      remedy: 'this needs get on services/proxy or create on pods/portforward, and a ready pod',
    },
  );
}

async function proxySender(cluster: Cluster, { namespace, service, port }: ServicePort, signal: AbortSignal): Promise<Line> {
  const { access, requestLimitMs } = cluster;
  const { headers, ca, cert, key, verify, serverName } = await access.credentials();
  return sender({
    base: new URL(`${access.server}/api/v1/namespaces/${namespace}/services/${service}:${port}/proxy`),
    // That of the environment is in it where the kubeconfig names none.
    proxy: access.proxyUrl === undefined ? undefined : proxyOfKubeconfig(access.proxyUrl),
    signal,
    headers,
    tls: { ca, cert, key, rejectUnauthorized: verify, servername: serverName },
    limitMs: requestLimitMs,
  });
}

async function tunnelSender(cluster: Cluster, target: ServicePort, signal: AbortSignal): Promise<Line> {
  const pod = await readyPod(cluster, target, signal);
  const credentials = await cluster.access.credentials();
  return sender({
    base: new URL(`http://${pod}.${target.namespace}:${target.port}`),
    signal,
    createConnection: () => openTunnel(cluster.access, credentials, { namespace: target.namespace, pod, port: target.port }),
    limitMs: cluster.requestLimitMs,
  });
}

interface Pod extends KubeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
interface Service extends KubeObject {
  readonly spec?: { readonly selector?: Readonly<Record<string, string>> };
}

/** The name of a pod behind a Service that is ready. */
async function readyPod({ client, access }: Cluster, { namespace, service }: ServicePort, signal: AbortSignal): Promise<string> {
  try {
    const { spec } = await client.get<Service>(SERVICES, { namespace, name: service }, { signal });
    const labelSelector = Object.entries(spec?.selector ?? {})
      .map(([name, value]) => `${name}=${value}`)
      .join(',');
    const { items } = await client.list<Pod>(PODS, { namespace, labelSelector, signal });
    const ready = items.find(({ status }) => status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'));
    if (ready !== undefined) return ready.metadata.name;
  } catch (error) {
    throw explained(error, access);
  }
  throw new Failure(`no pod of the Service ${namespace}/${service} is ready`, { remedy: 'kubectl get pods shows why' });
}
