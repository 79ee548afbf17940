import { randomUUID } from 'node:crypto';
import { isConflict } from '../client/errors.ts';
import { groupOf, type ResourceKind } from '../client/kinds.ts';
import { sleep, systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { InformerEvent } from '../informer/events.ts';
import type { Logger } from '../logger.ts';
import { stderrLogger, withFields } from '../logger.ts';
import type { KubeObject, ObjectKey } from '../objects.ts';
import { formatKey, keyOf, parseKey } from '../objects.ts';
import { NotLeading } from '../leadership/guard.ts';
import type { LeadershipChange } from '../leadership/types.ts';
import { PRIORITY, WorkQueue } from '../queue/work-queue.ts';
import type { Tracer } from '../trace.ts';
import { inSpan } from '../trace.ts';
import { RequeueAfter, TerminalError } from './errors.ts';
import type { ControllerObserver, EventSource, OwnedSource, Predicate, Reconcile, ReconcileOutcome, WatchedSource } from './types.ts';

/** What a controller is made of. */
export interface ControllerOptions {
  /** Names the controller in logs and metrics. */
  readonly name: string;
  /** The kind whose objects are reconciled. */
  readonly primary: EventSource;
  readonly predicate?: Predicate | undefined;
  readonly owns?: readonly (EventSource | OwnedSource)[];
  readonly watches?: readonly WatchedSource[];
  readonly reconcile: Reconcile;
  /** False: it works in every process, whichever leads, so two may do its work at once without harm; default true. */
  readonly needsLeadership?: boolean;
  /** Objects reconciled concurrently; default 4. One object is never reconciled twice at a time. */
  readonly concurrency?: number;
  /** A successful object is reconciled again after about this time even if nothing changed; default 10 hours. 0: never. */
  readonly resyncMs?: number;
  /** Longest backoff after consecutive failures in milliseconds; default 1,000,000, as in controller-runtime. */
  readonly maxBackoffMs?: number;
  readonly logger?: Logger;
  /** Each reconcile becomes a span of it; default: no tracing. */
  readonly tracer?: Tracer | undefined;
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly newId?: () => string;
}

/** Whether objects of a namespace may be reconciled now. */
export type Leads = (namespace: string) => boolean;

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_RESYNC_MS = 10 * 3600 * 1000;
/** How long reconciles wait for stores that lag behind before they proceed anyway: what is down for longer may be down for a day. */
const MAX_BEHIND_MS = 60_000;
/** Conflicts in a row that are not worth reporting: by then the store has shown the competing change. */
const QUIET_CONFLICTS = 3;

/** Creates a controller; give it to a `Manager`, or run it with `start` and `stop`. */
export function createController(options: ControllerOptions): Controller {
  return new Controller(options);
}

/** Turns events into keys and keys into calls of `reconcile`, with backoff for those that fail. */
export class Controller {
  readonly name: string;
  readonly #options: ControllerOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #logger: Logger;
  /** The grace period of running reconciles is over. */
  #isGraceOver = false;
  /** Aborted when no more work may start. */
  readonly #stopping = new AbortController();
  #queue: WorkQueue | undefined;
  #observe: ControllerObserver | undefined;
  #leads: Leads = () => true;
  /** Keys that were enqueued while this process did not lead. */
  readonly #unled = new Set<string>();
  /** Running reconciles, each with its abort controller. */
  readonly #running = new Map<string, AbortController>();
  #unlisten: (() => void)[] = [];
  #workers: Promise<void>[] = [];

  constructor(options: ControllerOptions) {
    this.name = options.name;
    this.#options = options;
    this.#clock = options.clock ?? systemClock();
    this.#random = options.random ?? Math.random;
    this.#logger = withFields(options.logger ?? stderrLogger(), { controller: options.name });
  }

  /** Whether it works only in the process that leads. */
  get needsLeadership(): boolean {
    return this.#options.needsLeadership ?? true;
  }

  /** All informers that this controller listens to. */
  get sources(): EventSource[] {
    const { primary, owns = [], watches = [] } = this.#options;
    return [primary, ...owns.map((entry) => ownedSource(entry).informer), ...watches.map(({ informer }) => informer)];
  }

  /**
   * Starts working once all informers have synced: a reconcile must not see an incomplete world. Works only on objects of namespaces for which `leads` holds at
   * the moment.
   */
  async start(signal: AbortSignal, observe?: ControllerObserver, leads?: Leads): Promise<void> {
    if (this.#queue !== undefined) throw new Error(`controller ${this.name} was started already`);
    const { maxBackoffMs } = this.#options;
    const queue = new WorkQueue({ clock: this.#clock, observe: observe?.queue, ...(maxBackoffMs === undefined ? {} : { maxBackoffMs }) });
    this.#queue = queue;
    this.#observe = observe;
    if (leads !== undefined) this.#leads = leads;
    await Promise.all(this.sources.map((source) => source.waitForSync(signal)));
    // stop() may have been called meanwhile.
    if (signal.aborted || queue.isShutDown) return;
    addAll(queue, this.#listen(queue));
    const workers = this.#options.concurrency ?? DEFAULT_CONCURRENCY;
    observe?.started(workers, () => queue.unfinished);
    this.#logger.info({ workers }, 'controller started');
    this.#workers = Array.from({ length: workers }, () => this.#work(queue));
  }

  /** Enqueues an object for a reason outside of any watch: a poll, a timer. */
  enqueue(key: ObjectKey, afterMs = 0): void {
    this.#queue?.addAfter(formatKey(key), afterMs);
  }

  /** Call it when `leads` changes: running reconciles are aborted where it no longer holds; where it newly holds, everything is reconciled. */
  leadershipChanged(change: LeadershipChange): void {
    const queue = this.#queue;
    if (queue === undefined || this.#unlisten.length === 0) return;
    if (change === 'lost') {
      for (const [key, abort] of this.#running)
        if (!this.#leads(parseKey(key).namespace)) abort.abort(new Error('this process is no longer the leader'));
      return;
    }
    this.#stopListening();
    // Including those deleted meanwhile, which no informer reports again.
    const keys = this.#listen(queue).union(this.#unled);
    this.#unled.clear();
    addAll(queue, keys);
  }

  /** Accepts no more work. Running reconciles have `graceMs` milliseconds to finish; then their signal is aborted. */
  async stop(graceMs: number): Promise<void> {
    this.#stopListening();
    const queue = this.#queue;
    if (queue === undefined) return;
    queue.shutDown();
    this.#stopping.abort(new Error('the manager is stopping'));
    const cancel = this.#clock.after(graceMs, () => {
      this.#logger.warn({ active: queue.active, graceMs }, 'reconciles are still running after the grace period; aborting them');
      this.#isGraceOver = true;
      for (const abort of this.#running.values()) abort.abort(new Error('the manager is stopping'));
    });
    await queue.whenIdle();
    cancel();
    await Promise.all(this.#workers);
  }

  #stopListening(): void {
    for (const unlisten of this.#unlisten) unlisten();
    this.#unlisten = [];
  }

  /** Enqueues changes from now on. Returns the keys of existing objects, each once however many informers know it. */
  #listen(queue: WorkQueue): Set<string> {
    const { primary, predicate, owns = [], watches = [] } = this.#options;
    const present = new Set<string>();
    let isPresent = true;
    const listen = (source: EventSource, passes: Predicate | undefined, keysOf: (object: KubeObject) => readonly ObjectKey[]): void => {
      const onEvent = (event: InformerEvent<KubeObject>): void => {
        if (passes !== undefined && !passes(event)) return;
        const keys = new Set(keysOf(event.object).map(formatKey));
        // What no longer points here may still have left effects here.
        if (event.type === 'update') for (const key of keysOf(event.old)) keys.add(formatKey(key));
        for (const key of keys) {
          if (isPresent) present.add(key);
          else queue.add(key);
        }
      };
      this.#unlisten.push(source.onEvent(onEvent));
    };
    listen(primary, predicate, (object) => [keyOf(object)]);
    for (const entry of owns) {
      const { informer, predicate: passes } = ownedSource(entry);
      listen(informer, passes, (object) => ownerKeys(object, primary.kind));
    }
    for (const { informer, map, predicate: passes } of watches) listen(informer, passes, map);
    isPresent = false;
    return present;
  }

  async #work(queue: WorkQueue): Promise<void> {
    for (let key = await queue.take(); key !== undefined; key = await queue.take()) {
      if (!(await this.#untilCurrent()) || !this.#leads(parseKey(key).namespace)) {
        this.#unled.add(key);
        queue.forget(key);
        queue.done(key);
        continue;
      }
      this.#observe?.active(queue.active);
      const started = this.#clock.now();
      let outcome: ReconcileOutcome = 'error';
      try {
        outcome = await this.#reconcile(queue, key);
      } catch (error) {
        // Only a bug in this loop or in a logger ends up here; nobody would notice a worker that died.
        queue.addRateLimited(key);
        this.#logger.error({ err: error, key }, 'the controller itself failed');
      } finally {
        queue.done(key);
        this.#observe?.active(queue.active);
        this.#observe?.reconciled(outcome, (this.#clock.now() - started) / 1000);
      }
    }
  }

  /**
   * Waits for stores that lag behind: a reconcile that sees only half of what an outage has hidden would do things and undo them. False: the controller is
   * stopping.
   */
  async #untilCurrent(): Promise<boolean> {
    for (const source of this.sources) {
      const { behindSince } = source;
      const patienceMs = behindSince === undefined ? 0 : behindSince + MAX_BEHIND_MS - this.#clock.monotonic();
      if (patienceMs <= 0 || source.whenCurrent === undefined) continue;
      const done = new AbortController();
      const signal = AbortSignal.any([done.signal, this.#stopping.signal]);
      const waits = [source.whenCurrent(signal), sleep(this.#clock, patienceMs, signal)];
      await Promise.race(waits).catch(() => undefined);
      done.abort();
      await Promise.allSettled(waits);
    }
    return !this.#stopping.signal.aborted;
  }

  async #reconcile(queue: WorkQueue, text: string): Promise<ReconcileOutcome> {
    const key = parseKey(text);
    const reconcileId = (this.#options.newId ?? randomUUID)();
    const logger = withFields(this.#logger, { ...key, reconcileId });
    const failures = queue.failures(text);
    const abort = new AbortController();
    const { signal } = abort;
    this.#running.set(text, abort);
    const about = {
      'k8s.namespace.name': key.namespace,
      'k8s.object.name': key.name,
      'reconcile.id': reconcileId,
      'reconcile.failures': failures,
    };
    try {
      const result = await inSpan(
        this.#options.tracer,
        `reconcile ${this.name}`,
        about,
        () => this.#options.reconcile(key, { signal, logger, reconcileId, failures }),
        isFailure,
      );
      queue.forget(text);
      if (result?.requeueAfterMs === undefined) {
        this.#resync(queue, text);
        return 'success';
      }
      queue.addAfter(text, result.requeueAfterMs);
      return 'requeue_after';
    } catch (error) {
      if (error instanceof RequeueAfter) {
        queue.forget(text);
        queue.addAfter(text, error.ms);
        logger.debug({ afterMs: error.ms, reason: error.message }, 'reconcile asked to run again');
        return 'requeue_after';
      }
      if (error instanceof TerminalError) {
        queue.forget(text);
        logger.error({ err: error }, 'reconcile failed permanently; only a change helps');
        return 'terminal_error';
      }
      const retryInMs = queue.addRateLimited(text);
      // Failures while stopping are our own doing, and not worth reporting.
      if (this.#isGraceOver) {
        logger.info({ err: error }, 'reconcile was aborted');
        return 'error';
      }
      if (isOnly(error, (one) => one instanceof NotLeading) || signal.aborted) {
        this.#unled.add(text);
        logger.debug({ err: error }, 'this process is no longer the leader');
        return 'requeue';
      }
      if (isOnly(error, isConflict) && queue.failures(text) <= QUIET_CONFLICTS) {
        logger.debug({ err: error, retryInMs }, 'the object has changed meanwhile; retrying');
        return 'requeue';
      }
      logger.error({ err: error, retryInMs, failures: queue.failures(text) }, 'reconcile failed');
      return 'error';
    } finally {
      this.#running.delete(text);
    }
  }

  #resync(queue: WorkQueue, key: string): void {
    const resyncMs = this.#options.resyncMs ?? DEFAULT_RESYNC_MS;
    if (resyncMs > 0) queue.addAfter(key, resyncMs * (0.9 + 0.2 * this.#random()), PRIORITY.low);
  }
}

/** At a start, existing objects have most likely been reconciled before. */
function addAll(queue: WorkQueue, keys: ReadonlySet<string>): void {
  for (const key of keys) queue.add(key, PRIORITY.low);
}

/** Whether all errors are of one sort. */
function isOnly(error: unknown, isSort: (error: unknown) => boolean): boolean {
  return error instanceof AggregateError ? error.errors.every(isSort) : isSort(error);
}

/** Whether a reconcile that threw this has failed. */
function isFailure(error: unknown): boolean {
  return !(error instanceof RequeueAfter) && !isOnly(error, (one) => one instanceof NotLeading);
}

/** The primary object that controls this one, if it is of the primary kind. */
export function ownerKeys(object: KubeObject, kind: ResourceKind): ObjectKey[] {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller);
  if (owner === undefined || owner.kind !== kind.kind) return [];
  // The version may differ: an owner created through v1alpha1 is the same in v1beta1.
  if (groupOf(owner.apiVersion) !== kind.group) return [];
  return [{ namespace: kind.namespaced ? (object.metadata.namespace ?? '') : '', name: owner.name }];
}

function ownedSource(entry: EventSource | OwnedSource): OwnedSource {
  return 'informer' in entry ? entry : { informer: entry };
}
