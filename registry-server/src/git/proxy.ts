import { BlockList, isIP } from 'node:net';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy that the environment names for a host (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`); undefined: it is asked directly. */
export function proxyFor(scheme: 'https' | 'http', host: string, port: number, env: Environment): string | undefined {
  const proxy = variable(env, `${scheme}_proxy`) ?? variable(env, 'all_proxy');
  if (proxy === undefined) return undefined;
  const exceptions = (variable(env, 'no_proxy') ?? '').split(/[\s,]+/).filter((exception) => exception !== '');
  if (exceptions.some((exception) => matches(exception.toLowerCase(), host.toLowerCase(), port))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** As curl and Node do it: a domain stands for itself and all below it, with a port for that port only; networks in CIDR form. */
function matches(exception: string, host: string, port: number): boolean {
  if (exception === '*') return true;
  const literal = host.replace(/^\[|\]$/g, '');
  const [network = '', prefix] = exception.split('/', 2);
  if (prefix !== undefined) return isIP(literal) !== 0 && isWithin(literal, network, Number(prefix));
  const [, name = '', exceptPort] = /^(.*?)(?::(\d+))?$/.exec(isIP(exception) === 6 ? `[${exception}]` : exception) ?? [];
  if (exceptPort !== undefined && Number(exceptPort) !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function isWithin(address: string, network: string, prefix: number): boolean {
  const family = isIP(network);
  if (family === 0 || family !== isIP(address) || !(prefix >= 0 && prefix <= (family === 4 ? 32 : 128))) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

function variable(env: Environment, name: string): string | undefined {
  const value = env[name] ?? env[name.toUpperCase()];
  return value === '' ? undefined : value;
}
