import { isIP } from 'node:net';
import { allowedAddress, type AddressPolicy, type Resolve } from '../outbound/addresses.ts';
import { HTTP_PROXIES, proxyFor, type Proxy, type ProxySettings } from '../outbound/proxy.ts';
import { SourceError } from '../sources/source-error.ts';
import type { RepositoryAddress } from './address.ts';

/** How a repository is reached. */
export interface Route {
  readonly repository: RepositoryAddress;
  /** The address to connect to, checked. Absent for files, and where a proxy looks up the name. */
  readonly address?: string;
  /** The proxy to go through. */
  readonly proxy?: Proxy;
}

/** What a route depends on. */
export interface RouteRules {
  readonly addresses: AddressPolicy;
  readonly proxies: ProxySettings;
  /** Finds the addresses of a host; absent: the system does. */
  readonly resolve?: Resolve | undefined;
}

/** Schemes of proxies that curl supports. */
const PROXIES: readonly string[] = [...HTTP_PROXIES, 'socks4', 'socks4a', 'socks5', 'socks5h'];

/** Checks where a repository is. Throws {@link SourceError} if it may not be asked. */
export async function routeTo(repository: RepositoryAddress, { addresses, proxies, resolve }: RouteRules): Promise<Route> {
  const { scheme, host, url } = repository;
  if (scheme === 'file') {
    if (addresses.loopback) return { repository };
    throw new SourceError('AddressRefused', 'file: repositories are read on a laptop only; use https:// or ssh://');
  }
  const proxy = scheme === 'ssh' ? undefined : proxyFor(new URL(url), proxies, PROXIES);
  // Behind a proxy there may be no DNS at all. Literal addresses can be checked in any case.
  if (proxy !== undefined && isIP(host.replace(/^\[|\]$/g, '')) === 0) return { repository, proxy };
  const { address } = await allowedAddress(host, addresses, resolve);
  return { repository, address, ...(proxy === undefined ? {} : { proxy }) };
}
