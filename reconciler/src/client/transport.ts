import type { Dispatcher } from 'undici';
import { request as send } from 'undici';
import { backoffMs } from '../backoff.ts';
import { sleep } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { ClusterAccess } from './access.ts';
import type { Channel } from './connection.ts';
import { Connection } from './connection.ts';
import { apiError, KubeConnectionError } from './errors.ts';
import { isRecord } from '../objects.ts';
import type { Reachability } from './reachability.ts';
import { TokenBucket } from './token-bucket.ts';

/** HTTP methods of the API. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Called for every answer; `code` is the HTTP status, or `<error>` when there was none, as client-go counts it; `host` is the API server's. */
export type RequestObserver = (request: { method: HttpMethod; code: string; host: string; durationSeconds: number }) => void;

/** A request to the API. */
export interface RawRequest {
  readonly method: HttpMethod;
  /** Starts with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** Default `application/json`. */
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
  /** Limit for one attempt, from sending to the last byte; default is the client's. */
  readonly timeoutMs?: number | undefined;
  /** False: the first failure is reported at once, for callers with their own backoff. */
  readonly retry?: boolean;
  /** True: exempt from the client's own rate limit. */
  readonly urgent?: boolean;
  /** Called right before each attempt to send the request; what it throws is thrown instead. */
  readonly beforeSend?: (() => void) | undefined;
}

/** Options of the client; the defaults suit a controller. */
export interface TransportOptions {
  readonly access: ClusterAccess;
  readonly clock: Clock;
  readonly random: () => number;
  readonly userAgent: string;
  /** Sustained requests per second, and how many at once beyond that. */
  readonly qps: number;
  readonly burst: number;
  readonly timeoutMs: number;
  /** Limit for a request with all its attempts. */
  readonly totalTimeoutMs: number;
  readonly observe?: RequestObserver | undefined;
  readonly reachability: Reachability;
}

/** Statuses that a proxy or load balancer sends when nothing behind it answers. */
const NOBODY_BEHIND: readonly number[] = [502, 503, 504];

/** Four attempts within about a second bridge a lost connection; longer outages are left to the caller's backoff. */
const MAX_TRIES = 4;
const RETRY = { initialMs: 100, maxMs: 2_000, jitter: 0.5 };
/** If a server asks to wait longer than this, the caller gets an error instead of a worker that hangs. */
const MAX_RETRY_AFTER_S = 30;

/** Sends requests over one agent, with rate limit, timeout, retries and errors. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #connection: Connection;
  readonly #bucket: TokenBucket;
  readonly #host: string;

  constructor(options: TransportOptions) {
    this.#host = new URL(options.access.server).host;
    this.#options = options;
    this.#connection = new Connection(options.access, options.clock);
    this.#bucket = new TokenBucket({ qps: options.qps, burst: options.burst, clock: options.clock });
  }

  /** Sends the request and reads the whole body. Throws `KubeApiError`, `KubeConnectionError`, or the signal's reason. */
  async request(request: RawRequest): Promise<string> {
    const { clock, totalTimeoutMs } = this.#options;
    const end = clock.now() + totalTimeoutMs;
    for (let tries = 1; ; tries++) {
      try {
        return await this.#once(request, end - clock.now());
      } catch (error) {
        const wait = request.retry === false ? undefined : this.#waitBeforeRetry(request, error, tries);
        if (wait === undefined || clock.now() + wait >= end) throw error;
        await sleep(this.#options.clock, wait, request.signal);
      }
    }
  }

  /** Sends the request and yields the body as it arrives. The timeout covers only the time up to the headers. */
  async stream(request: RawRequest): Promise<AsyncIterable<Uint8Array>> {
    await this.#bucket.take(request.signal);
    const timeout = new AbortController();
    const cancel = this.#options.clock.after(request.timeoutMs ?? this.#options.timeoutMs, () => timeout.abort(new Error('timed out')));
    const signal = request.signal === undefined ? timeout.signal : AbortSignal.any([request.signal, timeout.signal]);
    try {
      const response = await this.#send(request, signal);
      if (response.statusCode >= 400) throw await this.#failure(request, response);
      return response.body;
    } finally {
      cancel();
    }
  }

  /** Closes all connections, aborting running requests. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  async #once(request: RawRequest, leftMs: number): Promise<string> {
    // Waiting for our own rate limit is not the server's fault and does not count as its time.
    if (request.urgent !== true) await this.#bucket.take(request.signal);
    const timeoutMs = Math.min(leftMs, request.timeoutMs ?? this.#options.timeoutMs);
    const timeout = new AbortController();
    const cancel = this.#options.clock.after(timeoutMs, () => timeout.abort(new Error(`no complete answer within ${timeoutMs} ms`)));
    const signal = request.signal === undefined ? timeout.signal : AbortSignal.any([request.signal, timeout.signal]);
    try {
      const response = await this.#send(request, signal);
      if (response.statusCode >= 400) throw await this.#failure(request, response);
      return await this.#readText(request, response);
    } finally {
      cancel();
    }
  }

  async #send(request: RawRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const response = await this.#sendOnce(request, signal);
    if (response.statusCode !== 401) return response;
    // The token may have been replaced within the minute for which we keep it.
    await response.body.dump();
    this.#connection.expire();
    return this.#sendOnce(request, signal);
  }

  async #sendOnce(request: RawRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const { access, clock, userAgent } = this.#options;
    const channel = await this.#channel(request);
    request.beforeSend?.();
    const started = clock.now();
    let code = '<error>';
    try {
      const response = await send(access.server + request.path + queryString(request.query), {
        dispatcher: channel.dispatcher,
        method: request.method,
        headers: {
          ...channel.headers,
          accept: request.accept ?? 'application/json',
          'user-agent': userAgent,
          ...(request.body === undefined ? {} : { 'content-type': request.contentType ?? 'application/json' }),
        },
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        signal,
      });
      code = String(response.statusCode);
      // An answer on behalf of a pod says nothing about the API server.
      if (NOBODY_BEHIND.includes(response.statusCode) && !isProxied(request)) this.#options.reachability.markUnreachable();
      else this.#options.reachability.markReachable();
      return response;
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      throw this.#unreachable(request, error);
    } finally {
      this.#options.observe?.({ method: request.method, code, host: this.#host, durationSeconds: (clock.now() - started) / 1000 });
    }
  }

  async #channel(request: RawRequest): Promise<Channel> {
    try {
      return await this.#connection.channel();
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      throw this.#unreachable(request, error);
    }
  }

  async #readText(request: RawRequest, response: Dispatcher.ResponseData): Promise<string> {
    try {
      return await response.body.text();
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      throw this.#unreachable(request, error);
    }
  }

  async #failure(request: RawRequest, response: Dispatcher.ResponseData): Promise<Error> {
    const retryAfter = response.headers['retry-after'];
    const body = await this.#readText(request, response);
    return apiError(describe(request), response.statusCode, body, typeof retryAfter === 'string' ? retryAfter : undefined);
  }

  #unreachable(request: RawRequest, cause: unknown): KubeConnectionError {
    if (!isProxied(request)) this.#options.reachability.markUnreachable();
    const code = errorCode(cause);
    const why = messageOf(cause) ?? code ?? 'unknown failure';
    return new KubeConnectionError(`${describe(request)}: no answer from ${this.#options.access.server}: ${why}`, {
      cause,
      neverSent: code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'UND_ERR_CONNECT_TIMEOUT',
    });
  }

  /** Milliseconds until the next attempt, or undefined when there is none. */
  #waitBeforeRetry(request: RawRequest, error: unknown, tries: number): number | undefined {
    if (tries >= MAX_TRIES || request.signal?.aborted) return undefined;
    const backoff = backoffMs(RETRY, tries, this.#options.random);
    if (error instanceof KubeConnectionError) return request.method === 'GET' || error.neverSent ? backoff : undefined;
    const { status, retryAfterSeconds } = error as { status?: number; retryAfterSeconds?: number };
    // 429 means that the server did nothing, so that every method may be repeated; 5xx may mean half done.
    if (status !== 429 && !(request.method === 'GET' && status !== undefined && status >= 500)) return undefined;
    if (retryAfterSeconds === undefined) return backoff;
    return retryAfterSeconds > MAX_RETRY_AFTER_S ? undefined : retryAfterSeconds * 1000 + backoff;
  }
}

function describe(request: RawRequest): string {
  return `${request.method} ${request.path}`;
}

/** Whether the request is proxied to something behind the API server. */
function isProxied({ path }: RawRequest): boolean {
  return /\/proxy(\/|$)/.test(path);
}

function queryString(query: RawRequest['query'] = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) params.set(name, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

function errorCode(error: unknown): string | undefined {
  for (let at: unknown = error; isRecord(at); at = at['cause']) if (typeof at['code'] === 'string') return at['code'];
  return undefined;
}

/** For a refused connection to several addresses only the code helps; the message is empty. */
function messageOf(error: unknown): string | undefined {
  return isRecord(error) && typeof error['message'] === 'string' && error['message'] !== '' ? error['message'] : undefined;
}
