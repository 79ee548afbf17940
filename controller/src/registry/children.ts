import { apiVersions, keys, names, type DeployedServers } from '@toolhive-registry/api';
import {
  applySet,
  DEPLOYMENTS,
  groupOf,
  keyOf,
  SERVICES,
  isControlledBy,
  isLeftoverOf,
  isNotFound,
  type ApiClient,
  type Applier,
  type ApplySetResult,
  type Blocker,
  type Desired,
  type KubeObject,
  type LiveObjects,
  type ResourceKind,
} from '@toolhive-registry/reconciler';
import { deployedList, readDeployedList } from '../deployed/document.ts';
import type { Servers } from '../servers/informers.ts';
import { blockersOf } from './blockers.ts';
import { applyExposure, type AppliedExposure } from './exposing.ts';
import { WAYS, type ExposeSettings } from './exposure-ways.ts';
import { failureOf, isNamespaceTerminating, type Failure } from './failure.ts';
import type { Installations, Overlap } from './installations.ts';
import { nameTakenMessage, type Namesakes } from './namesakes.ts';
import { liveChildren, OPTIONAL_KINDS, type Informers } from './informers.ts';
import type { ConfigMapObject } from './render/config-map.ts';
import type { DeploymentObject } from './render/deployment.ts';
import { identityLabels } from './render/labels.ts';
import { renderObjects, type RenderSettings } from './render/objects.ts';
import { parsed } from './parsed.ts';
import { REGISTRY_KINDS, type RegistryObject, type ValidRegistry } from './resource.ts';
import { servedBy, servingObjects, type ServingObjects } from './serving.ts';

/** Kinds of which a leftover object may still route traffic to the registry. */
const EXPOSURES = WAYS.map(({ informer }) => informer);

/** What reconciling the children needs. */
export interface ChildrenDeps extends RenderSettings {
  readonly expose: ExposeSettings;
  readonly applier: Applier;
  readonly informers: Informers;
  readonly installations: Installations;
  readonly namesakes: Namesakes;
  /** Whether the registries of the other group can be listed in a namespace, if there are any. */
  readonly seesNamesakes: (namespace: string) => boolean;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Reads registries from the API server. */
  readonly client: Pick<ApiClient, 'get'>;
  /** MCP servers in the cluster. */
  readonly servers: readonly Servers[];
}

/**
 * What a deleted registry of the same name left behind is usually deleted by the garbage collector within moments. If the collector lost track of it, as after
 * an outage, it never is: a registry of this age takes over what is still there. In milliseconds.
 */
const LEFTOVER_PATIENCE_MS = 30_000;

/** The children after a pass, or why one of them could not be reconciled. */
export interface AppliedChildren extends ServingObjects {
  readonly failure?: Failure;
  /** The error behind a transient failure: throw it, so that the pass is retried soon. */
  readonly error?: unknown;
  /** What would have to change for a lasting failure to end, as far as that can be watched. */
  readonly blockers?: readonly Blocker[];
  /** The namespace is being deleted along with the registry: nothing can be created, and nothing needs to be reported. */
  readonly namespaceEnds?: true;
  /** Another installation writes the children, and they were left to it. */
  readonly overlap?: Overlap;
  /** The outcome for external access. Absent: not reconciled in this pass. */
  readonly exposure?: AppliedExposure;
}

/** Reconciles a registry's objects, and deletes those it no longer needs. Writes only what differs. */
export async function applyChildren(registry: ValidRegistry, deps: ChildrenDeps, signal: AbortSignal): Promise<AppliedChildren> {
  const circumstances = { replicas: replicasOf(registry, deps.informers), deployed: deployedOf(registry, deps) };
  const desired = renderObjects(registry, circumstances, deps);
  const live = liveChildren(deps.informers);
  const objects = liveOf(desired, live);
  const exposures = EXPOSURES.flatMap(
    (name) => deps.informers[name].store.get({ namespace: registry.namespace, name: names.api(registry.name) }) ?? [],
  );
  const holder = deps.namesakes.holder(registry.object, rivalOf(registry, objects, deps), objects);
  if (holder !== undefined)
    return { failure: { reason: 'NameTaken', message: nameTakenMessage(holder), podTemplate: false, transient: false } };
  const overlap = deps.installations.judge(registry.object, objects);
  if (overlap !== undefined) return { ...servingObjects(registry.object, deps.informers), overlap };
  const inherit = await mayInherit(registry, [...objects, ...exposures], deps, signal);
  const result = await applySet(desired, {
    applier: deps.applier,
    live,
    prune: OPTIONAL_KINDS.filter((optional) => !desired.some(({ kind }) => kind === optional)),
    owner: registry.object,
    labels: identityLabels(registry.name),
    inherit,
    signal,
  });
  deps.installations.wrote(
    registry.object,
    result.applied.filter(({ written }) => written).map(({ object }) => object),
  );
  const owners = leftoverOwners(registry, deps);
  const failed = whatFailed(registry, result, owners);
  const serving = { ...servingObjects(registry.object, deps.informers), ...writtenObjects(registry, result) };
  if (failed.namespaceEnds === true) return { ...serving, ...failed };
  const exposure = await applyExposure(
    registry,
    { ...serving, leftovers: owners, hasFailed: failed.failure !== undefined, inherit },
    deps,
    signal,
  );
  return exposure.namespaceEnds === true ? { ...serving, namespaceEnds: true } : { ...serving, ...failed, exposure };
}

/**
 * Whether the registry takes over leftovers of an earlier one. Of two registries with the same name only the API server knows which is the later one: our store
 * may still hold the deleted one.
 */
async function mayInherit(
  { namespace, name, object }: ValidRegistry,
  objects: readonly KubeObject[],
  { clock, client }: ChildrenDeps,
  signal: AbortSignal,
): Promise<boolean> {
  if (clock() - Date.parse(object.metadata.creationTimestamp ?? '') < LEFTOVER_PATIENCE_MS) return false;
  if (!objects.some((one) => isLeftoverOf(one, object))) return false;
  const kind = REGISTRY_KINDS.find(({ group }) => group === groupOf(object.apiVersion));
  if (kind === undefined) return false;
  const now = await client.get(kind, { namespace, name }, { signal }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
  return now?.metadata.uid === object.metadata.uid;
}

/** The registry of the same name in the other group, if it has objects or is about to have some. */
function rivalOf(registry: ValidRegistry, objects: readonly KubeObject[], { informers }: ChildrenDeps): RegistryObject | undefined {
  const namesake = informers.namesakes.store.get(registry);
  if (namesake === undefined || objects.some((object) => isControlledBy(object, namesake))) return namesake;
  return parsed(namesake).manifest === undefined ? undefined : namesake;
}

/** How many pods the registry has: set by the spec, or else by whoever scales the Deployment. */
function replicasOf({ object, manifest }: ValidRegistry, informers: Informers): number {
  return manifest.spec.replicas ?? servingObjects(object, informers).deployment?.spec.replicas ?? 1;
}

/** The servers that were deployed from the registry. Undefined if there never were any. */
function deployedOf({ namespace, name }: ValidRegistry, { servers, informers }: ChildrenDeps): DeployedServers | undefined {
  const live: ConfigMapObject | undefined = informers.configMaps.store.get({ namespace, name: names.deployed(name) });
  const list = deployedList({ namespace, name }, servers, readDeployedList(live?.data?.[keys.deployed]));
  return list.servers.length > 0 || live !== undefined ? list : undefined;
}

/** The live objects in the stores for the desired ones. */
function liveOf(desired: readonly Desired[], live: readonly LiveObjects[]): KubeObject[] {
  return desired.flatMap(({ kind, object }) => live.find((one) => one.kind === kind)?.store.get(keyOf(object)) ?? []);
}

/** The serving objects as the API server returned them: the stores lag behind. */
function writtenObjects({ name }: ValidRegistry, { applied }: ApplySetResult): ServingObjects {
  const api = (kind: ResourceKind): KubeObject | undefined =>
    applied.find(({ desired }) => desired.kind === kind && desired.object.metadata.name === names.api(name))?.object;
  return servedBy(api(DEPLOYMENTS) as DeploymentObject | undefined, api(SERVICES));
}

/**
 * The groups in which a registry of this name is gone, so that its objects are about to be deleted: this registry's own group, and the other one if its
 * registries can be listed at all. Next to ToolHive they cannot, and are not ours.
 */
function leftoverOwners({ namespace, object }: ValidRegistry, { seesNamesakes }: ChildrenDeps): readonly string[] {
  return seesNamesakes(namespace) ? apiVersions : [object.apiVersion];
}

/** Picks the failure to report: one that only a change can fix comes before one that may pass by itself. */
function whatFailed(
  registry: ValidRegistry,
  { failures }: ApplySetResult,
  leftovers: readonly string[],
): Pick<AppliedChildren, 'failure' | 'error' | 'blockers' | 'namespaceEnds'> {
  if (failures.some(({ error }) => isNamespaceTerminating(error))) return { namespaceEnds: true };
  const all = failures.map(({ kind, error }) => ({ failure: failureOf(`${kind.kind}Failed`, error, registry, leftovers), error }));
  const worst = all.find(({ failure }) => !failure.transient) ?? all[0];
  if (worst === undefined) return {};
  if (worst.failure.transient) return { failure: worst.failure, error: worst.error };
  return { failure: worst.failure, blockers: failures.flatMap((one) => blockersOf(one, registry.namespace)) };
}
