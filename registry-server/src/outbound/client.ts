import { MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';
import type { Dispatcher } from 'undici';
import type { SourceSecrets } from '../sources/secrets.ts';
import { SourceError } from '../sources/source-error.ts';
import type { AddressPolicy, Resolve } from './addresses.ts';
import { excerptOf, limited, tooLarge, withoutEcho } from './body.ts';
import { Connections, type HttpTimes } from './connections.ts';
import { authorizationOf, withoutSecrets, type Authorization } from './credentials.ts';
import { ACCEPT_ENCODING, decoded } from './decode.ts';
import { connectionFailure, statusFailure } from './failures.ts';
import { placeOf } from './place.ts';
import { placeOfProxy, type ProxySettings } from './proxy.ts';
import { isRedirect, MAX_REDIRECTS, nextHop } from './redirect.ts';

/** What an HTTP client is made with. */
export interface HttpClientDeps {
  /** The address in the manifest: credentials are sent to its scheme, host and port, and nowhere else. */
  readonly home: string;
  readonly secrets: SourceSecrets;
  readonly addresses: AddressPolicy;
  readonly proxies: ProxySettings;
  readonly userAgent: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** In the place of the system's own. */
  readonly resolve?: Resolve;
  readonly times?: HttpTimes;
}

/** The HTTP client of one source. */
export interface HttpClient {
  /** Reads the current credentials and certificates, for the requests of one fetch. Throws {@link SourceError}. */
  session(): Promise<HttpSession>;
  /** Ends all connections, requests under way included. */
  close(): Promise<void>;
}

/** Requests with one set of credentials. */
export interface HttpSession {
  /**
   * Sends a GET, follows redirects, and answers when the headers are there. Throws {@link SourceError}: for every status but 200 and 304, for
   * addresses that may not be asked, and when there is no answer. So does the body, also for more bytes than the limit.
   */
  get(url: string, options: GetOptions): Promise<HttpAnswer>;
}

/** How a GET is sent. */
export interface GetOptions {
  readonly signal: AbortSignal;
  readonly accept: string;
  /** Header fields of a conditional request. */
  readonly condition?: Readonly<Record<string, string>>;
  /** Maximum size in bytes of the body, before and after decoding. Default: those of a catalog. */
  readonly maxBytes?: number;
}

/** An answer with status 304 or 200. */
export type HttpAnswer =
  | { readonly status: 304 }
  | {
      readonly status: 200;
      /** The first value of a header field. */
      readonly header: (name: string) => string | undefined;
      /** Decoded. Has to be read to its end, or left by ending the iteration. */
      readonly body: AsyncIterable<Uint8Array>;
    };

const TIMES: HttpTimes = { connectMs: 10_000, headersMs: 60_000, bodyMs: 30_000 };

/** Creates the client of one source. Nothing is connected before it is asked. */
export function createHttpClient(deps: HttpClientDeps): HttpClient {
  let current: { readonly certificates: string | undefined; readonly connections: Connections } | undefined;
  let isClosed = false;

  /** Other certificates need new connections: existing ones were verified with the old ones. */
  async function connectionsWith(certificates: string | undefined): Promise<Connections> {
    if (current !== undefined && current.certificates === certificates) return current.connections;
    const { addresses, proxies, resolve, times = TIMES } = deps;
    const connections = await Connections.open({ addresses, proxies, times, resolve, certificates });
    await current?.connections.close();
    current = { certificates, connections };
    if (isClosed) await connections.close();
    return connections;
  }

  return {
    session: async () => {
      const [credentials, certificates] = await Promise.all([deps.secrets.credentials(), deps.secrets.certificates()]);
      const authorization = credentials === undefined ? undefined : authorizationOf(credentials);
      return new Session(await connectionsWith(certificates), deps, authorization);
    },
    close: async () => {
      isClosed = true;
      await current?.connections.close();
    },
  };
}

class Session implements HttpSession {
  readonly #connections: Connections;
  readonly #deps: HttpClientDeps;
  readonly #authorization: Authorization | undefined;
  readonly #secrets: readonly string[];

  constructor(connections: Connections, deps: HttpClientDeps, authorization: Authorization | undefined) {
    this.#connections = connections;
    this.#deps = deps;
    this.#authorization = authorization;
    this.#secrets = authorization?.secrets ?? [];
  }

  async get(address: string, options: GetOptions): Promise<HttpAnswer> {
    try {
      return await this.#follow(new URL(address), options);
    } catch (error) {
      options.signal.throwIfAborted();
      throw this.#clean(error);
    }
  }

  async #follow(first: URL, options: GetOptions): Promise<HttpAnswer> {
    let url = first;
    // After a redirect to another origin they are not sent any more, not even back at home: another host chose the target.
    let isHome = url.origin === new URL(this.#deps.home).origin;
    for (let redirects = 0; ; redirects++) {
      const place = withoutSecrets(redirects === 0 ? placeOf(first) : `${placeOf(first)} (redirected to ${url.origin})`, this.#secrets);
      const response = await this.#send(url, place, isHome, options);
      if (!isRedirect(response.statusCode)) return this.#answer(response, place, isHome, options);
      response.body.destroy();
      if (redirects === MAX_REDIRECTS)
        throw new SourceError('SourceUnreadable', `${placeOf(first)} redirects more than ${MAX_REDIRECTS} times; use the final address`);
      const next = nextHop(url, fieldOf(response, 'location'));
      isHome &&= next.origin === url.origin;
      url = next;
    }
  }

  #clean(error: unknown): unknown {
    if (!(error instanceof SourceError)) return error;
    const message = withoutSecrets(error.message, this.#secrets);
    return message === error.message ? error : new SourceError(error.reason, message, { retryAfterMs: error.retryAfterMs });
  }

  async #send(url: URL, place: string, isHome: boolean, { accept, condition, signal }: GetOptions): Promise<Dispatcher.ResponseData> {
    const headers = {
      ...condition,
      accept,
      'accept-encoding': ACCEPT_ENCODING,
      'user-agent': this.#deps.userAgent,
      ...(isHome && this.#authorization !== undefined ? { authorization: this.#authorization.header } : {}),
    };
    try {
      const response = await this.#connections.get(url, headers, signal);
      // The error of an abandoned body would be unhandled and end the process.
      response.body.on('error', () => undefined);
      return response;
    } catch (cause) {
      signal.throwIfAborted();
      throw connectionFailure(cause instanceof SourceError ? place : this.#wayOf(url, place), cause);
    }
  }

  /** The name of a place behind a proxy in messages: either of them may have failed. */
  #wayOf(url: URL, place: string): string {
    const proxy = this.#connections.proxyOf(url);
    return proxy === undefined ? place : `${place} (through ${placeOfProxy(proxy)})`;
  }

  async #answer(response: Dispatcher.ResponseData, place: string, isHome: boolean, options: GetOptions): Promise<HttpAnswer> {
    const { statusCode: status } = response;
    if (status === 304 && options.condition !== undefined) {
      await response.body.dump();
      return { status };
    }
    if (status !== 200) throw await this.#refused(response, place, isHome, options);
    const { maxBytes = MAX_CATALOG_BYTES, signal } = options;
    if (Number(fieldOf(response, 'content-length')) > maxBytes) {
      response.body.destroy();
      throw tooLarge(place, maxBytes);
    }
    const plain = decoded(limited(received(response.body, place, signal), maxBytes, place), fieldOf(response, 'content-encoding'), place);
    return {
      status,
      header: (name) => fieldOf(response, name),
      body: withoutEcho(limited(plain, maxBytes, place), this.#secrets, place),
    };
  }

  async #refused(response: Dispatcher.ResponseData, place: string, isHome: boolean, { signal }: GetOptions): Promise<SourceError> {
    const { statusCode: status, body } = response;
    // Servers often echo the request, and the first 200 characters of HTML pages are useless.
    const quotable = this.#authorization === undefined && /json|text\/plain/.test(fieldOf(response, 'content-type') ?? '');
    const excerpt = quotable ? await excerptOf(received(body, place, signal)).catch(() => undefined) : undefined;
    body.destroy();
    return statusFailure({
      place,
      status,
      retryAfter: fieldOf(response, 'retry-after'),
      credentials: this.#authorization === undefined ? 'none' : isHome ? 'sent' : 'withheld',
      excerpt,
      now: this.#deps.clock(),
    });
  }
}

/** The body as it comes, still encoded. Connection errors become a {@link SourceError}. */
async function* received(body: AsyncIterable<unknown>, place: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const piece of body) yield piece as Uint8Array;
  } catch (cause) {
    signal.throwIfAborted();
    throw connectionFailure(place, cause);
  }
}

function fieldOf({ headers }: Dispatcher.ResponseData, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
