import { names } from '@toolhive-registry/api';
import {
  applySet,
  DEPLOYMENTS,
  keyOf,
  SERVICES,
  type Applier,
  type ApplySetResult,
  type Desired,
  type KubeObject,
  type LiveObjects,
  type ResourceKind,
} from '@toolhive-registry/reconciler';
import { failureOf, isNamespaceTerminating, type Failure } from './failure.ts';
import type { Installations, Overlap } from './installations.ts';
import { liveChildren, OPTIONAL_KINDS, type Informers } from './informers.ts';
import type { DeploymentObject } from './render/deployment.ts';
import { identityLabels } from './render/labels.ts';
import { renderObjects, type RenderSettings } from './render/objects.ts';
import { asOwner, type ValidRegistry } from './resource.ts';
import { servedBy, servingObjects, type ServingObjects } from './serving.ts';

/** What bringing the children in line needs. */
export interface ChildrenDeps extends RenderSettings {
  readonly applier: Applier;
  readonly informers: Informers;
  readonly installations: Installations;
}

/** The children as they are after a pass, or why one of them could not be brought in line. */
export interface AppliedChildren extends ServingObjects {
  readonly failure?: Failure;
  /** The error behind a transient failure: throw it, so that the pass is repeated soon. */
  readonly error?: unknown;
  /** The namespace is being deleted, and the registry with it: nothing can be made, and nobody needs to be told. */
  readonly namespaceEnds?: true;
  /** Another installation writes them, and they were left to it. */
  readonly overlap?: Overlap;
}

/** Brings a registry's objects in line, and deletes those it needs no more. Writes only what differs. */
export async function applyChildren(registry: ValidRegistry, deps: ChildrenDeps, signal: AbortSignal): Promise<AppliedChildren> {
  const desired = renderObjects(registry, deps);
  const live = liveChildren(deps.informers);
  const overlap = deps.installations.judge(registry.object, liveOf(desired, live));
  if (overlap !== undefined) return { ...servingObjects(registry.object, deps.informers), overlap };
  const result = await applySet(desired, {
    applier: deps.applier,
    live,
    prune: OPTIONAL_KINDS.filter((optional) => !desired.some(({ kind }) => kind === optional)),
    owner: asOwner(registry.object),
    labels: identityLabels(registry.name),
    signal,
  });
  deps.installations.wrote(
    registry.object,
    result.applied.filter(({ written }) => written).map(({ object }) => object),
  );
  return { ...servingObjects(registry.object, deps.informers), ...writtenObjects(registry, result), ...whatFailed(registry, result) };
}

/** What the stores have of what is desired. */
function liveOf(desired: readonly Desired[], live: readonly LiveObjects[]): KubeObject[] {
  return desired.flatMap(({ kind, object }) => live.find((one) => one.kind === kind)?.store.get(keyOf(object)) ?? []);
}

/** What serves the registry as the server answered: the stores are a moment behind. */
function writtenObjects({ name }: ValidRegistry, { applied }: ApplySetResult): ServingObjects {
  const api = (kind: ResourceKind): KubeObject | undefined =>
    applied.find(({ desired }) => desired.kind === kind && desired.object.metadata.name === names.api(name))?.object;
  return servedBy(api(DEPLOYMENTS) as DeploymentObject | undefined, api(SERVICES));
}

/** Of several failures the one to be told: what only a change can mend is to be said before what mends itself. */
function whatFailed(registry: ValidRegistry, { failures }: ApplySetResult): Pick<AppliedChildren, 'failure' | 'error' | 'namespaceEnds'> {
  if (failures.some(({ error }) => isNamespaceTerminating(error))) return { namespaceEnds: true };
  const told = failures.map(({ kind, error }) => ({ failure: failureOf(`${kind.kind}Failed`, error, registry), error }));
  const worst = told.find(({ failure }) => !failure.transient) ?? told[0];
  if (worst === undefined) return {};
  return { failure: worst.failure, ...(worst.failure.transient ? { error: worst.error } : {}) };
}
