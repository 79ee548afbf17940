import type { ResourceKind } from '../client/kinds.ts';
import type { ReadableStore } from '../informer/store.ts';
import type { KubeObject } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';
import type { Applier } from './applier.ts';
import type { Owner } from './ownership.ts';
import { hasLabels, isAppliedBy, isControlledBy } from './ownership.ts';

/** A desired object, as it is applied. */
export interface Desired<T extends KubeObject = KubeObject> {
  readonly kind: ResourceKind;
  readonly object: T;
  /** Stages are applied in ascending order, each only when everything in earlier ones succeeded; default 0. */
  readonly stage?: number;
}

/** The live objects of one kind. Any informer fits. */
export interface LiveObjects {
  readonly kind: ResourceKind;
  readonly store: Pick<ReadableStore<KubeObject>, 'get' | 'list'>;
}

/** Whose objects are reconciled, and with what. */
export interface ApplySetOptions {
  readonly applier: Pick<Applier, 'applyIfNeeded' | 'deleteIfOurs' | 'fieldManager'>;
  /** All kinds that the set may have. Nothing of any other kind is applied or deleted. */
  readonly live: readonly LiveObjects[];
  /** The kinds of which objects that are no longer desired are deleted, which needs permission to delete; default: all in `live`. */
  readonly prune?: readonly ResourceKind[] | undefined;
  /** Controls every object of the set. */
  readonly owner: Owner & { readonly metadata: { readonly namespace?: string } };
  /**
   * Labels that every object of the set has, and no object of another set; at least one. Without it objects are identified by owner and field manager, and one
   * that lost its owner is neither taken back nor deleted.
   */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Take over what an earlier owner of the same kind and name left behind; default: that fails with `NotOurs`. */
  readonly inherit?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** An object that was reconciled. */
export interface AppliedObject {
  readonly desired: Desired;
  /** As the server returned it, or as in the store if nothing had to be written. */
  readonly object: KubeObject;
  /** Whether it was written. */
  readonly written: boolean;
}

/** An object that could not be reconciled, or could not be deleted. */
export interface ApplySetFailure {
  readonly kind: ResourceKind;
  readonly object: KubeObject;
  readonly error: unknown;
}

/** The result of applying a set. */
export interface ApplySetResult {
  readonly applied: readonly AppliedObject[];
  /** What was deleted because it is no longer desired. */
  readonly pruned: readonly KubeObject[];
  /** In the order of the desired objects, followed by those that are not desired; empty: everything succeeded. */
  readonly failures: readonly ApplySetFailure[];
}

type Attempt = { readonly applied: AppliedObject } | { readonly pruned: KubeObject | undefined } | { readonly failure: ApplySetFailure };

/**
 * Makes the objects of one owner match the desired ones: applies differences, and deletes objects of these kinds that the owner has and no longer wants. Only
 * objects are deleted that have the set's labels and are controlled by this very owner, or are orphans of the set that we applied; that happens with the first
 * stage, so that unwanted objects are gone before later stages. A failure of one object does not stop others of its stage, and is returned instead of thrown.
 * Throws the signal's reason once that is aborted.
 */
export async function applySet(desired: readonly Desired[], options: ApplySetOptions): Promise<ApplySetResult> {
  // Without labels every orphan that we ever applied would be part of the set.
  if (options.labels !== undefined && Object.keys(options.labels).length === 0)
    throw new TypeError('a set of objects needs labels that tell them from all others');
  for (const { kind } of desired) storeOf(kind, options);
  const attempts: Attempt[] = [];
  for (const [index, objects] of stagesOf(desired).entries()) {
    const leftovers = index === 0 ? unwanted(desired, options) : [];
    const results = await Promise.all([
      ...objects.map((one) => apply(one, options)),
      ...leftovers.map(({ kind, object }) => prune(kind, object, options)),
    ]);
    attempts.push(...results);
    if (results.some((result) => 'failure' in result)) break;
  }
  return {
    applied: attempts.flatMap((attempt) => ('applied' in attempt ? attempt.applied : [])),
    pruned: attempts.flatMap((attempt) => ('pruned' in attempt ? (attempt.pruned ?? []) : [])),
    failures: attempts.flatMap((attempt) => ('failure' in attempt ? attempt.failure : [])),
  };
}

/** The objects by stage, in order. There is a first stage even if nothing is desired. */
function stagesOf(desired: readonly Desired[]): Desired[][] {
  const stages = Map.groupBy(desired, ({ stage = 0 }) => stage);
  return stages.size === 0 ? [[]] : [...stages].toSorted(([one], [other]) => one - other).map(([, objects]) => objects);
}

function apply(desired: Desired, options: ApplySetOptions): Promise<Attempt> {
  const { applier, owner, labels, inherit, signal } = options;
  const { kind, object } = desired;
  return attempt(kind, object, signal, async () => {
    const live = storeOf(kind, options).get(keyOf(object));
    const result = await applier.applyIfNeeded(kind, object, live, { owner, ...adoptable(labels), inherit, signal });
    return { applied: { desired, object: result.object, written: result.written } };
  });
}

function prune(kind: ResourceKind, object: KubeObject, { applier, owner, labels, inherit, signal }: ApplySetOptions): Promise<Attempt> {
  return attempt(kind, object, signal, async () => {
    const isDeleted = await applier.deleteIfOurs(kind, object, { owner, ...adoptable(labels), inherit, signal });
    return { pruned: isDeleted ? object : undefined };
  });
}

async function attempt(kind: ResourceKind, object: KubeObject, signal: AbortSignal, write: () => Promise<Attempt>): Promise<Attempt> {
  try {
    return await write();
  } catch (error) {
    if (signal.aborted) throw error;
    return { failure: { kind, object, error } };
  }
}

function adoptable(labels: ApplySetOptions['labels']): { readonly adopt?: Readonly<Record<string, string>> } {
  return labels === undefined ? {} : { adopt: labels };
}

/** Objects of the set that are not desired. Ownership is checked again when they are deleted. */
function unwanted(
  desired: readonly Desired[],
  { applier, live, prune: kinds, owner, labels }: ApplySetOptions,
): { kind: ResourceKind; object: KubeObject }[] {
  const isOfSet = (object: KubeObject): boolean =>
    labels === undefined ? isControlledBy(object, owner) && isAppliedBy(object, applier.fieldManager) : hasLabels(object, labels);
  const wanted = new Set(desired.map(({ kind, object }) => identity(kind, object)));
  const pruned = kinds === undefined ? live : live.filter(({ kind }) => kinds.some((other) => isSameKind(kind, other)));
  return pruned.flatMap(({ kind, store }) =>
    store
      // A namespaced object cannot own anything outside its namespace.
      .list(owner.metadata.namespace)
      .filter((object) => isOfSet(object) && !wanted.has(identity(kind, object)))
      .map((object) => ({ kind, object })),
  );
}

function storeOf(kind: ResourceKind, { live }: ApplySetOptions): LiveObjects['store'] {
  const found = live.find((one) => isSameKind(one.kind, kind));
  if (found === undefined) throw new TypeError(`${kind.plural} are desired but not watched: one that is not wanted any more would stay`);
  return found.store;
}

function isSameKind(one: ResourceKind, other: ResourceKind): boolean {
  return one.group === other.group && one.plural === other.plural;
}

function identity({ group, plural }: ResourceKind, object: KubeObject): string {
  return `${plural}.${group} ${formatKey(keyOf(object))}`;
}
