import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { KubeObject } from '../objects.ts';
import { isRecord } from '../objects.ts';
import type { ClusterAccess } from './access.ts';
import type {
  ApiClient,
  ApplyOptions,
  CreateOptions,
  DeleteOptions,
  GetOptions,
  ListOptions,
  ListResult,
  ObjectRef,
  PatchOptions,
  WatchOptions,
} from './api-client.ts';
import { isGone, KubeApiError, KubeConnectionError, KubeDecodeError } from './errors.ts';
import type { ResourceKind } from './kinds.ts';
import { apiVersionOf, resourcePath } from './kinds.ts';
import { Reachability } from './reachability.ts';
import type { RawRequest, RequestObserver } from './transport.ts';
import { Transport } from './transport.ts';
import type { WatchEvent } from './watch.ts';
import { decodeWatch, silenceGuard, WatchSilenceError } from './watch.ts';

/** Settings of a client. */
export interface KubeClientOptions {
  /** From `loadKubeConfig` or `kubeConfigAccess`. */
  readonly access: ClusterAccess;
  /** Sustained requests per second that this client allows itself; default 1,000. */
  readonly qps?: number;
  /** Requests at once beyond that; default 2,000. */
  readonly burst?: number;
  /** Limit for one attempt of a request, in milliseconds; default 30,000. */
  readonly timeoutMs?: number;
  /** Limit for a request with all its attempts, in milliseconds; default: the sum of its attempts. For programs that somebody waits for. */
  readonly totalTimeoutMs?: number;
  readonly userAgent?: string;
  readonly observe?: RequestObserver | undefined;
  readonly clock?: Clock;
  readonly random?: () => number;
}

const PAGE_SIZE = 500;
const MAX_LIST_RESTARTS = 2;

/** Talks to one API server over one keep-alive agent. Whoever creates one closes it. */
export class KubeClient implements ApiClient, AsyncDisposable {
  readonly #transport: Transport;
  readonly #clock: Clock;
  /** Namespace of the kubeconfig's context, or of our own pod. */
  readonly namespace: string;
  /** Base URL of the API server. */
  readonly server: string;
  readonly reachability: Reachability;

  constructor(options: KubeClientOptions) {
    this.#clock = options.clock ?? systemClock();
    this.reachability = new Reachability(this.#clock);
    this.namespace = options.access.namespace;
    this.server = options.access.server;
    this.#transport = new Transport({
      access: options.access,
      clock: this.#clock,
      random: options.random ?? Math.random,
      userAgent: options.userAgent ?? 'kubernetes-reconciler',
      qps: options.qps ?? 1_000,
      burst: options.burst ?? 2_000,
      timeoutMs: options.timeoutMs ?? 30_000,
      totalTimeoutMs: options.totalTimeoutMs ?? Number.POSITIVE_INFINITY,
      observe: options.observe,
      reachability: this.reachability,
    });
  }

  /** Sends any request; returns the body parsed as JSON (undefined if there is none). */
  async request(request: RawRequest): Promise<unknown> {
    const body = await this.#transport.request(request);
    if (body === '') return undefined;
    try {
      return JSON.parse(body);
    } catch (error) {
      throw new KubeDecodeError(`${request.method} ${request.path}: the answer is not JSON`, { cause: error });
    }
  }

  /** Sends any request; returns the body as text, for paths such as `/readyz` or a pod's log. */
  requestText(request: RawRequest): Promise<string> {
    return this.#transport.request(request);
  }

  /** Reads one object; with `cached` from the API server's cache, which costs etcd nothing and may be slightly outdated. */
  async get<T extends KubeObject = KubeObject>(kind: ResourceKind, ref: ObjectRef, { cached, ...options }: GetOptions = {}): Promise<T> {
    const query = cached === true ? { resourceVersion: '0' } : {};
    return (await this.request({ ...options, method: 'GET', path: resourcePath(kind, ref), query })) as T;
  }

  /** Reads all objects, page by page. A list that expires between two pages is restarted, finally in one piece. */
  async list<T extends KubeObject = KubeObject>(kind: ResourceKind, options: ListOptions = {}): Promise<ListResult<T>> {
    for (let restarts = 0; ; restarts++) {
      try {
        return await this.#listPages<T>(kind, options, restarts < MAX_LIST_RESTARTS ? PAGE_SIZE : undefined);
      } catch (error) {
        if (!isGone(error) || restarts >= MAX_LIST_RESTARTS) throw error;
      }
    }
  }

  /** Watches changes until the server ends the watch (the iterator then ends), something breaks (it throws) or the signal is aborted. */
  async *watch<T extends KubeObject = KubeObject>(
    kind: ResourceKind,
    options: WatchOptions,
  ): AsyncGenerator<WatchEvent<T>, void, undefined> {
    const path = resourcePath(kind, { namespace: options.namespace });
    const request = `WATCH ${path}`;
    const stop = new AbortController();
    const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
    let silent = false;
    const guard =
      options.silenceLimitMs === undefined
        ? undefined
        : silenceGuard(this.#clock, options.silenceLimitMs, () => {
            silent = true;
            stop.abort();
          });
    try {
      const chunks = await this.#transport.stream({
        method: 'GET',
        path,
        query: {
          ...selectors(options),
          watch: true,
          allowWatchBookmarks: true,
          ...(options.initialEvents === true
            ? { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' }
            : { resourceVersion: options.resourceVersion }),
          timeoutSeconds: options.timeoutSeconds,
        },
        accept: accept('PartialObjectMetadata', options.metadataOnly),
        signal,
        timeoutMs: options.timeoutMs,
      });
      options.onOpen?.();
      for await (const event of decodeWatch<T>(request, heardBy(chunks, guard))) yield named(kind, event);
    } catch (error) {
      if (silent) throw new WatchSilenceError(request, options.silenceLimitMs ?? 0);
      if (options.signal?.aborted) throw options.signal.reason;
      if (error instanceof KubeApiError || error instanceof KubeDecodeError || error instanceof KubeConnectionError) throw error;
      this.reachability.markUnreachable();
      throw new KubeConnectionError(`${request}: the stream broke off`, { cause: error });
    } finally {
      guard?.stop();
      // A caller that leaves its loop early must not leak the connection.
      stop.abort();
    }
  }

  /** Creates an object; fails with 409 if there is one of that name. */
  async create<T extends KubeObject>(kind: ResourceKind, object: T, options: CreateOptions = {}): Promise<T> {
    const { fieldManager, dryRun, ...call } = options;
    return (await this.request({
      ...call,
      method: 'POST',
      path: resourcePath(kind, { namespace: object.metadata.namespace }),
      query: { fieldManager, dryRun: dryRunAll(dryRun) },
      body: object,
    })) as T;
  }

  /** Server-side apply: creates or changes exactly the given fields, and removes those that were applied before and are missing now. */
  async apply<T extends KubeObject>(kind: ResourceKind, object: T, options: ApplyOptions): Promise<T> {
    const { fieldManager, force, subresource, dryRun, ...call } = options;
    return (await this.request({
      ...call,
      method: 'PATCH',
      path: resourcePath(kind, { namespace: object.metadata.namespace, name: object.metadata.name, subresource }),
      query: { fieldManager, force: force ?? true, dryRun: dryRunAll(dryRun) },
      // JSON is also YAML.
      contentType: 'application/apply-patch+yaml',
      body: object,
    })) as T;
  }

  /** JSON merge patch (RFC 7396): given fields replace, null removes, lists are replaced whole. A body that is a list is a JSON patch (RFC 6902). */
  async patch<T extends KubeObject = KubeObject>(
    kind: ResourceKind,
    ref: ObjectRef & { readonly subresource?: string },
    body: object,
    options: PatchOptions = {},
  ): Promise<T> {
    const { fieldManager, dryRun, ...call } = options;
    return (await this.request({
      ...call,
      method: 'PATCH',
      path: resourcePath(kind, ref),
      query: { fieldManager, dryRun: dryRunAll(dryRun) },
      contentType: Array.isArray(body) ? 'application/json-patch+json' : 'application/merge-patch+json',
      body,
    })) as T;
  }

  /** Deletes one object, in the background unless set otherwise. 404 is an error like any other; see `isNotFound`. */
  async delete(kind: ResourceKind, ref: ObjectRef, options: DeleteOptions = {}): Promise<void> {
    const { propagationPolicy, uid, resourceVersion, dryRun, ...call } = options;
    await this.request({
      ...call,
      method: 'DELETE',
      path: resourcePath(kind, ref),
      // If there is a body, the API server takes all options from it, and none from the query.
      body: {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        ...(dryRun === true ? { dryRun: ['All'] } : {}),
        propagationPolicy: propagationPolicy ?? 'Background',
        ...(uid === undefined && resourceVersion === undefined ? {} : { preconditions: { uid, resourceVersion } }),
      },
    });
  }

  /** Closes all connections, aborting running requests and watches. */
  close(): Promise<void> {
    return this.#transport.close();
  }

  /** `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #listPages<T extends KubeObject>(kind: ResourceKind, options: ListOptions, limit: number | undefined): Promise<ListResult<T>> {
    const { signal, timeoutMs, retry } = options;
    const path = resourcePath(kind, { namespace: options.namespace });
    const items: T[] = [];
    let continueToken: string | undefined;
    for (;;) {
      const page = await this.request({
        method: 'GET',
        path,
        query: { ...selectors(options), limit, continue: continueToken },
        accept: accept('PartialObjectMetadataList', options.metadataOnly),
        signal,
        timeoutMs,
        ...(retry === undefined ? {} : { retry }),
      });
      // Some servers send an empty list as null.
      const found = isRecord(page) && isRecord(page['metadata']) ? (page['items'] ?? []) : undefined;
      if (!Array.isArray(found) || !found.every(isObject)) throw new KubeDecodeError(`GET ${path}: the answer is not a list`);
      for (const item of found as T[]) items.push(complete(kind, item));
      const { resourceVersion, continue: next } = (page as { readonly metadata: Readonly<Record<string, unknown>> }).metadata;
      if (typeof next === 'string' && next !== '') continueToken = next;
      else return { items, resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : '' };
    }
  }
}

function isObject(item: unknown): boolean {
  return isRecord(item) && isRecord(item['metadata']);
}

/** Items of a list come without apiVersion and kind, and metadata-only objects with those of the wrapper. */
function complete<T extends KubeObject>(kind: ResourceKind, item: T): T {
  return { ...item, apiVersion: apiVersionOf(kind), kind: kind.kind };
}

function named<T extends KubeObject>(kind: ResourceKind, event: WatchEvent<T>): WatchEvent<T> {
  return { type: event.type, object: complete(kind, event.object) };
}

async function* heardBy(chunks: AsyncIterable<Uint8Array>, guard: { heard(): void } | undefined): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    guard?.heard();
    yield chunk;
  }
}

function selectors(options: ListOptions): Record<string, string | undefined> {
  return { labelSelector: options.labelSelector, fieldSelector: options.fieldSelector };
}

function accept(form: string, metadataOnly: boolean | undefined): string {
  return metadataOnly ? `application/json;as=${form};g=meta.k8s.io;v=v1` : 'application/json';
}

function dryRunAll(dryRun: boolean | undefined): string | undefined {
  return dryRun ? 'All' : undefined;
}
