import type { LiveObjects } from '../apply/apply-set.ts';
import type { Applier } from '../apply/applier.ts';
import { addFinalizer, hasFinalizer, removeFinalizer } from '../apply/finalizers.ts';
import { forgetDeleted } from '../apply/forget.ts';
import type { ApiClient } from '../client/api-client.ts';
import type { ResourceKind } from '../client/kinds.ts';
import type { Clock } from '../clock.ts';
import type { Controller, ControllerOptions } from '../controller/controller.ts';
import { createController } from '../controller/controller.ts';
import { ignoreStatusChanges } from '../controller/predicates.ts';
import type { OwnedSource, Predicate, Reconcile, ReconcileResult, WatchedSource } from '../controller/types.ts';
import { watchSource } from '../controller/types.ts';
import type { Informer } from '../informer/informer.ts';
import type { Logger } from '../logger.ts';
import type { KubeObject, ObjectKey } from '../objects.ts';
import type { Tracer } from '../trace.ts';
import type { ReconcileRequest } from './request.ts';
import { createRequest } from './request.ts';

/** Which objects of a kind an informer holds. */
export type InformerSelection = Pick<FollowOptions<KubeObject>, 'labelSelector' | 'optional'>;

/** What a builder needs from the manager that runs its controller. */
export interface BuilderHost {
  readonly client: ApiClient;
  readonly applier: Applier;
  readonly logger: Logger;
  readonly tracer?: Tracer | undefined;
  readonly clock: Clock;
  /** An informer that the manager runs, the same one for the same kind and selector. */
  informer<T extends KubeObject>(kind: ResourceKind, select: InformerSelection): Informer<T>;
  add(controller: Controller): void;
}

/** How the controller works; see `ControllerOptions`. */
export type BuilderOptions = Partial<
  Pick<ControllerOptions, 'name' | 'predicate' | 'concurrency' | 'resyncMs' | 'maxBackoffMs' | 'needsLeadership'>
>;

/** Which objects of a kind to watch. */
export interface FollowOptions<T extends KubeObject> {
  /** Only those with these labels; without it all objects of the kind are held in memory. */
  readonly labelSelector?: string;
  /** The kind may be absent from the server, and come or go later: until then there are no objects. */
  readonly optional?: boolean;
  /** Which of their changes trigger a reconcile; default: all. */
  readonly predicate?: Predicate<T>;
}

/** What is done for an object. */
export type ReconcileObject<T extends KubeObject> = (request: ReconcileRequest<T>) => Promise<ReconcileResult>;

/** Builds a controller: which kind it reconciles, what that owns, what else matters. `reconcile` comes last. */
export class ControllerBuilder<T extends KubeObject> {
  readonly #host: BuilderHost;
  readonly #kind: ResourceKind;
  readonly #options: BuilderOptions;
  readonly #owns: (OwnedSource & { readonly informer: Informer })[] = [];
  readonly #watches: WatchedSource[] = [];
  readonly #watched: LiveObjects[] = [];
  #finalizer: { readonly name: string; readonly finalize: ReconcileObject<T> } | undefined;

  constructor(host: BuilderHost, kind: ResourceKind, options: BuilderOptions = {}) {
    this.#host = host;
    this.#kind = kind;
    this.#options = options;
  }

  /** A kind of objects that the reconciled ones own: a change of one reconciles its owner, and `apply` may apply and delete them. */
  owns(kind: ResourceKind, { predicate, ...select }: FollowOptions<KubeObject> = {}): this {
    this.#owns.push({ informer: this.#host.informer(kind, select), predicate });
    return this;
  }

  /** Another kind: a change of an object reconciles those whose keys `map` returns. */
  watches<W extends KubeObject>(
    kind: ResourceKind,
    map: (object: W) => readonly ObjectKey[],
    { predicate, ...select }: FollowOptions<W> = {},
  ): this {
    const informer = this.#host.informer<W>(kind, select);
    this.#watches.push(watchSource(informer, map, predicate));
    this.#watched.push(informer);
    return this;
  }

  /** For cleanup outside the cluster: the objects get this finalizer before they are reconciled, and a deleted one stays until `finalize` has resolved. */
  finalizes(name: string, finalize: ReconcileObject<T>): this {
    this.#finalizer = { name, finalize };
    return this;
  }

  /**
   * Adds the controller to the manager. `reconcile` is called for each object that exists and is not being deleted: what an object owns is deleted with it. It
   * should depend on the current state only; what it throws is logged, and the object is retried with backoff.
   */
  reconcile(reconcile: ReconcileObject<T>): Controller {
    const { applier, clock, logger, tracer } = this.#host;
    const primary = this.#host.informer<T>(this.#kind, {});
    const owned = this.#owns.map(({ informer }) => informer);
    forgetDeleted([primary, ...owned], applier);
    const controller = createController({
      name: this.#kind.kind.toLowerCase(),
      predicate: ignoreStatusChanges,
      ...this.#options,
      primary,
      owns: this.#owns,
      watches: this.#watches,
      reconcile: this.#pass(primary, owned, reconcile),
      logger,
      tracer,
      clock,
    });
    this.#host.add(controller);
    return controller;
  }

  #pass(primary: Informer<T>, owned: readonly Informer[], reconcile: ReconcileObject<T>): Reconcile {
    const { client, applier } = this.#host;
    const kind = this.#kind;
    const finalizer = this.#finalizer;
    const followed = [primary, ...owned, ...this.#watched];
    return async (key, context) => {
      const found = primary.store.get(key);
      if (found === undefined) return undefined;
      const request = (object: T): ReconcileRequest<T> => createRequest(object, context, { kind, applier, owned, followed });
      const { signal } = context;
      if (found.metadata.deletionTimestamp === undefined) {
        const object = finalizer === undefined ? found : await addFinalizer(client, kind, found, finalizer.name, { signal });
        return reconcile(request(object));
      }
      if (finalizer === undefined || !hasFinalizer(found, finalizer.name)) return undefined;
      const result = await finalizer.finalize(request(found));
      // Not finished: it says when to try again.
      if (result?.requeueAfterMs !== undefined) return result;
      await removeFinalizer(client, kind, found, finalizer.name, { signal });
      return undefined;
    };
  }
}
