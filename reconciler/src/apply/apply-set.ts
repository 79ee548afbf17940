import type { ResourceKind } from '../client/kinds.ts';
import type { ReadableStore } from '../informer/store.ts';
import type { KubeObject } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';
import type { Applier } from './applier.ts';
import type { Owner } from './ownership.ts';
import { hasLabels, isAppliedBy, isControlledBy } from './ownership.ts';

/** An object that is to be there, as it is applied. */
export interface Desired<T extends KubeObject = KubeObject> {
  readonly kind: ResourceKind;
  readonly object: T;
  /** Stages are applied in ascending order, each only when everything of those before succeeded; default 0. */
  readonly stage?: number;
}

/** What the cluster has of one kind. Any informer fits. */
export interface LiveObjects {
  readonly kind: ResourceKind;
  readonly store: Pick<ReadableStore<KubeObject>, 'get' | 'list'>;
}

/** Whose objects are brought in line, and what with. */
export interface ApplySetOptions {
  readonly applier: Pick<Applier, 'applyIfNeeded' | 'deleteIfOurs' | 'fieldManager'>;
  /** All kinds that the set may have. Of any other kind nothing is applied, and nothing is deleted. */
  readonly live: readonly LiveObjects[];
  /** The kinds of which objects that are not desired are deleted, which takes the right to do so; default: all that are live. */
  readonly prune?: readonly ResourceKind[] | undefined;
  /** Controls every object of the set. */
  readonly owner: Owner & { readonly metadata: { readonly namespace?: string } };
  /**
   * Labels that every object of the set has, and no object of another set; at least one. Without: objects are known by their owner and our field
   * manager, and one that lost its owner is neither taken back nor deleted.
   */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Take over what an earlier owner of the same kind and name has left behind; default: that is a failure with `NotOurs`. */
  readonly inherit?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** An object that was brought in line. */
export interface AppliedObject {
  readonly desired: Desired;
  /** As the server has it now, or as the store has it where nothing was to be written. */
  readonly object: KubeObject;
  /** Whether it was written. */
  readonly written: boolean;
}

/** An object that could not be brought in line, or not be deleted. */
export interface ApplySetFailure {
  readonly kind: ResourceKind;
  readonly object: KubeObject;
  readonly error: unknown;
}

/** What an apply of a set came to. */
export interface ApplySetResult {
  readonly applied: readonly AppliedObject[];
  /** What was deleted because it is not desired any more. */
  readonly pruned: readonly KubeObject[];
  /** In the order in which the objects are desired, those that are not desired last; empty: all is as it should be. */
  readonly failures: readonly ApplySetFailure[];
}

type Attempt = { readonly applied: AppliedObject } | { readonly pruned: KubeObject | undefined } | { readonly failure: ApplySetFailure };

/**
 * Makes the objects of one owner be what is desired: applies what differs, and deletes what the owner has of these kinds and does not want any
 * more. Deleted is only what has the set's labels and is controlled by this very owner, or is an orphan of the set that we applied; with the
 * first stage, so that what is not wanted is gone before later stages. One object's failure keeps no other of its stage from being brought in
 * line, and is answered instead of thrown. Throws the signal's reason once that is aborted.
 */
export async function applySet(desired: readonly Desired[], options: ApplySetOptions): Promise<ApplySetResult> {
  // With none of them every orphan that we ever applied would be one of the set.
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

/** Objects of the set that are not desired. Whether they are this owner's is judged again when they are deleted. */
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
      // An object in a namespace can own nothing outside of it.
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
