import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { ClusterAccess } from '../client/access.ts';
import type { KubeObject } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';
import { selfSigned } from './self-signed.ts';

/** What happens to a request instead of an answer. */
export type Fault =
  | {
      readonly status: number;
      readonly reason?: string;
      readonly message?: string;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | 'reset'
  | 'hang'
  /** A watch that is accepted and ended at once. */
  | 'close';

/** The class of a request: `initial` is a watch that begins with all objects, if the server supports that. */
export type RequestClass = 'list' | 'watch' | 'initial' | 'other';

/** Whether the server supports beginning a watch with all objects; `endless`: it does, but never marks their end. */
export type InitialEventsSupport = 'refused' | 'sent' | 'endless';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly class: RequestClass;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** The scope of a list or watch. */
interface Scope {
  readonly plural: string;
  /** Empty: all. */
  readonly namespace: string;
}

interface OpenWatch extends Scope {
  readonly response: ServerResponse;
}

/** An object, and where it is. */
interface Entry {
  readonly plural: string;
  readonly object: KubeObject;
}

interface FakeFault {
  readonly class: RequestClass;
  readonly fault: Fault;
  times: number;
  skip: number;
}

const PATH = /^\/apis?\/(?:[^/]+\/)?v\d[^/]*\/(?:namespaces\/(?<namespace>[^/]+)\/)?(?<plural>[^/]+)(?:\/(?<name>[^/]+))?$/;

/**
 * An API server for faults that a real one shows too rarely. It keeps what a test puts there, lists it and serves watches; writes by a client are recorded,
 * answered and forgotten. It validates nothing.
 */
export class FakeApi {
  readonly seen: SeenRequest[] = [];
  readonly #entries = new Map<string, Entry>();
  readonly #faults: FakeFault[] = [];
  readonly #watches = new Set<OpenWatch>();
  readonly #sockets = new Set<Socket>();
  #history: (Entry & { version: number; type: string })[] = [];
  #initialEvents: InitialEventsSupport = 'refused';
  #version = 100;
  #oldest = 0;
  #port = 0;
  #connections = 0;
  #tls: { key: string; cert: string } | undefined;
  #server: ReturnType<typeof createServer> | undefined;

  /** Starts a server on a free loopback port; `tls` gives it a certificate. Like old servers it refuses to begin watches with all objects. */
  static async start(options: { tls?: boolean; initialEvents?: InitialEventsSupport } = {}): Promise<FakeApi> {
    const api = new FakeApi();
    api.#initialEvents = options.initialEvents ?? 'refused';
    if (options.tls) api.#tls = selfSigned();
    await api.up();
    return api;
  }

  /** Access for a client. */
  get access(): ClusterAccess {
    const ca = this.#tls?.cert;
    return {
      server: `${ca === undefined ? 'http' : 'https'}://127.0.0.1:${this.#port}`,
      namespace: 'default',
      credentials: () => Promise.resolve({ headers: { authorization: 'Bearer fake' }, ca, verify: true }),
    };
  }

  /** Connections accepted so far. */
  get connections(): number {
    return this.#connections;
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  /** How many requests of a class were received. */
  count(requestClass: RequestClass): number {
    return this.seen.filter((request) => request.class === requestClass).length;
  }

  /** Makes the next requests of a class meet a fault, after `skip` that do not. */
  fail(requestClass: RequestClass, fault: Fault, times = 1, skip = 0): void {
    this.#faults.push({ class: requestClass, fault, times, skip });
  }

  /** Ends all faults. */
  heal(): void {
    this.#faults.length = 0;
  }

  /** Creates or changes a ConfigMap. Same UID unless another is given. `quiet`: no watch reports it. */
  put(name: string, fields: { uid?: string; namespace?: string; data?: Record<string, string>; quiet?: boolean } = {}): KubeObject {
    const { uid, namespace = 'default', data = {}, quiet = false } = fields;
    const metadata = { name, namespace, ...(uid === undefined ? {} : { uid }) };
    return this.putObject('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data } as KubeObject, quiet);
  }

  /** Creates or changes an object of any kind, by the kind's name in URLs. It gets a UID and a version. */
  putObject<T extends KubeObject>(plural: string, wanted: T, quiet = false): T {
    const key = entryKey(plural, wanted);
    const old = this.#entries.get(key)?.object;
    this.#version += 1;
    const uid = wanted.metadata.uid ?? old?.metadata.uid ?? `uid-${wanted.metadata.name}`;
    const object = { ...wanted, metadata: { ...wanted.metadata, uid, resourceVersion: String(this.#version) } };
    this.#entries.set(key, { plural, object });
    this.#record(old === undefined ? 'ADDED' : 'MODIFIED', { plural, object }, quiet);
    return object;
  }

  /** Deletes a ConfigMap. `quiet`: no watch reports it. */
  remove(name: string, options: { namespace?: string; quiet?: boolean } = {}): void {
    const key = entryKey('configmaps', { metadata: { namespace: options.namespace ?? 'default', name } });
    const entry = this.#entries.get(key);
    if (entry === undefined) throw new Error(`there is no ${key}`);
    this.#entries.delete(key);
    this.#version += 1;
    const { plural, object } = entry;
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
    this.#record('DELETED', { plural, object: last }, options.quiet ?? false);
  }

  /** Forgets the history: a watch from before now gets 410. */
  compact(): void {
    this.#history = [];
    this.#version += 1;
    this.#oldest = this.#version;
  }

  /** Sends any bytes to all open watches. */
  sendRaw(bytes: string | Uint8Array): void {
    for (const { response } of this.#watches) response.write(bytes);
  }

  /** Sends a bookmark with the current version. */
  bookmark(): void {
    this.#version += 1;
    this.sendRaw(line('BOOKMARK', { kind: 'ConfigMap', apiVersion: 'v1', metadata: { resourceVersion: String(this.#version) } }));
  }

  /** Sends an ERROR event. */
  sendError(code: number, reason: string, message: string): void {
    this.sendRaw(line('ERROR', { kind: 'Status', status: 'Failure', code, reason, message }));
  }

  /** Ends all watches as a server does at their timeout. */
  closeWatches(): void {
    for (const { response } of this.#watches) response.end();
  }

  /** Breaks all connections. */
  reset(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Listens, on the same port as before. */
  async up(): Promise<void> {
    const listener: RequestListener = (request, response) => void this.#handle(request, response);
    const server = this.#tls === undefined ? createServer(listener) : createTlsServer(this.#tls, listener);
    server.on('connection', (socket: Socket) => {
      this.#connections += 1;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Refuses connections and breaks existing ones. */
  async down(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    this.reset();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const match = PATH.exec(url.pathname)?.groups ?? {};
    const scope = { plural: match['plural'] ?? '', namespace: match['namespace'] ?? '' };
    const requestClass = classify(request.method, match['name'], url.searchParams);
    if (requestClass === 'initial' && this.#initialEvents === 'refused') {
      return json(response, 422, status(422, 'Invalid', 'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch'));
    }
    let body = '';
    for await (const chunk of request) body += String(chunk);
    this.seen.push({
      class: requestClass,
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    });
    const fault = this.#takeFault(requestClass);
    if (fault !== undefined) return this.#misbehave(fault, request, response);
    if (requestClass === 'initial') return this.#watchAll(scope, response);
    if (requestClass === 'watch') return this.#watch(url.searchParams, scope, response);
    if (requestClass === 'list') return this.#list(url.searchParams, scope, response);
    const found = this.#entries.get(
      entryKey(scope.plural, { metadata: { namespace: scope.namespace, name: match['name'] ?? '' } }),
    )?.object;
    if (request.method === 'GET' && found === undefined) return json(response, 404, status(404, 'NotFound', 'not found'));
    return json(response, 200, found ?? JSON.parse(body || '{}'));
  }

  #takeFault(requestClass: RequestClass): Fault | undefined {
    const fault = this.#faults.find((one) => one.class === requestClass && one.times > 0);
    if (fault === undefined) return undefined;
    if (fault.skip > 0) {
      fault.skip -= 1;
      return undefined;
    }
    fault.times -= 1;
    return fault.fault;
  }

  #misbehave(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
    if (fault === 'hang') return;
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === 'close') return void response.writeHead(200).end();
    const body = fault.body ?? JSON.stringify(status(fault.status, fault.reason ?? '', fault.message ?? 'as asked'));
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(body);
  }

  #list(query: URLSearchParams, scope: Scope, response: ServerResponse): void {
    const all = [...this.#entries.values()].filter((entry) => concerns(scope, entry)).map(({ object }) => object);
    const from = Number(query.get('continue') ?? 0);
    const limit = Number(query.get('limit') ?? all.length);
    const next = from + limit < all.length ? String(from + limit) : '';
    // As the server does it: items carry neither apiVersion nor kind.
    const items = all.slice(from, from + limit).map(({ apiVersion: _version, kind: _kind, ...rest }) => rest);
    json(response, 200, { kind: 'List', apiVersion: 'v1', metadata: { resourceVersion: String(this.#version), continue: next }, items });
  }

  #watchAll(scope: Scope, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const watch = { response, ...scope };
    this.#watches.add(watch);
    response.on('close', () => this.#watches.delete(watch));
    for (const entry of this.#entries.values()) if (concerns(scope, entry)) response.write(line('ADDED', entry.object));
    if (this.#initialEvents === 'endless') return;
    const metadata = { resourceVersion: String(this.#version), annotations: { 'k8s.io/initial-events-end': 'true' } };
    response.write(line('BOOKMARK', { kind: 'ConfigMap', apiVersion: 'v1', metadata }));
  }

  #watch(query: URLSearchParams, scope: Scope, response: ServerResponse): void {
    const from = Number(query.get('resourceVersion'));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (from < this.#oldest) return void response.end(line('ERROR', status(410, 'Expired', 'too old resource version')));
    const watch = { response, ...scope };
    this.#watches.add(watch);
    response.on('close', () => this.#watches.delete(watch));
    for (const { version, type, ...entry } of this.#history)
      if (version > from && concerns(watch, entry)) response.write(line(type, entry.object));
  }

  #record(type: string, entry: Entry, quiet: boolean): void {
    if (quiet) return;
    this.#history.push({ version: this.#version, type, ...entry });
    for (const watch of this.#watches) if (concerns(watch, entry)) watch.response.write(line(type, entry.object));
  }

  /** Keys of all objects, sorted. */
  get keys(): string[] {
    return [...this.#entries.values()].map(({ object }) => formatKey(keyOf(object))).sort();
  }
}

function classify(method: string | undefined, name: string | undefined, query: URLSearchParams): RequestClass {
  if (method !== 'GET' || name !== undefined) return 'other';
  if (query.get('watch') !== 'true') return 'list';
  return query.get('sendInitialEvents') === 'true' ? 'initial' : 'watch';
}

function concerns(scope: Scope, { plural, object }: Entry): boolean {
  return scope.plural === plural && (scope.namespace === '' || scope.namespace === object.metadata.namespace);
}

function entryKey(plural: string, object: { metadata: { name: string; namespace?: string } }): string {
  return `${plural} ${formatKey(keyOf(object))}`;
}

function line(type: string, object: object): string {
  return `${JSON.stringify({ type, object })}\n`;
}

function status(code: number, reason: string, message: string): Record<string, unknown> {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message };
}

function json(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
