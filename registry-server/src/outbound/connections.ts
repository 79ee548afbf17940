import { isIP } from 'node:net';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type * as Undici from './undici.ts';
import type { Agent, buildConnector, Dispatcher } from 'undici';
import { allowedAddress, type AddressPolicy, type Resolve } from './addresses.ts';
import { HTTP_PROXIES, proxyFor, type Proxy, type ProxySettings } from './proxy.ts';

/** Time limits of one request, beside that of the question as a whole, in milliseconds. */
export interface HttpTimes {
  readonly connectMs: number;
  /** From the request to the last header. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly bodyMs: number;
}

/** How hosts are connected to. */
export interface ConnectionSettings {
  readonly addresses: AddressPolicy;
  readonly proxies: ProxySettings;
  readonly times: HttpTimes;
  /** In the place of the system's own. */
  readonly resolve?: Resolve | undefined;
  /** PEM of authorities that are trusted besides the system's. */
  readonly certificates?: string | undefined;
}

/** One for each source is enough for pages; ToolHive's old API asks for ten servers at once. */
const MAX_CONNECTIONS = 10;

/** The connections of one source: every address is checked before connecting, and used as checked. */
export class Connections {
  readonly #undici: typeof Undici;
  readonly #settings: ConnectionSettings;
  readonly #secureContext: SecureContext | undefined;
  readonly #direct: Agent;
  readonly #proxied = new Map<string, Dispatcher>();

  private constructor(undici: typeof Undici, settings: ConnectionSettings) {
    this.#undici = undici;
    this.#settings = settings;
    // Created once: it parses some 150 certificates.
    this.#secureContext =
      settings.certificates === undefined
        ? undefined
        : createSecureContext({ ca: [...getCACertificates('default'), settings.certificates] });
    this.#direct = new undici.Agent({ ...this.#limits(), connect: this.#checkedConnector() });
  }

  /** The library is loaded with the first source that needs it: it takes memory. */
  static async open(settings: ConnectionSettings): Promise<Connections> {
    return new Connections(await import('./undici.ts'), settings);
  }

  /** Sends a GET. Rejects with the error of the connection or undici, or with a SourceError about the address. */
  async get(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const dispatcher = await this.#wayTo(url);
    return dispatcher.request({ origin: url.origin, path: `${url.pathname}${url.search}`, method: 'GET', headers, signal });
  }

  /** The proxy that a URL is asked through; undefined: none. Throws SourceError for one that cannot be used. */
  proxyOf(url: URL): Proxy | undefined {
    return proxyFor(url, this.#settings.proxies, HTTP_PROXIES);
  }

  /** Ends all connections, requests under way included. */
  async close(): Promise<void> {
    await Promise.all([this.#direct, ...this.#proxied.values()].map((dispatcher) => dispatcher.destroy()));
  }

  async #wayTo(url: URL): Promise<Dispatcher> {
    const proxy = this.proxyOf(url)?.url;
    if (proxy === undefined) return this.#direct;
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    // The proxy resolves names: only literal addresses can be checked here.
    if (isIP(host) !== 0) await allowedAddress(host, this.#settings.addresses);
    const made = this.#proxied.get(proxy.href) ?? this.#proxy(proxy);
    this.#proxied.set(proxy.href, made);
    return made;
  }

  /** The proxy's own address is the administrator's choice, and is not checked: it may be a sidecar. */
  #proxy(proxy: URL): Dispatcher {
    return new this.#undici.ProxyAgent({
      ...this.#limits(),
      uri: proxy.href,
      // Plain HTTP is forwarded, TLS is tunneled (RFC 9110, 9.3.6).
      proxyTunnel: false,
      requestTls: this.#tls(),
      proxyTls: this.#tls(),
    });
  }

  #limits(): { headersTimeout: number; bodyTimeout: number; connections: number } {
    const { headersMs, bodyMs } = this.#settings.times;
    return { headersTimeout: headersMs, bodyTimeout: bodyMs, connections: MAX_CONNECTIONS };
  }

  #tls(): { timeout: number; allowH2: false; secureContext?: SecureContext } {
    const limits = { timeout: this.#settings.times.connectMs, allowH2: false } as const;
    return this.#secureContext === undefined ? limits : { ...limits, secureContext: this.#secureContext };
  }

  #checkedConnector(): buildConnector.connector {
    const { addresses, resolve } = this.#settings;
    const connect = this.#undici.buildConnector(this.#tls());
    return (options, callback) => {
      allowedAddress(options.hostname, addresses, resolve).then(
        // The name stays in `host`, from which the certificate's name is taken.
        ({ address }) => connect({ ...options, hostname: address }, callback),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
      );
    };
  }
}
