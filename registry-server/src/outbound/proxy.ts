import { BlockList, isIP } from 'node:net';
import { SourceError } from '../sources/source-error.ts';

/** The proxies that the environment names. */
export interface ProxySettings {
  /** For `http:` URLs. */
  readonly http?: string | undefined;
  /** For `https:` URLs. */
  readonly https?: string | undefined;
  /** Hosts that are asked directly, as NO_PROXY lists them. */
  readonly direct: readonly string[];
}

/** No proxy at all. */
export const NO_PROXIES: ProxySettings = { direct: [] };

/** Reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`; the lower-case names win, as with curl. */
export function proxySettings(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  const read = (name: string): string | undefined => (env[name] ?? env[name.toUpperCase()])?.trim() || undefined;
  const direct = (read('no_proxy') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return { http: read('http_proxy'), https: read('https_proxy'), direct };
}

/**
 * The proxy through which a URL is asked; undefined: directly. Entries of NO_PROXY are read as curl does, so that a host is asked alike by Git
 * and by us: `*`, an address, a network (`10.0.0.0/8`), or a domain with all below it, each with `:PORT` if only that port is meant. Like Go,
 * and unlike curl, loopback is never asked through a proxy. Throws {@link SourceError} for a proxy that cannot be used.
 */
export function proxyFor(url: URL, settings: ProxySettings): URL | undefined {
  const isSecure = url.protocol === 'https:';
  const setting = isSecure ? settings.https : settings.http;
  if (setting === undefined) return undefined;
  const host = hostOf(url.hostname);
  const port = url.port === '' ? (isSecure ? '443' : '80') : url.port;
  if (isLoopback(host) || settings.direct.some((entry) => covers(entry, host, port))) return undefined;
  return proxyUrl(setting, isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY');
}

/** The setting itself is never quoted: it may hold a password. */
function proxyUrl(setting: string, variable: string): URL {
  const text = setting.includes('://') ? setting : `http://${setting}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  const what = url === undefined ? 'is not a URL' : `has the scheme ${url.protocol.slice(0, -1)}`;
  throw new SourceError('SourceUnreachable', `the environment variable ${variable} ${what}; write http://HOST:PORT`);
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
