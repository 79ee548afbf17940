import type { Applier } from '../apply/applier.ts';
import type { ApplySetFailure, ApplySetResult, LiveObjects } from '../apply/apply-set.ts';
import { applySet } from '../apply/apply-set.ts';
import { ownedBy } from '../apply/ownership.ts';
import type { ResourceKind } from '../client/kinds.ts';
import { apiVersionOf } from '../client/kinds.ts';
import type { ReconcileContext } from '../controller/types.ts';
import type { KubeObject, ObjectKey, ObjectMeta } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';

/** A desired object. What is left out follows from its kind and owner: apiVersion, kind, namespace, and the owner reference. */
export interface DesiredObject {
  readonly kind: ResourceKind;
  readonly object: Readonly<Record<string, unknown>> & { readonly metadata: Partial<ObjectMeta> & { readonly name: string } };
  /** Stages are applied in ascending order, each only when everything in earlier ones succeeded; default 0. */
  readonly stage?: number;
}

/** One reconcile: the object, and the operations for it. */
export interface ReconcileRequest<T extends KubeObject> extends ReconcileContext {
  /** Shared with the store: never change it. */
  readonly object: T;
  /**
   * Makes the object own exactly these objects: applies differences, and deletes what it owned before and no longer wants. Call it once per reconcile, with all
   * objects. Rejects when an object could not be reconciled; the others of its stage are.
   */
  readonly apply: (desired: readonly DesiredObject[]) => Promise<ApplySetResult>;
  /** Another object from the store, of a kind that the controller owns or watches. Throws for any other kind. */
  readonly get: (kind: ResourceKind, key: ObjectKey) => KubeObject | undefined;
  /** Writes the whole status if it changed: a field that is left out is removed. */
  readonly status: (status: object) => Promise<void>;
}

/** What the requests of a controller have in common. */
export interface RequestParts {
  readonly kind: ResourceKind;
  readonly applier: Applier;
  /** The kinds that it owns. */
  readonly owned: readonly LiveObjects[];
  /** All kinds that it watches. */
  readonly followed: readonly LiveObjects[];
}

/** Creates the request for one reconcile. */
export function createRequest<T extends KubeObject>(object: T, context: ReconcileContext, parts: RequestParts): ReconcileRequest<T> {
  const { kind, applier, owned, followed } = parts;
  const { signal } = context;
  let hasApplied = false;
  return {
    ...context,
    object,
    apply: async (desired) => {
      if (hasApplied)
        throw new TypeError('apply was called twice in one reconcile, and the second call would delete what the first one made');
      hasApplied = true;
      const set = desired.map((one) => ({ ...one, object: completed(one, object) }));
      const result = await applySet(set, { applier, live: owned, owner: object, signal });
      if (result.failures.length > 0) throw failureOf(result.failures);
      return result;
    },
    get: (wanted, key) => {
      const found = followed.filter(({ kind: other }) => other.plural === wanted.plural && other.group === wanted.group);
      if (found.length === 0) throw new TypeError(`${wanted.plural} are not followed; name them in owns() or watches()`);
      return found.map(({ store }) => store.get(key)).find((one) => one !== undefined);
    },
    status: async (status) => {
      await applier.applyStatus(kind, object, status, { signal });
    },
  };
}

function completed({ kind, object }: DesiredObject, owner: KubeObject): KubeObject {
  const { metadata, ...fields } = object;
  const { namespace } = owner.metadata;
  return {
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: { ...(namespace === undefined ? {} : { namespace }), ownerReferences: [ownedBy(owner)], ...metadata },
    ...fields,
  };
}

function failureOf(failures: readonly ApplySetFailure[]): unknown {
  const [first, ...others] = failures;
  if (first === undefined || others.length === 0) return first?.error;
  const sentences = failures.map(
    ({ kind, object, error }) => `${kind.kind} ${formatKey(keyOf(object))}: ${error instanceof Error ? error.message : String(error)}`,
  );
  return new AggregateError(
    failures.map(({ error }) => error),
    `${failures.length} objects could not be reconciled: ${sentences.join('; ')}`,
  );
}
