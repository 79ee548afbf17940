import { Agent, ProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import type { ClusterAccess, Credentials } from './access.ts';

/** In-cluster tokens live for an hour and are replaced well before; client-go reads them again every minute. */
const REREAD_AFTER_MS = 60_000;
/** Below the 90 s after which a Go server closes an idle connection, so that a request does not meet a closing one. */
const KEEP_ALIVE_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** What one request needs: the shared connections and the current headers. */
export interface Channel {
  readonly dispatcher: Dispatcher;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One keep-alive agent for all requests, with credentials that are read again about once a minute. When certificates change on disk, a new agent replaces the
 * old one, on which running requests finish.
 */
export class Connection {
  readonly #access: ClusterAccess;
  readonly #clock: Clock;
  #dispatcher: Dispatcher | undefined;
  #tls = '';
  #credentials: Credentials | undefined;
  #readAt = 0;
  #reading: Promise<Credentials> | undefined;

  constructor(access: ClusterAccess, clock: Clock) {
    this.#access = access;
    this.#clock = clock;
  }

  /** The agent and headers to send with. Rejects when credentials cannot be read and never could be. */
  async channel(): Promise<Channel> {
    const credentials = await this.#current();
    const tls = JSON.stringify([credentials.ca, credentials.cert, credentials.key, credentials.verify, credentials.serverName]);
    if (this.#dispatcher === undefined || tls !== this.#tls) {
      const old = this.#dispatcher;
      this.#dispatcher = createAgent(this.#access.proxyUrl, credentials);
      this.#tls = tls;
      // close() waits for running requests, including watches; nothing here may wait for it.
      old?.close().catch(() => undefined);
    }
    return { dispatcher: this.#dispatcher, headers: credentials.headers };
  }

  /** Drops the credentials, because the server did not accept them. */
  expire(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  /** Closes all connections, aborting running requests. */
  async close(): Promise<void> {
    await this.#dispatcher?.destroy();
  }

  async #current(): Promise<Credentials> {
    if (this.#credentials !== undefined && this.#clock.now() - this.#readAt < REREAD_AFTER_MS) return this.#credentials;
    // Concurrent requests share one read: an exec plugin is a program.
    this.#reading ??= this.#access.credentials().finally(() => (this.#reading = undefined));
    try {
      this.#credentials = await this.#reading;
      this.#readAt = this.#clock.now();
    } catch (error) {
      // A token file may be missing for a moment during rotation; what was valid a minute ago most likely still is.
      if (this.#credentials === undefined) throw error;
    }
    return this.#credentials;
  }
}

function createAgent(proxyUrl: string | undefined, credentials: Credentials): Dispatcher {
  const tls = {
    ...(credentials.ca === undefined ? {} : { ca: credentials.ca }),
    ...(credentials.cert === undefined ? {} : { cert: credentials.cert }),
    ...(credentials.key === undefined ? {} : { key: credentials.key }),
    ...(credentials.serverName === undefined ? {} : { servername: credentials.serverName }),
    rejectUnauthorized: credentials.verify,
  };
  const common = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    // Timeouts are ours, per request: undici's would cut off quiet watches.
    headersTimeout: 0,
    bodyTimeout: 0,
    // With one HTTP/2 connection for everything, one lost packet or one dead connection would stall all watches.
    allowH2: false,
  };
  if (proxyUrl !== undefined) {
    // Neither address nor password of a proxy belongs into the log.
    const scheme = /^([^:]*):/.exec(proxyUrl)?.[1] ?? '';
    if (!/^https?$/.test(scheme)) throw new Error(`the proxy has the scheme ${scheme}; only http and https are supported`);
    return new ProxyAgent({ ...common, uri: proxyUrl, requestTls: tls });
  }
  return new Agent({ ...common, connect: { ...tls, timeout: CONNECT_TIMEOUT_MS, keepAlive: true, keepAliveInitialDelay: 30_000 } });
}
