import { BlockList, isIP } from 'node:net';
import { SourceError } from '../sources/source-error.ts';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy as the environment names it. It may hold a password: never quote it. */
export interface ProxySetting {
  /** The variable that names it. */
  readonly variable: string;
  /** With a scheme. */
  readonly value: string;
}

/** The proxies that the environment names. */
export interface ProxySettings {
  /** For `http:` URLs. */
  readonly http?: ProxySetting | undefined;
  /** For `https:` URLs. */
  readonly https?: ProxySetting | undefined;
  /** Hosts that are asked directly, as NO_PROXY lists them. */
  readonly direct: readonly string[];
}

/** No proxy at all. */
export const NO_PROXIES: ProxySettings = { direct: [] };

/** Reads `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` for both, and `NO_PROXY`; the lower-case names win, as with curl. */
export function proxySettings(env: Environment): ProxySettings {
  const read = (name: string): string | undefined => (env[name.toLowerCase()] ?? env[name])?.trim() || undefined;
  const setting = (variable: string): ProxySetting | undefined => {
    const value = read(variable);
    return value === undefined ? undefined : { variable, value: value.includes('://') ? value : `http://${value}` };
  };
  const [http, https, all] = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].map(setting);
  const direct = (read('NO_PROXY') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return { http: http ?? all, https: https ?? all, direct };
}

/** A proxy to go through. */
export interface Proxy {
  /** The variable that names it. */
  readonly variable: string;
  /** May hold a password: never quote it. */
  readonly url: URL;
}

/** The schemes of proxies that speak HTTP. */
export const HTTP_PROXIES: readonly string[] = ['http', 'https'];

/**
 * The proxy that the settings name for a URL; undefined: it is asked directly. Entries of NO_PROXY are read as curl does: `*`, an address, a
 * network (`10.0.0.0/8`), or a domain with all below it, each with `:PORT` if only that port is meant. Like Go, and unlike curl, loopback is
 * never asked through a proxy. Throws {@link SourceError} for a proxy that is not of the schemes, or that is none.
 */
export function proxyFor(url: URL, settings: ProxySettings, schemes: readonly string[]): Proxy | undefined {
  const isSecure = url.protocol === 'https:';
  const setting = isSecure ? settings.https : settings.http;
  if (setting === undefined) return undefined;
  const host = hostOf(url.hostname);
  const port = url.port === '' ? (isSecure ? '443' : '80') : url.port;
  if (isLoopback(host) || settings.direct.some((entry) => covers(entry, host, port))) return undefined;
  return readProxy(setting, schemes);
}

/** How messages name a proxy: without its credentials. */
export function placeOfProxy({ variable, url }: Proxy): string {
  return `the proxy ${url.host} of ${variable}`;
}

function readProxy({ variable, value }: ProxySetting, schemes: readonly string[]): Proxy {
  const refuse = (what: string, more = ''): SourceError =>
    new SourceError('SourceUnreachable', `the environment variable ${variable} ${what}; write http://HOST:PORT${more}`);
  const escapes = ', and "/", "?", "#", "@" and "%" of a password as %2F, %3F, %23, %40 and %25';
  if (!URL.canParse(value)) throw refuse('is not a URL', escapes);
  const url = new URL(value);
  const scheme = url.protocol.slice(0, -1);
  if (!schemes.includes(scheme)) throw refuse(`has the scheme ${scheme}`);
  if (url.hostname === '' || !['', '/'].includes(url.pathname) || url.search !== '' || url.hash !== '' || !isEscaped(url))
    throw refuse('is not the URL of a proxy', escapes);
  return { variable, url };
}

function isEscaped({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username);
    decodeURIComponent(password);
    return true;
  } catch {
    return false;
  }
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const { name, only } = splitPort(entry.toLowerCase());
  if (only !== undefined && only !== port) return false;
  if (name.includes('/')) return isInNetwork(host, name);
  if (isIP(name) !== 0 || isIP(host) !== 0) return canonical(name) === canonical(host);
  const domain = name.replace(/^\*?\./, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

/** Separates `:PORT`. A bare IPv6 address has none. */
function splitPort(entry: string): { readonly name: string; readonly only?: string } {
  const [, bracketed, name, only] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  return { name: bracketed ?? name ?? entry, ...(only === undefined ? {} : { only }) };
}

function isInNetwork(host: string, network: string): boolean {
  const [address = '', prefix = ''] = network.split('/');
  const [family, hostFamily] = [isIP(address), isIP(host)];
  if (family === 0 || family !== hostFamily || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || isInNetwork(host, '127.0.0.0/8');
}

/** Without brackets and the dot at the end of an absolute name. */
function hostOf(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

/** IPv6 addresses can be written in many ways; the URL parser knows one of each. */
function canonical(address: string): string {
  return isIP(address) === 6 ? hostOf(new URL(`http://[${address}]/`).hostname) : address;
}
