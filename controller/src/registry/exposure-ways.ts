import type { Expose } from '@toolhive-registry/api';
import { HTTP_ROUTES, INGRESSES } from '@toolhive-registry/reconciler';
import type { Failure } from './failure.ts';
import type { Informers } from './informers.ts';
import type { ValidRegistry } from './resource.ts';

/** What `spec.expose` may ask for, as whoever runs the controller decides. */
export interface ExposeSettings {
  readonly ingress: boolean;
  readonly gateway: boolean;
  /** Host names that registries may have; `*.example.com` stands for every name below. Undefined: any. */
  readonly hosts?: readonly string[] | undefined;
}

/** The two ways to expose a registry: the field of `spec.expose` that asks for each, and what it is made of. */
export const WAYS = [
  { field: 'ingress', kind: INGRESSES, informer: 'ingresses' },
  { field: 'gateway', kind: HTTP_ROUTES, informer: 'httpRoutes' },
] as const;
/** One of them. */
export type Way = (typeof WAYS)[number];

/** The way that a spec asks for. */
export function wayOf({ gateway }: Expose): Way {
  return WAYS[gateway === undefined ? 0 : 1];
}

/** What the ways are judged by. */
interface WayDeps {
  readonly informers: Pick<Informers, Way['informer']>;
  readonly expose: ExposeSettings;
}

/** Whether the objects of a way can be seen in the registry's namespace. */
export function isVisible({ informer }: Way, { namespace }: ValidRegistry, { informers }: WayDeps): boolean {
  return informers[informer].present && informers[informer].accessError(namespace) === undefined;
}

/** Why nobody knows whether something is left of an exposure that nobody asks for any more; undefined: it can be seen. */
export function blindness(registry: ValidRegistry, { informers }: WayDeps): Failure | undefined {
  const blind = WAYS.filter(({ informer }) => informers[informer].accessError(registry.namespace) !== undefined);
  return blind.length === 0 ? undefined : forbidden(blind, registry.namespace);
}

/** Why the controller does not even try what the spec asks for; undefined: it may. */
export function refusalOf(expose: Expose, registry: ValidRegistry, { informers, expose: settings }: WayDeps): Failure | undefined {
  const way = wayOf(expose);
  const { kind, group, version, plural } = way.kind;
  if (!settings[way.field])
    return lasting(
      'NotAllowed',
      `${kind === 'Ingress' ? 'Ingresses' : 'HTTPRoutes'} are disabled for registries in this installation (--expose); ask your administrator, or remove spec.expose`,
    );
  const { hosts } = settings;
  if (!isAllowed(expose.host, hosts)) {
    const message = `spec.expose.host "${expose.host}" is not allowed in this installation (--expose-hosts); use ${hosts?.join(' or ') ?? ''}`;
    return lasting('NotAllowed', message);
  }
  if (informers[way.informer].accessError(registry.namespace) !== undefined) return forbidden([way], registry.namespace);
  if (informers[way.informer].present) return undefined;
  const remedy = way.field === 'gateway' ? 'install the Gateway API (1.0 or newer), or use spec.expose.ingress' : 'use spec.expose.gateway';
  return lasting(
    `${kind}Failed`,
    `spec.expose.${way.field} needs ${plural} of ${group}/${version}, which this cluster does not have; ${remedy}`,
  );
}

/** Whether an installation lets registries be exposed under a host. */
export function isAllowed(host: string | undefined, hosts: readonly string[] | undefined): boolean {
  return hosts === undefined || (host !== undefined && hosts.some((pattern) => matches(host, pattern)));
}

function forbidden(ways: readonly Way[], namespace: string): Failure {
  const what = ways.map(({ kind }) => kind.plural).join(' and ');
  const message = `the controller may not list and watch ${what} in namespace ${namespace}, so it is unknown what is exposed; give it the rights of the chart's role`;
  return lasting('Forbidden', message);
}

function lasting(reason: Failure['reason'], message: string): Failure {
  return { reason, message, podTemplate: false, transient: false };
}

/** `*.example.com` stands for every name below example.com. */
function matches(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}
