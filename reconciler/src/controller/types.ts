import type { ResourceKind } from '../client/kinds.ts';
import type { InformerEvent } from '../informer/events.ts';
import type { Informer } from '../informer/informer.ts';
import type { Logger } from '../logger.ts';
import type { KubeObject, ObjectKey } from '../objects.ts';
import type { QueueObserver } from '../queue/work-queue.ts';

/** What a reconcile gets besides the key. */
export interface ReconcileContext {
  /** Aborted when the manager's grace period is over, and when this process no longer leads. Pass it to every call. */
  readonly signal: AbortSignal;
  /** Adds controller, object and reconcileId to each line. */
  readonly logger: Logger;
  /** Unique per call. */
  readonly reconcileId: string;
  /** Failures in a row before this call. */
  readonly failures: number;
}

/** Nothing: done. With `requeueAfterMs`: done, and reconcile again after that time. */
export type ReconcileResult = { readonly requeueAfterMs?: number | undefined } | undefined | void;

/** Reconciles the world with the object, based on its current state only. */
export type Reconcile = (key: ObjectKey, context: ReconcileContext) => Promise<ReconcileResult>;

/** Which changes trigger a reconcile; false drops the event. */
export type Predicate<T extends KubeObject = KubeObject> = (event: InformerEvent<T>) => boolean;

/** The part of an informer that a controller uses. Any informer fits, whatever its objects. */
export interface EventSource {
  readonly kind: ResourceKind;
  readonly hasSynced: boolean;
  /** Since when its store is known to lag behind the server, by the clock's `monotonic`; undefined: it does not. */
  readonly behindSince?: number | undefined;
  waitForSync(signal: AbortSignal): Promise<void>;
  /** Resolves when the store is not known to lag behind. */
  whenCurrent?(signal: AbortSignal): Promise<void>;
  onEvent(listener: (event: InformerEvent<KubeObject>) => void): () => void;
}

/** A kind that the primary objects own: a change of an owned object reconciles its owner. */
export interface OwnedSource {
  readonly informer: EventSource;
  readonly predicate?: Predicate | undefined;
}

/** Another kind, with a function that maps an object to the primary objects it concerns. */
export interface WatchedSource {
  readonly informer: EventSource;
  readonly map: (object: KubeObject) => readonly ObjectKey[];
  readonly predicate?: Predicate | undefined;
}

/** How a reconcile ended; `requeue`: after a conflict that a newer store is likely to explain. */
export type ReconcileOutcome = 'success' | 'requeue' | 'requeue_after' | 'error' | 'terminal_error';

/** Called for each reconcile. */
export interface ControllerObserver {
  /** The controller started, with so many workers; `unfinished` reports running work at the moment of the call. */
  started(workers: number, unfinished: () => { readonly seconds: number; readonly longestSeconds: number }): void;
  active(workers: number): void;
  reconciled(outcome: ReconcileOutcome, seconds: number): void;
  readonly queue: QueueObserver;
}

/** Binds a mapping to the type of its informer's objects. */
export function watchSource<T extends KubeObject>(
  informer: Informer<T>,
  map: (object: T) => readonly ObjectKey[],
  predicate?: Predicate<T>,
): WatchedSource {
  return { informer, map: map as WatchedSource['map'], predicate: predicate as Predicate | undefined };
}
