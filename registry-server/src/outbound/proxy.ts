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

/**
 * The proxy that the settings name for a URL, of any scheme; undefined: it is asked directly. Entries of NO_PROXY are read as curl does: `*`,
 * an address, a network (`10.0.0.0/8`), or a domain with all below it, each with `:PORT` if only that port is meant. Like Go, and unlike curl,
 * loopback is never asked through a proxy.
 */
export function proxySettingFor(url: URL, settings: ProxySettings): ProxySetting | undefined {
  const isSecure = url.protocol === 'https:';
  const setting = isSecure ? settings.https : settings.http;
  if (setting === undefined) return undefined;
  const host = hostOf(url.hostname);
  const port = url.port === '' ? (isSecure ? '443' : '80') : url.port;
  return isLoopback(host) || settings.direct.some((entry) => covers(entry, host, port)) ? undefined : setting;
}

/** {@link proxySettingFor}, for what only HTTP proxies serve. Throws {@link SourceError} for another. */
export function httpProxyFor(url: URL, settings: ProxySettings): URL | undefined {
  const setting = proxySettingFor(url, settings);
  if (setting === undefined) return undefined;
  const proxy = URL.canParse(setting.value) ? new URL(setting.value) : undefined;
  if (proxy?.protocol === 'http:' || proxy?.protocol === 'https:') return proxy;
  const what = proxy === undefined ? 'is not a URL' : `has the scheme ${proxy.protocol.slice(0, -1)}`;
  throw new SourceError('SourceUnreachable', `the environment variable ${setting.variable} ${what}; write http://HOST:PORT`);
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
