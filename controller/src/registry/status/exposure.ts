import { annotations } from '@toolhive-registry/api';
import { isRecord, type KubeObject } from '@toolhive-registry/reconciler';
import type { Failure } from '../failure.ts';
import type { Exposure, Observation } from './observation.ts';
import type { Draft } from './sync-conditions.ts';

/** Type of the condition that tells whether the registry can be reached from outside the cluster, as far as whoever carries that out has said. */
export const EXPOSED = 'Exposed';

/** The URL of an exposed registry, as its Ingress or HTTPRoute makes it; undefined: there is none. */
export function exposedUrlOf(exposure: Exposure | undefined): string | undefined {
  return exposure?.object?.metadata.annotations?.[annotations.url];
}

/** The condition of a registry that is to be reached from outside; none otherwise. */
export function exposureDrafts({ exposure, failure, namespace }: Observation): Draft[] {
  if (exposure === undefined) return [];
  const { object } = exposure;
  if (object === undefined) return [{ type: EXPOSED, ...absent(failure) }];
  return [{ type: EXPOSED, ...(object.kind === 'Ingress' ? ofIngress(object) : ofRoute(object, namespace)) }];
}

type Said = Omit<Draft, 'type'>;

/** What keeps the object from being made is told with the failure, whatever it is of: exposure comes last. */
function absent(failure: Failure | undefined): Said {
  if (failure === undefined) return { status: 'Unknown', reason: 'NotApplied', message: 'Nothing opens the registry to the world yet' };
  const { reason, message } = failure;
  return { status: 'False', reason, message: `Nothing opens the registry to the world: ${message}` };
}

/** An ingress controller that took an Ingress writes the addresses that lead to it (networking.k8s.io/v1, IngressStatus). Some never do. */
function ofIngress({ metadata: { name }, ...rest }: KubeObject): Said {
  const balancer = fieldOf(fieldOf(rest, 'status'), 'loadBalancer');
  const addresses = listOf(balancer, 'ingress').flatMap((one) => textOf(one, 'hostname') ?? textOf(one, 'ip') ?? []);
  if (addresses.length > 0) {
    return { status: 'True', reason: 'AddressAssigned', message: `Ingress ${name} is reached at ${addresses.join(', ')}` };
  }
  const message = `No ingress controller has given Ingress ${name} an address; see that one runs for its class. Some never give any`;
  return { status: 'Unknown', reason: 'NoAddress', message };
}

/** What a Gateway has to say of a route (gateway.networking.k8s.io/v1, RouteParentStatus): that it takes it, and that it finds what it leads to. */
const TOLD = ['Accepted', 'ResolvedRefs'] as const;

/** A route has one parent; more than one controller may report on it, of which one has to take it. */
function ofRoute(route: KubeObject, registryNamespace: string): Said {
  const { name } = route.metadata;
  const parent = listOf(fieldOf(route, 'spec'), 'parentRefs')[0];
  const gateway = `Gateway ${textOf(parent, 'namespace') ?? registryNamespace}/${textOf(parent, 'name') ?? ''}`;
  const reports = listOf(fieldOf(route, 'status'), 'parents').map((report) =>
    listOf(report, 'conditions').filter((condition) => {
      const seen = fieldOf(condition, 'observedGeneration');
      return typeof seen !== 'number' || seen >= (route.metadata.generation ?? 0);
    }),
  );
  const problems = reports.map((conditions) => problemOf(conditions));
  if (problems.includes('none')) return { status: 'True', reason: 'Accepted', message: `${gateway} accepts HTTPRoute ${name}` };
  const refused = problems.find((problem) => problem !== 'none' && problem !== 'silent');
  if (typeof refused === 'object') {
    const { reason, message } = refused;
    return { status: 'False', reason, message: `${gateway} does not serve HTTPRoute ${name}: ${message}` };
  }
  const message = `${gateway} has not reported on HTTPRoute ${name}; see that it exists and that its controller runs`;
  return { status: 'Unknown', reason: 'NotReported', message };
}

/** What keeps a route from being served, by the report of one controller. */
function problemOf(conditions: readonly unknown[]): 'none' | 'silent' | { readonly reason: string; readonly message: string } {
  const told = TOLD.map((type) => conditions.find((condition) => textOf(condition, 'type') === type));
  const bad = told.find((condition) => textOf(condition, 'status') === 'False');
  if (bad !== undefined) {
    const reason = textOf(bad, 'reason') ?? 'NotAccepted';
    const message = textOf(bad, 'message') ?? '';
    return { reason, message: message === '' ? reason : message };
  }
  return textOf(told[0], 'status') === 'True' ? 'none' : 'silent';
}

function fieldOf(value: unknown, field: string): unknown {
  return isRecord(value) ? value[field] : undefined;
}

function listOf(value: unknown, field: string): readonly unknown[] {
  const list = fieldOf(value, field);
  return Array.isArray(list) ? list : [];
}

function textOf(value: unknown, field: string): string | undefined {
  const text = fieldOf(value, field);
  return typeof text === 'string' ? text : undefined;
}
