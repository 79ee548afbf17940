import { annotations, type MCPRegistryStatus } from '@toolhive-registry/api';
import { findCondition, formatKey, isRecord, type KubeObject } from '@toolhive-registry/reconciler';
import type { AppliedExposure } from '../exposing.ts';
import type { Failure } from '../failure.ts';
import type { Observation } from './observation.ts';
import type { Draft } from './sync-conditions.ts';

/** Type of the condition for external access, as far as the responsible ingress or Gateway controller has reported. */
export const EXPOSED = 'Exposed';
/** Reason of that condition when other registries have the same host and path. */
export const SHARED_ADDRESS = 'SharedAddress';
/** Registries that a message names at most. */
const MAX_NAMED = 3;

/**
 * The URL under which a registry's Ingress or HTTPRoute exposes it; undefined: there is none. It is taken from an annotation, since neither object has a field
 * for the scheme, and counts only if host and path match the object, since others may write annotations.
 */
export function exposedUrlOf(object: KubeObject | undefined): string | undefined {
  const url = object?.metadata.annotations?.[annotations.url];
  if (object === undefined || url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, host, pathname } = new URL(url);
  const [ruleHost, rulePath] = object.kind === 'Ingress' ? ingressRule(object) : routeRule(object);
  return ['http:', 'https:'].includes(protocol) && host === ruleHost && pathname === rulePath ? url : undefined;
}

function ingressRule(ingress: KubeObject): [host: unknown, path: unknown] {
  const rule = at(ingress, 'spec', 'rules', 0);
  return [at(rule, 'host'), at(rule, 'http', 'paths', 0, 'path')];
}

function routeRule(route: KubeObject): [host: unknown, path: unknown] {
  return [at(route, 'spec', 'hostnames', 0), at(route, 'spec', 'rules', 0, 'matches', 0, 'path', 'value')];
}

/** The condition of a registry that is exposed or should be; otherwise none. `before`: the previous condition. */
export function exposureDrafts({ exposure }: Observation, before: MCPRegistryStatus): Draft[] {
  if (exposure === undefined) return [];
  const { isWanted, object, failure, waitsFor, leftover } = exposure;
  // A registry that never was exposed needs no report that its exposure is unknown.
  if (!isWanted && failure?.reason === 'Forbidden' && findCondition(before.conditions, EXPOSED) === undefined) return [];
  if (failure !== undefined) return [{ type: EXPOSED, ...failed(exposure, failure) }];
  if (object === undefined && !isWanted) {
    if (waitsFor === undefined) return [];
    return [{ type: EXPOSED, status: 'Unknown', reason: 'NotRemoved', message: `The registry may still be exposed: ${waitsFor}` }];
  }
  if (object === undefined) {
    return [
      {
        type: EXPOSED,
        status: 'Unknown',
        reason: 'NotApplied',
        message: waitsFor === undefined ? 'The registry is not exposed yet' : `The registry is not exposed yet: ${waitsFor}`,
      },
    ];
  }
  const said = sharedVerdict(exposure) ?? verdictOf(object);
  const left = leftover?.failure === undefined ? undefined : `what exposed it before could not be deleted: ${leftover.failure.message}`;
  return [{ type: EXPOSED, ...said, message: [said.message, waitsFor, left].filter((part) => part !== undefined).join('; ') }];
}

/**
 * The verdict on a registry that others share the address with; undefined: it has the address for itself, or its Gateway has refused the route. Gateways
 * prefer the older route (gateway.networking.k8s.io/v1, HTTPRouteRule), and so does ingress-nginx; other ingress controllers choose as they like.
 */
function sharedVerdict({ object, sharedWith = [] }: AppliedExposure): Said | undefined {
  if (object === undefined || sharedWith.length === 0) return undefined;
  const verdict = verdictOf(object);
  if (verdict.status === 'False') return undefined;
  const names = sharedWith.map(formatKey).toSorted().slice(0, MAX_NAMED);
  // Without their number: with each one that comes or goes, the status of all would have to be written.
  const others = sharedWith.length > MAX_NAMED ? `${names.join(', ')} and others` : names.join(', ');
  const [noun, verb] = sharedWith.length === 1 ? ['MCPRegistry', 'has'] : ['MCPRegistries', 'have'];
  const decider = object.kind === 'Ingress' ? 'ingress controller' : 'Gateway';
  const message =
    `${noun} ${others} ${verb} the same host and path, and the ${decider} decides which of them is reached; ` +
    'change spec.expose.host or spec.expose.path of one';
  // That nothing may serve the address at all is reported as well.
  const unknown = verdict.status === 'Unknown' ? `. ${verdict.message}` : '';
  return { status: 'Unknown', reason: SHARED_ADDRESS, message: `${message}${unknown}` };
}

/** What differs from the spec until somebody changes something; undefined: nothing. */
export function exposureStall({ exposure }: Observation): Pick<Draft, 'reason' | 'message'> | undefined {
  const { isWanted = false, failure } = exposure ?? {};
  if (failure === undefined || failure.transient || (!isWanted && failure.reason === 'Forbidden')) return undefined;
  return { reason: failure.reason, message: failure.message };
}

type Said = Omit<Draft, 'type'>;

/** When a change is refused, what is exposed stays exposed: the status is about what exists, the reason about the refusal. */
function failed({ isWanted, object }: AppliedExposure, { reason, message, transient }: Failure): Said {
  if (reason === 'Forbidden') return { status: 'Unknown', reason, message };
  const at = exposedUrlOf(object) ?? 'its host';
  if (!isWanted) return { status: 'True', reason: 'NotRemoved', message: `The registry is still exposed at ${at}: ${message}` };
  if (object !== undefined) {
    const { status } = verdictOf(object);
    return { status, reason, message: `The last change is not applied, and the registry is still exposed at ${at}: ${message}` };
  }
  // A transient failure does not prove that it is not exposed.
  return { status: transient ? 'Unknown' : 'False', reason, message: `The registry is not exposed outside the cluster: ${message}` };
}

function verdictOf(object: KubeObject): Said {
  return object.kind === 'Ingress' ? ofIngress(object) : ofRoute(object);
}

/** An ingress controller that accepted an Ingress writes its addresses (networking.k8s.io/v1, IngressStatus). Some never do. */
function ofIngress(ingress: KubeObject): Said {
  const { name } = ingress.metadata;
  const addresses = listAt(ingress, 'status', 'loadBalancer', 'ingress').flatMap(
    (one) => textAt(one, 'hostname') ?? textAt(one, 'ip') ?? [],
  );
  if (addresses.length > 0)
    return { status: 'True', reason: 'AddressAssigned', message: `Ingress ${name} has address ${addresses.join(', ')}` };
  const message = `No ingress controller has set an address on Ingress ${name}; check that one is running for its class. Some controllers never set one`;
  return { status: 'Unknown', reason: 'NoAddress', message };
}

/** What a Gateway reports on a route (gateway.networking.k8s.io/v1, RouteParentStatus): that it accepts it, and that its references resolve. */
const REPORTED = ['Accepted', 'ResolvedRefs'] as const;

/** Our routes have one parent. Several controllers may report on it, and one of them has to accept it; reports on other parents are outdated. */
function ofRoute(route: KubeObject): Said {
  const { name, namespace = '', generation = 0 } = route.metadata;
  const wanted = at(route, 'spec', 'parentRefs', 0);
  const parentOf = (reference: unknown): string =>
    [textAt(reference, 'namespace') ?? namespace, textAt(reference, 'name'), textAt(reference, 'sectionName') ?? ''].join('/');
  const gateway = `Gateway ${textAt(wanted, 'namespace') ?? namespace}/${textAt(wanted, 'name') ?? ''}`;
  const reports = listAt(route, 'status', 'parents')
    .filter((report) => parentOf(at(report, 'parentRef')) === parentOf(wanted))
    .map((report) =>
      listAt(report, 'conditions').filter((condition) => Number(at(condition, 'observedGeneration') ?? generation) >= generation),
    );
  const verdicts = reports.map((conditions) => REPORTED.map((type) => conditions.find((condition) => textAt(condition, 'type') === type)));
  if (verdicts.some(([accepted, resolved]) => textAt(accepted, 'status') === 'True' && textAt(resolved, 'status') !== 'False')) {
    return { status: 'True', reason: 'Accepted', message: `${gateway} accepts HTTPRoute ${name}` };
  }
  const problem = verdicts.flat().find((condition) => condition !== undefined && textAt(condition, 'status') !== 'True');
  if (problem === undefined) {
    const message = `${gateway} has not reported on HTTPRoute ${name}; check that the Gateway exists and its controller is running`;
    return { status: 'Unknown', reason: 'NoReport', message };
  }
  const reason = textAt(problem, 'reason') ?? 'NotAccepted';
  const why = textAt(problem, 'message') ?? '';
  const isRefused = textAt(problem, 'status') === 'False';
  const what = isRefused ? 'does not serve' : 'has not accepted';
  return { status: isRefused ? 'False' : 'Unknown', reason, message: `${gateway} ${what} HTTPRoute ${name}: ${why === '' ? reason : why}` };
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((part, key) => {
    if (typeof key === 'number') return Array.isArray(part) ? part[key] : undefined;
    return isRecord(part) ? part[key] : undefined;
  }, value);
}

function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const list = at(value, ...path);
  return Array.isArray(list) ? list : [];
}

function textAt(value: unknown, field: string): string | undefined {
  const text = at(value, field);
  return typeof text === 'string' ? text : undefined;
}
