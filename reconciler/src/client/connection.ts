import { Agent, ProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import type { ClusterAccess, Credentials } from './access.ts';

/** In-cluster tokens live for an hour and are replaced well before; client-go reads them anew every minute. */
const REREAD_AFTER_MS = 60_000;
/** Below the 90 s after which a Go server closes an idle connection, so that a request does not meet a closing one. */
const KEEP_ALIVE_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** What one request needs: the shared connections and the headers of the moment. */
export interface Channel {
  readonly dispatcher: Dispatcher;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One keep-alive agent for all requests, and the credentials, read anew about once a minute. Certificates that have changed on disk
 * replace the agent; running requests finish on the old one.
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

  /** The agent and headers to send with. Rejects when credentials cannot be read and none were read before. */
  async channel(): Promise<Channel> {
    const credentials = await this.#current();
    const tls = JSON.stringify([credentials.ca, credentials.cert, credentials.key, credentials.verify, credentials.serverName]);
    if (this.#dispatcher === undefined || tls !== this.#tls) {
      const old = this.#dispatcher;
      this.#dispatcher = createAgent(this.#access.proxyUrl, credentials);
      this.#tls = tls;
      // close() waits for running requests, watches among them; nothing here may wait for it.
      old?.close().catch(() => undefined);
    }
    return { dispatcher: this.#dispatcher, headers: credentials.headers };
  }

  /** Forgets the credentials, because the server did not accept them. */
  expire(): void {
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  /** Ends all connections, running requests included. */
  async close(): Promise<void> {
    await this.#dispatcher?.destroy();
  }

  async #current(): Promise<Credentials> {
    if (this.#credentials !== undefined && this.#clock.now() - this.#readAt < REREAD_AFTER_MS) return this.#credentials;
    // Many requests at once make one read: an exec plugin is a program.
    this.#reading ??= this.#access.credentials().finally(() => (this.#reading = undefined));
    try {
      this.#credentials = await this.#reading;
      this.#readAt = this.#clock.now();
    } catch (error) {
      // A token file may be missing for the moment of its rotation; what was valid a minute ago most likely still is.
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
    // Timeouts are ours, per request: undici's would cut quiet watches.
    headersTimeout: 0,
    bodyTimeout: 0,
    // One HTTP/2 connection for everything would let one lost packet, or one dead connection, stall all watches.
    allowH2: false,
  };
  if (proxyUrl !== undefined) {
    // Neither address nor password of a proxy is for the log.
    const scheme = /^([^:]*):/.exec(proxyUrl)?.[1] ?? '';
    if (!/^https?$/.test(scheme)) throw new Error(`the proxy has the scheme ${scheme}; only http and https are supported`);
    return new ProxyAgent({ ...common, uri: proxyUrl, requestTls: tls });
  }
  return new Agent({ ...common, connect: { ...tls, timeout: CONNECT_TIMEOUT_MS, keepAlive: true, keepAliveInitialDelay: 30_000 } });
}
