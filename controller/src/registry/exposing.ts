import { names, type Expose } from '@toolhive-registry/api';
import {
  applySet,
  isControlledBy,
  type Applier,
  type ApplySetFailure,
  type ApplySetResult,
  type Blocker,
  type Desired,
  type KubeObject,
} from '@toolhive-registry/reconciler';
import { blockersOf } from './blockers.ts';
import { failureOf, type Failure } from './failure.ts';
import { isVisible, refusalOf, sightOf, WAYS, wayOf, type ExposeSettings, type Way } from './exposure-ways.ts';
import { liveChildren, type Informers } from './informers.ts';
import type { DeploymentObject } from './render/deployment.ts';
import { hasOtherClass } from './render/ingress.ts';
import { identityLabels } from './render/labels.ts';
import { exposedPath } from './render/metadata.ts';
import { renderExposure } from './render/objects.ts';
import type { ValidRegistry } from './resource.ts';
import { isComplete } from './status/rollout.ts';

/** What there is of the way in from outside the cluster, after a pass. */
export interface AppliedExposure {
  /** The spec asks for it. */
  readonly isWanted: boolean;
  /** The registry's own Ingress or HTTPRoute; absent: there is none, or it may not be seen. */
  readonly object?: KubeObject;
  /** Why it could not be brought in line. */
  readonly failure?: Failure;
  /** The error behind a transient failure. */
  readonly error?: unknown;
  /** What would have to change for a lasting failure to be over, as far as that can be watched. */
  readonly blockers?: readonly Blocker[];
  /** What it waits for, as a sentence. */
  readonly waitsFor?: string;
}

/** What it takes to expose registries. */
export interface ExposureDeps {
  readonly applier: Applier;
  readonly informers: Informers;
  readonly installation: string;
  readonly expose: ExposeSettings;
}

/** What the rest of the pass has come to. */
export interface Served {
  readonly deployment?: DeploymentObject;
  readonly service?: KubeObject;
  /** Of which `apiVersion`s an owner of the name is gone. */
  readonly leftovers: readonly string[];
  /** Something else of the registry could not be brought in line. */
  readonly hasFailed: boolean;
}

/** The pass over one registry's way in. */
interface Pass {
  readonly registry: ValidRegistry;
  readonly served: Served;
  readonly deps: ExposureDeps;
  readonly signal: AbortSignal;
}

/**
 * Brings what leads to the registry from outside the cluster in line with its spec. What a refused change leaves as it is goes on leading there: an Ingress that
 * an HTTPRoute replaces is deleted after that one was taken. Answers undefined when there is nothing, and is to be nothing.
 */
export async function applyExposure(
  registry: ValidRegistry,
  served: Served,
  deps: ExposureDeps,
  signal: AbortSignal,
): Promise<AppliedExposure | undefined> {
  const { expose } = registry.manifest.spec;
  const pass: Pass = { registry, served, deps, signal };
  return expose === undefined ? withdraw(pass) : open(expose, pass);
}

/** Deletes what there is. */
async function withdraw(pass: Pass): Promise<AppliedExposure | undefined> {
  const { registry, deps } = pass;
  const failures = await remove(WAYS, pass);
  if (failures.length > 0)
    return { ...failed(failures, pass), ...found(false, exposureObject(registry.object, undefined, deps.informers)) };
  const failure = sightOf(registry, deps);
  return failure === undefined ? undefined : { isWanted: false, failure };
}

async function open(expose: Expose, pass: Pass): Promise<AppliedExposure> {
  const { registry, served, deps } = pass;
  const way = wayOf(expose);
  const now = exposureObject(registry.object, { expose }, deps.informers) ?? exposureObject(registry.object, undefined, deps.informers);
  const failure = refusalOf(expose, registry, deps);
  if (failure !== undefined) return { ...found(true, now), failure };
  if (served.service === undefined) return { ...found(true, now), waitsFor: `Service ${names.api(registry.name)} is not there` };

  const wanted = renderExposure(registry, expose, deps.installation);
  const live = ownLive(way, registry.object, deps.informers);
  if (live?.metadata.deletionTimestamp !== undefined) return { isWanted: true, waitsFor: `the former ${way.kind.kind} is being deleted` };
  if (live !== undefined && exposedPath(live) !== exposedPath(wanted.object) && !isRolledOut(served)) {
    return { ...found(true, live), waitsFor: `path ${exposedPath(wanted.object) ?? '/'} is used once all pods answer below it` };
  }
  if (live !== undefined && way.field === 'ingress' && hasOtherClass(live, wanted.object)) {
    // Addresses of the class before would be taken for those of the new one, and only a new Ingress is given the default class.
    const failures = await remove([way], pass);
    return failures.length > 0
      ? { ...found(true, live), ...failed(failures, pass) }
      : { isWanted: true, waitsFor: 'the Ingress is made anew for its other class' };
  }
  const result = await apply([wanted], [], pass);
  if (result.failures.length > 0) return { ...found(true, now), ...failed(result.failures, pass) };
  const left = await remove(
    WAYS.filter((one) => one !== way),
    pass,
  );
  return { ...found(true, result.applied[0]?.object), ...failed(left, pass) };
}

/**
 * The registry's own object that leads to it from outside, as the stores show it: the one that its spec asks for; with an unreadable or no spec whichever there is.
 * One that is being deleted leads nowhere for long.
 */
export function exposureObject(
  registry: KubeObject,
  spec: { readonly expose?: Expose | undefined } | undefined,
  informers: Pick<Informers, Way['informer']>,
): KubeObject | undefined {
  const ways = spec?.expose === undefined ? WAYS : [wayOf(spec.expose)];
  return ways
    .map((way) => ownLive(way, registry, informers))
    .find((live) => live !== undefined && live.metadata.deletionTimestamp === undefined);
}

function ownLive({ informer }: Way, registry: KubeObject, informers: Pick<Informers, Way['informer']>): KubeObject | undefined {
  const { namespace = '', name } = registry.metadata;
  const live = informers[informer].store.get({ namespace, name: names.api(name) });
  return live !== undefined && isControlledBy(live, registry) ? live : undefined;
}

function found(isWanted: boolean, object: KubeObject | undefined): AppliedExposure {
  return { isWanted, ...(object === undefined ? {} : { object }) };
}

function apply(desired: readonly Desired[], prune: readonly Way[], { registry, deps, signal }: Pass): Promise<ApplySetResult> {
  return applySet(desired, {
    applier: deps.applier,
    live: liveChildren(deps.informers),
    prune: prune.map(({ kind }) => kind),
    owner: registry.object,
    labels: identityLabels(registry.name),
    signal,
  });
}

async function remove(ways: readonly Way[], pass: Pass): Promise<readonly ApplySetFailure[]> {
  const seen = ways.filter((way) => isVisible(way, pass.registry, pass.deps));
  return seen.length === 0 ? [] : (await apply([], seen, pass)).failures;
}

function failed(failures: readonly ApplySetFailure[], { registry, served }: Pass): Pick<AppliedExposure, 'failure' | 'error' | 'blockers'> {
  const [first] = failures;
  if (first === undefined) return {};
  const failure = failureOf(`${first.kind.kind}Failed`, first.error, registry, served.leftovers);
  if (failure.transient) return { failure, error: first.error };
  return { failure, blockers: failures.flatMap((one) => blockersOf(one, registry.namespace)) };
}

/** Pods of before answer below the path of before. */
function isRolledOut({ deployment, hasFailed }: Served): boolean {
  return !hasFailed && deployment !== undefined && isComplete(deployment);
}
