import { setTimeout as sleep } from 'node:timers/promises';
import { startApiServer, waitFor, type ApiServer, type AuditEvent } from '@toolhive-registry/testenv';
import { repositoryFile } from '../image.ts';
import { unlessAborted, type Scope } from '../scope.ts';

/** Requests of the bench at a time. */
const AT_ONCE = 16;
const SHOPS = '/apis/example.com/v1/namespaces/default/shops';
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const MERGE = 'application/merge-patch+json';
const WRITE_VERBS: readonly string[] = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** A request to the API server, as its audit log has it. */
export interface Request {
  readonly userAgent: string;
  readonly verb: string;
  /** Such as `configmaps` or `shops/status`. */
  readonly what: string;
  readonly name: string;
  readonly isWrite: boolean;
  readonly accepted: boolean;
  /** Milliseconds since 1970, with microseconds after the point: received, and answered (a watch: begun). */
  readonly at: number;
  readonly doneAt: number;
}

/** A real API server that knows Shops. The bench's own requests have no User-Agent. */
export class ShopCluster {
  readonly api: ApiServer;
  readonly #signal: AbortSignal;

  private constructor(api: ApiServer, signal: AbortSignal) {
    this.api = api;
    this.#signal = signal;
  }

  /** Starts etcd and kube-apiserver with the CRD of the example and an audit log. */
  static async start(scope: Scope): Promise<ShopCluster> {
    const crds = [repositoryFile('examples/shop-controller/crd.yaml')];
    const api = await unlessAborted(startApiServer({ crds, auditLog: true }), scope.signal);
    scope.defer(() => api.stop());
    const cluster = new ShopCluster(api, scope.signal);
    // Opens the connections, and sits out the pause of 2 s that the API server makes for objects of a kind that is newer than that.
    await atOnce(Array.from({ length: AT_ONCE }), () => cluster.#send('POST', `${SHOPS}?dryRun=All`, shop('dry-run', 1)));
    return cluster;
  }

  /** Creates Shops of size 1, 16 at a time. */
  createShops(names: readonly string[]): Promise<void> {
    return atOnce(names, (name) => this.#send('POST', SHOPS, shop(name, 1)));
  }

  /** Changes the size that a Shop asks for. */
  async editShop(name: string, size: number): Promise<void> {
    await this.#send('PATCH', `${SHOPS}/${name}`, { spec: { size } }, MERGE);
  }

  /** Changes a ConfigMap as someone would by hand. */
  async editConfigMap(name: string, size: string): Promise<void> {
    await this.#send('PATCH', `${CONFIG_MAPS}/${name}`, { data: { size } }, MERGE);
  }

  /** Waits until these Shops have their ConfigMap and status. */
  async served(names: readonly string[], ended: AbortSignal, deadlineMs: number): Promise<void> {
    const list = async (path: string): Promise<readonly Listed[]> => ((await this.#send('GET', path)) as { items: Listed[] }).items;
    const all = async (): Promise<boolean> => {
      const running = (await list(SHOPS)).filter(({ status }) => status?.phase === 'Running').map(({ metadata }) => metadata.name);
      const maps = new Set((await list(CONFIG_MAPS)).map(({ metadata }) => metadata.name));
      const done = new Set(running.filter((name) => maps.has(name)));
      return names.every((name) => done.has(name));
    };
    await this.#wait(all, `${names.length} Shops to be served`, { ended, deadlineMs, intervalMs: names.length > 1 ? 500 : 20 });
  }

  /** Waits until a ConfigMap says this size. */
  async follows(name: string, size: string, ended: AbortSignal, deadlineMs: number): Promise<void> {
    const isThere = async (): Promise<boolean> =>
      ((await this.#send('GET', `${CONFIG_MAPS}/${name}`)) as { data?: { size?: string } }).data?.size === size;
    await this.#wait(isThere, `ConfigMap ${name} to say ${size}`, { ended, deadlineMs, intervalMs: 10 });
  }

  /** Waits until the controller has written nothing for 5 s. */
  async settled(agents: readonly string[], ended: AbortSignal, deadlineMs: number): Promise<void> {
    const from = Date.now();
    const quiet = async (): Promise<boolean> => {
      const last = Math.max(from, ...(await this.requests(agents)).filter(({ isWrite }) => isWrite).map(({ at }) => at));
      return Date.now() - last > 5000;
    };
    await this.#wait(quiet, 'the controller to settle', { ended, deadlineMs, intervalMs: 500 });
  }

  /** All requests so far of programs whose User-Agent begins with one of these; without any, the bench's own. */
  async requests(agents: readonly string[]): Promise<Request[]> {
    const own = (agent: string): boolean => (agents.length === 0 ? agent === '' : agents.some((prefix) => agent.startsWith(prefix)));
    return (await this.api.auditEvents())
      .filter(isRequest)
      .map(request)
      .filter(({ userAgent }) => own(userAgent));
  }

  /** Stops the API server (etcd stays), and has it back after a while. Answers when it is ready. */
  async outage(ms: number): Promise<void> {
    await this.api.pause();
    await sleep(ms, undefined, { signal: this.#signal });
    await unlessAborted(this.api.restart(), this.#signal);
  }

  async #send(method: string, target: string, body?: object, contentType?: string): Promise<unknown> {
    this.#signal.throwIfAborted();
    const answer = await this.api.request(method, target, body, contentType);
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async #wait(look: () => Promise<boolean>, message: string, { ended, ...limits }: Limits): Promise<void> {
    await waitFor(look, { message, ...limits, signal: AbortSignal.any([this.#signal, ended]) });
  }
}

interface Listed {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly phase?: string };
}

interface Limits {
  readonly ended: AbortSignal;
  readonly deadlineMs: number;
  readonly intervalMs: number;
}

function shop(name: string, size: number): object {
  return { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name }, spec: { size } };
}

/** Each request once: a watch when it begins, anything else when it is answered. */
function isRequest({ verb, stage }: AuditEvent): boolean {
  return stage === (verb === 'watch' ? 'ResponseStarted' : 'ResponseComplete');
}

function request(event: AuditEvent): Request {
  const { verb, userAgent = '', objectRef, responseStatus } = event;
  const { resource = '', subresource, name = '' } = objectRef ?? {};
  return {
    userAgent,
    verb,
    what: subresource === undefined ? resource : `${resource}/${subresource}`,
    name,
    isWrite: WRITE_VERBS.includes(verb),
    accepted: (responseStatus?.code ?? 0) < 300,
    at: milliseconds(event.requestReceivedTimestamp),
    doneAt: milliseconds(event.stageTimestamp),
  };
}

/** A time such as 2026-01-31T12:00:00.123456Z in milliseconds since 1970; `Date` would drop the microseconds. */
function milliseconds(timestamp: string): number {
  const [, seconds = '', fraction = '0'] = /^(.+?)(\.\d+)?Z$/u.exec(timestamp) ?? [];
  return Date.parse(`${seconds}Z`) + Number(fraction) * 1000;
}

/** Works through the items, a bounded number of them at a time. */
async function atOnce<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
