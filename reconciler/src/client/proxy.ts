import { BlockList, isIP } from 'node:net';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a server from `HTTPS_PROXY` (for `http:` servers `HTTP_PROXY`), unless `NO_PROXY` exempts it; undefined: none. Like Go's
 * `ProxyFromEnvironment`, and so like `kubectl`: upper-case names win, loopback never uses a proxy, and an entry of `NO_PROXY` is `*`, an address, a network
 * such as `10.0.0.0/8`, `.example.com` for names below a domain, or `example.com` for those and the domain itself, each with an optional `:PORT`.
 */
export function proxyFromEnvironment(server: string, env: Environment): string | undefined {
  const url = new URL(server);
  const isSecure = url.protocol === 'https:';
  const read = (name: string): string => (env[name] || env[name.toLowerCase()] || '').trim();
  const proxy = read(isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === '') return undefined;
  const target = { host: bare(url.hostname), port: url.port || (isSecure ? '443' : '80') };
  const excluded = read('NO_PROXY')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  if (isLoopback(target.host) || excluded.some((entry) => covers(entry.toLowerCase(), target))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function covers(entry: string, { host, port }: { readonly host: string; readonly port: string }): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isInNetwork(entry, host);
  // An IPv6 address contains colons.
  const [, name = entry, only] = isIP(entry) === 0 ? (/^(.*?)(?::(\d+))?$/.exec(entry) ?? []) : [];
  if (only !== undefined && only !== port) return false;
  const wanted = bare(name).replace(/^\*(?=\.)/, '');
  if (isIP(wanted) !== 0 || isIP(host) !== 0) return canonical(wanted) === canonical(host);
  return wanted.startsWith('.') ? host.endsWith(wanted) : host === wanted || host.endsWith(`.${wanted}`);
}

function isInNetwork(network: string, host: string): boolean {
  const [address = '', length = ''] = network.split('/');
  const [family, hostFamily] = [isIP(bare(address)), isIP(host)];
  if (family === 0 || family !== hostFamily || !/^\d{1,3}$/.test(length) || Number(length) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(bare(address), Number(length), family === 4 ? 'ipv4' : 'ipv6');
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || isInNetwork('127.0.0.0/8', host);
}

/** Without the brackets of IPv6, and without the trailing dot of an absolute name. */
function bare(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

/** A canonical form of an address. */
function canonical(host: string): string {
  return isIP(host) === 6 ? new URL(`http://[${host}]/`).hostname : host;
}
