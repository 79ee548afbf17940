import { statusOf } from './facts.ts';
import type { World } from './world.ts';
import type { Obj } from '../testing.ts';

const CHILD_KINDS = [
  'configMaps',
  'serviceAccounts',
  'services',
  'networkPolicies',
  'disruptionBudgets',
  'deployments',
  'ingresses',
] as const;

/** What the API server adds by itself, and what differs between two runs with the same result. */
const METADATA = ['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'selfLink', 'deletionGracePeriodSeconds'];

/** Pod names as ReplicaSets generate them: a Deployment's name, a hash and a few characters. */
const POD_NAME = /\b[a-z0-9-]+-api-[a-z0-9]{6,10}-[a-z0-9]{5}\b/g;

/**
 * The objects and the status of a registry as text, equal for two runs exactly when nobody could tell them apart. Times, versions and UIDs are removed; field
 * ownership is not.
 */
export function endState(world: World, namespace: string, registry: string): string {
  const children = CHILD_KINDS.flatMap((kind) =>
    world
      .objects(kind, namespace)
      .filter(({ metadata }) => metadata.ownerReferences?.some((owner) => 'name' in owner && owner.name === registry) === true)
      .map((object) => [`${kind}/${object.metadata.name}`, withoutIdentity(object)] as const),
  );
  const object = world.objects('registries', namespace).find(({ metadata }) => metadata.name === registry);
  const pods = world.node
    .podsOf(namespace, registry)
    .map(({ isReady, document }) => ({ isReady, files: document.files, trigger: document.lastSyncTrigger }));
  const state = { registry: object === undefined ? null : ofRegistry(object), children: Object.fromEntries(children), pods };
  return JSON.stringify(state, sorted, 1).replaceAll(POD_NAME, 'POD');
}

function ofRegistry(object: Obj): object {
  const { observedGeneration, lastSyncTime: _time, ...status } = statusOf(object) ?? {};
  return {
    spec: object['spec'],
    isObserved: observedGeneration === object.metadata.generation,
    status: {
      ...status,
      conditions: status.conditions?.map(({ lastTransitionTime: _since, observedGeneration: seen, ...condition }) => ({
        ...condition,
        isObserved: seen === object.metadata.generation,
      })),
    },
  };
}

function withoutIdentity({ metadata, status: _status, ...object }: Obj): object {
  const {
    managedFields = [],
    ownerReferences = [],
    ...rest
  } = metadata as Obj['metadata'] & {
    managedFields?: { manager: string; operation: string; subresource?: string; fieldsV1?: object }[];
  };
  const { 'deployment.kubernetes.io/revision': _revision, ...annotations } = rest.annotations ?? {};
  return {
    ...object,
    ...(object['spec']?.clusterIP === undefined ? {} : { spec: ofService(object['spec'] as { ports?: object[] }) }),
    metadata: { ...withoutKeys(rest, METADATA), annotations },
    owners: ownerReferences.map(({ uid: _uid, ...owner }) => owner),
    // The Deployment controller's entries for the status come and go with the rollout.
    fields: managedFields
      .filter(({ subresource }) => subresource === undefined)
      .filter(({ manager }) => manager !== 'kube-controller-manager')
      .map(({ manager, operation, fieldsV1 }) => [manager, operation, JSON.stringify(fieldsV1).replaceAll(/\\"uid\\":\\"[^"]*\\"/g, '')]),
  };
}

/** Removes what the API server assigns. */
function ofService(spec: { readonly ports?: readonly object[] }): object {
  return { ...withoutKeys(spec, ['clusterIP', 'clusterIPs']), ports: spec.ports?.map((port) => withoutKeys(port, ['nodePort'])) };
}

function withoutKeys(object: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The lines in which two states differ. */
export function difference(wanted: string, actual: string): string {
  const [left, right] = [new Set(wanted.split('\n')), new Set(actual.split('\n'))];
  const only = (from: Set<string>, other: Set<string>, sign: string): string[] =>
    [...from].filter((line) => !other.has(line)).map((line) => `${sign} ${line.trim()}`);
  return [...only(left, right, '-'), ...only(right, left, '+')].slice(0, 30).join('\n');
}
