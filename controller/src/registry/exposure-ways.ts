import type { Expose } from '@toolhive-registry/api';
import { HTTP_ROUTES, INGRESSES } from '@toolhive-registry/reconciler';
import type { Failure } from './failure.ts';
import type { Informers } from './informers.ts';
import type { ValidRegistry } from './resource.ts';

/** What `spec.expose` may ask for, set by whoever runs the controller. */
export interface ExposeSettings {
  readonly ingress: boolean;
  readonly gateway: boolean;
  /** Host names that registries may have; `*.example.com` stands for every name below. Undefined: any. */
  readonly hosts?: readonly string[] | undefined;
}

/** The two ways to expose a registry: the field of `spec.expose` that asks for each, and the kind of object it creates. */
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

/** What ways are checked against. */
interface WayDeps {
  readonly informers: Pick<Informers, Way['informer']>;
  readonly expose: ExposeSettings;
}

/** Whether objects of the way's kind can be listed in the registry's namespace. */
export function isVisible({ informer }: Way, { namespace }: ValidRegistry, { informers }: WayDeps): boolean {
  return informers[informer].present && informers[informer].accessError(namespace) === undefined;
}

/** Why it is unknown whether something is left of an exposure that is no longer wanted; undefined: it is known. */
export function visibilityFailure(registry: ValidRegistry, { informers }: WayDeps): Failure | undefined {
  const blind = WAYS.filter(({ informer }) => informers[informer].accessError(registry.namespace) !== undefined);
  return blind.length === 0 ? undefined : forbidden(blind, registry.namespace);
}

/** Why the controller does not attempt what the spec asks for; undefined: it may. */
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
  const message = `the controller may not list and watch ${what} in namespace ${namespace}, so it is unknown what is exposed; grant it the permissions in the chart's Role`;
  return lasting('Forbidden', message);
}

function lasting(reason: Failure['reason'], message: string): Failure {
  return { reason, message, podTemplate: false, transient: false };
}

/** `*.example.com` matches every name below example.com. */
function matches(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}
