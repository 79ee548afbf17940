import type { Cluster, ClusterFlags } from '../cluster/connect.ts';
import { requestLimitOf } from '../cluster/request-limit.ts';
import type { RegistryObject } from '../cluster/registries.ts';
import { misuse } from '../program/failure.ts';
import type { Session } from '../terminal/session.ts';
import { RegistryClient } from './client.ts';
import { sender } from './http.ts';
import { proxyOf } from './proxy.ts';
import { basicAuth, shownUrl } from './shown-url.ts';
import type { Via } from './in-cluster.ts';

/** The flags that select a registry. */
export interface TargetFlags extends ClusterFlags {
  readonly url: string | undefined;
  readonly via: Via | undefined;
  readonly group?: string | undefined;
}

/** A registry to ask, and where it runs. The caller closes it. */
export interface Target extends AsyncDisposable {
  readonly client: RegistryClient;
  /** Where it is one of a cluster. */
  readonly inCluster?: { readonly cluster: Cluster; readonly object: RegistryObject };
}

/** Finds the registry that is meant: by its URL, or by its name in a cluster. Throws a misuse where both are given. */
export async function openTarget(name: string | undefined, flags: TargetFlags, session: Session): Promise<Target> {
  checkTarget(name, flags);
  if (flags.url !== undefined) return byUrl(baseUrl(flags.url), requestLimitOf(flags), session);
  if (name === undefined) throw misuse('no registry is named', 'give its name, or its address with --url');
  if (/^https?:\/\//.test(name)) throw misuse(`"${shownUrl(name)}" is a URL, not a registry name`, 'pass it with --url');
  // With a URL no cluster is asked: its client is half of the time that a command takes.
  const { openInCluster } = await import('./cluster-target.ts');
  return await openInCluster(name, flags, session);
}

/** Flags that say which cluster is meant, or how it is reached. */
const OF_CLUSTERS = ['namespace', 'context', 'kubeconfig', 'via', 'group'] as const;

/** Throws a misuse if a registry is named by its URL and in another way: one of them would be ignored. */
export function checkTarget(name: string | undefined, flags: TargetFlags): void {
  if (flags.url === undefined) return;
  const url = shownUrl(flags.url);
  if (name !== undefined) throw misuse(`a registry is named twice: "${shownUrl(name)}" and --url ${url}`, 'leave one of them out');
  const stray = OF_CLUSTERS.find((flag) => flags[flag] !== undefined);
  if (stray !== undefined) throw misuse(`--${stray} is for registries of a cluster, and --url ${url} asks none`, 'leave one of them out');
}

function byUrl(base: URL, limitMs: number | undefined, { env, signal }: Session): Target {
  const { send, close } = sender({ base, proxy: proxyOf(base, env), signal, headers: basicAuth(base), limitMs });
  return { client: new RegistryClient(shownUrl(base), { send }), [Symbol.asyncDispose]: async () => close() };
}

/** The base URL of a registry, from what people paste: an address with or without the API's own path. */
export function baseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw misuse(`--url is "${shownUrl(text)}"`, 'write the base URL of a registry, such as http://127.0.0.1:8080');
  url.hash = '';
  url.search = '';
  url.pathname = url.pathname.replace(/\/(?:v0(?:\.1)?(?:\/servers)?)?\/?$/, '/');
  return url;
}
