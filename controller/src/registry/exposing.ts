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
  type ObjectKey,
} from '@toolhive-registry/reconciler';
import { blockersOf } from './blockers.ts';
import { failureOf, isNamespaceTerminating, type Failure } from './failure.ts';
import { isAllowed, isVisible, refusalOf, visibilityFailure, WAYS, wayOf, type ExposeSettings, type Way } from './exposure-ways.ts';
import { liveChildren, type Informers } from './informers.ts';
import type { DeploymentObject } from './render/deployment.ts';
import { hasOtherClass } from './render/ingress.ts';
import { identityLabels } from './render/labels.ts';
import { exposedHost, exposedPath } from './render/metadata.ts';
import { renderExposure } from './render/objects.ts';
import type { ValidRegistry } from './resource.ts';
import { isComplete } from './status/rollout.ts';

/** The state of external access after a pass. */
export interface AppliedExposure {
  /** Whether the spec asks for it. */
  readonly isWanted: boolean;
  /** Other registries that are exposed at the same address. */
  readonly sharedWith?: readonly ObjectKey[];
  /** The registry's own Ingress or HTTPRoute; absent: there is none, or it cannot be read. */
  readonly object?: KubeObject;
  /** Why it could not be reconciled. */
  readonly failure?: Failure;
  /** The error behind a transient failure. */
  readonly error?: unknown;
  /** What would have to change for a lasting failure to end, as far as that can be watched. */
  readonly blockers?: readonly Blocker[];
  /** What it waits for, as a sentence. */
  readonly waitsFor?: string;
  /** Why the object of the other way could not be deleted. */
  readonly leftover?: Pick<AppliedExposure, 'failure' | 'error' | 'blockers'>;
  /** The namespace is being deleted; nothing needs to be reported. */
  readonly namespaceEnds?: true;
}

/** What exposing registries needs. */
export interface ExposureDeps {
  readonly applier: Applier;
  readonly informers: Informers;
  readonly installation: string;
  readonly expose: ExposeSettings;
}

/** The outcome of the rest of the pass. */
export interface Served {
  readonly deployment?: DeploymentObject;
  readonly service?: KubeObject;
  /** The `apiVersion`s in which an owner of the name is gone. */
  readonly leftovers: readonly string[];
  /** Whether another object of the registry could not be reconciled. */
  readonly hasFailed: boolean;
  /** Whether to take over what an earlier registry of the name left behind. */
  readonly inherit: boolean;
}

/** The external access part of a pass over one registry. */
interface Pass {
  readonly registry: ValidRegistry;
  readonly served: Served;
  readonly deps: ExposureDeps;
  readonly signal: AbortSignal;
}

/**
 * Reconciles the object that exposes the registry outside the cluster. Until a change is accepted the previous object keeps serving: an Ingress that is
 * replaced by an HTTPRoute is deleted after the API server accepted the HTTPRoute.
 */
export async function applyExposure(
  registry: ValidRegistry,
  served: Served,
  deps: ExposureDeps,
  signal: AbortSignal,
): Promise<AppliedExposure> {
  const { expose } = registry.manifest.spec;
  const pass: Pass = { registry, served, deps, signal };
  return expose === undefined ? withdraw(pass) : open(expose, pass);
}

/** Deletes what exists. */
async function withdraw(pass: Pass): Promise<AppliedExposure> {
  const { registry, deps } = pass;
  const failures = await remove(WAYS, pass);
  if (failures.length > 0)
    return { ...failed(failures, pass), ...found(false, exposureObject(registry.object, undefined, deps.informers)) };
  const failure = visibilityFailure(registry, deps);
  const held = WAYS.map((way) => ownLive(way, registry.object, deps.informers)).find((live) => live?.metadata.finalizers?.length);
  return {
    isWanted: false,
    ...(failure === undefined ? {} : { failure }),
    ...(held === undefined ? {} : { waitsFor: `${held.kind} ${held.metadata.name} is being deleted and waits for its finalizers` }),
  };
}

async function open(expose: Expose, pass: Pass): Promise<AppliedExposure> {
  const { registry, served, deps } = pass;
  const way = wayOf(expose);
  const now = exposureObject(registry.object, { expose }, deps.informers) ?? exposureObject(registry.object, undefined, deps.informers);
  const failure = refusalOf(expose, registry, deps);
  if (failure !== undefined) return { ...(await withoutForbidden(now, pass)), failure };
  if (served.service === undefined)
    return { ...found(true, now), waitsFor: `the registry has no Service ${names.api(registry.name)} of its own` };

  const wanted = renderExposure(registry, expose, deps.installation);
  const live = ownLive(way, registry.object, deps.informers);
  if (live?.metadata.deletionTimestamp !== undefined) return { isWanted: true, waitsFor: `the previous ${way.kind.kind} is being deleted` };
  if (!mayUsePath(exposedPath(wanted.object) ?? '/', now, served)) {
    return { ...found(true, now), waitsFor: `path ${exposedPath(wanted.object) ?? '/'} is used once all pods answer below it` };
  }
  if (live !== undefined && way.field === 'ingress' && hasOtherClass(live, wanted.object)) {
    // Addresses from the previous class would be mistaken for those of the new one, and only a new Ingress gets the default class.
    const failures = await remove([way], pass);
    return failures.length > 0
      ? { ...found(true, live), ...failed(failures, pass) }
      : { isWanted: true, waitsFor: 'the Ingress is being recreated for its new class' };
  }
  const result = await apply([wanted], [], pass);
  if (result.failures.length > 0) return { ...found(true, now), ...failed(result.failures, pass) };
  const left = await remove(
    WAYS.filter((one) => one !== way),
    pass,
  );
  return { ...found(true, result.applied[0]?.object), ...(left.length === 0 ? {} : { leftover: failed(left, pass) }) };
}

/** Deletes leftovers of an exposure that the installation no longer allows; what it allows stays as it is. */
async function withoutForbidden(now: KubeObject | undefined, pass: Pass): Promise<AppliedExposure> {
  const { hosts } = pass.deps.expose;
  const off = WAYS.filter(
    ({ field, kind }) => !pass.deps.expose[field] || (now?.kind === kind.kind && !isAllowed(exposedHost(now), hosts)),
  );
  const failures = off.length === 0 ? [] : await remove(off, pass);
  if (failures.length > 0) return { ...found(true, now), ...failed(failures, pass) };
  return found(true, off.some(({ kind }) => kind.kind === now?.kind) ? undefined : now);
}

/**
 * The registry's own object that exposes it, from the stores: the one that its spec asks for or, with an unreadable or no spec, whichever exists. An object
 * that is being deleted does not count.
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

function apply(desired: readonly Desired[], prune: readonly Way[], { registry, served, deps, signal }: Pass): Promise<ApplySetResult> {
  return applySet(desired, {
    applier: deps.applier,
    live: liveChildren(deps.informers),
    prune: prune.map(({ kind }) => kind),
    owner: registry.object,
    labels: identityLabels(registry.name),
    inherit: served.inherit,
    signal,
  });
}

async function remove(ways: readonly Way[], pass: Pass): Promise<readonly ApplySetFailure[]> {
  const seen = ways.filter((way) => isVisible(way, pass.registry, pass.deps));
  return seen.length === 0 ? [] : (await apply([], seen, pass)).failures;
}

function failed(
  failures: readonly ApplySetFailure[],
  { registry, served }: Pass,
): Pick<AppliedExposure, 'failure' | 'error' | 'blockers' | 'namespaceEnds'> {
  const [first] = failures;
  if (first === undefined) return {};
  if (failures.some(({ error }) => isNamespaceTerminating(error))) return { namespaceEnds: true };
  const failure = failureOf(`${first.kind.kind}Failed`, first.error, registry, served.leftovers);
  if (failure.transient) return { failure, error: first.error };
  return { failure, blockers: failures.flatMap((one) => blockersOf(one, registry.namespace)) };
}

/** Pods of the previous template answer below the previous path, and at the root. */
function mayUsePath(path: string, now: KubeObject | undefined, { deployment, hasFailed }: Served): boolean {
  if (path === (now === undefined ? '/' : exposedPath(now))) return true;
  if (hasFailed || deployment === undefined) return false;
  const serves = (deployment.status?.availableReplicas ?? 0) > 0;
  return isComplete(deployment) || (now === undefined && !serves);
}
