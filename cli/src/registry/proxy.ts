import { HTTP_PROXIES, proxyFor, proxySettings, type Proxy } from '@toolhive-registry/registry-server/proxy';
import { misuse } from '../program/failure.ts';
import type { Environment } from '../terminal/environment.ts';

/** The proxy that the environment names for an address; undefined: it is asked directly. Throws a failure for one that is none. */
export function proxyOf(url: URL, env: Environment): Proxy | undefined {
  try {
    return proxyFor(url, proxySettings(env), HTTP_PROXIES);
  } catch (error) {
    throw misuse(error instanceof Error ? error.message : String(error));
  }
}

/** The proxy of a kubeconfig: that of its API server alone. */
export function proxyOfKubeconfig(address: string): Proxy {
  if (!URL.canParse(address)) throw misuse('the proxy of the kubeconfig is not a URL', 'write http://HOST:PORT for its proxy-url');
  return { variable: 'the kubeconfig', url: new URL(address) };
}
