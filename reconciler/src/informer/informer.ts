import type { ApiClient } from '../client/api-client.ts';
import { isOutage } from '../client/errors.ts';
import type { ResourceKind } from '../client/kinds.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { stderrLogger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';
import { Sharing } from '../sharing.ts';
import type { InformerEvent, InformerListener } from './events.ts';
import { Listeners } from './events.ts';
import { Freshness } from './freshness.ts';
import type { AccessListener } from './namespace-access.ts';
import { NamespaceAccess } from './namespace-access.ts';
import type { Gate, InformerStats, ReflectorTarget, ReflectorTimes } from './reflector-options.ts';
import { Reflector } from './reflector.ts';
import type { IndexFunction, ReadableStore } from './store.ts';
import { Store } from './store.ts';

/** What to watch. */
export interface InformerOptions<T extends KubeObject> extends Partial<ReflectorTimes> {
  readonly client: ApiClient;
  readonly kind: ResourceKind;
  /**
   * Only these namespaces, with one list and watch each; without it, or empty: all. A namespace that the server forbids (403) does not affect the others: it
   * counts as listed with what was known of it, and is retried with the usual backoff; see `accessError`. If one watch covers all namespaces, a refusal keeps
   * the informer from syncing, unless `tolerateForbidden` is set.
   */
  readonly namespaces?: readonly string[] | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Only `metadata` is fetched and stored. */
  readonly metadataOnly?: boolean;
  /**
   * The program can do without the kind. If one watch covers all namespaces, a refusal (403) is then treated like that of a namespace: nothing waits for it,
   * and `accessError` reports it for every namespace.
   */
  readonly tolerateForbidden?: boolean;
  /** The kind may be absent from the server: then there are no objects and no error, and it is looked for from time to time. */
  readonly optional?: boolean;
  /**
   * For optional kinds: asked before each list and each watch, once for each watched namespace. While it returns false the kind counts as absent, and the store
   * is emptied at once: listeners get deletes, although the objects may still exist. When it returns true again everything is listed again. If it throws, that
   * counts as a failed list. It is meant for a kind that may be somebody else's: the CRD of that name can belong to another product, whose objects must not be
   * touched. It may return the version in which the kind is served, for a kind whose versions come and go.
   */
  readonly gate?: Gate | undefined;
  readonly indexes?: Readonly<Record<string, IndexFunction<T>>>;
  /** Changes an object before it is stored, to keep less of it. The result may contain parts of the object, but of no other object. */
  readonly transform?: (object: T) => T;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** A copy of all objects of a kind, kept up to date by list and watch, which reports each change. Survives every fault of the server. */
export class Informer<T extends KubeObject = KubeObject> {
  readonly kind: ResourceKind;
  readonly stats: InformerStats = {
    lists: 0,
    watches: 0,
    events: 0,
    bookmarks: 0,
    repeats: 0,
    errors: 0,
    relists: 0,
    silences: 0,
    watchLists: 0,
  };
  readonly #store = new Store<T>();
  readonly #sharing = new Sharing<T>();
  readonly #listeners: Listeners<T>;
  readonly #options: InformerOptions<T>;
  readonly #unsynced: Set<string>;
  readonly #failing = new Map<string, unknown>();
  readonly #freshness: Freshness;
  readonly #access: NamespaceAccess;
  readonly #absences = new Map<string, number>();
  #syncWaiters: (() => void)[] = [];

  constructor(options: InformerOptions<T>) {
    // A required kind cannot count as absent.
    if (options.gate !== undefined && options.optional !== true)
      throw new TypeError(`${options.kind.plural} have a gate and are not optional`);
    this.#options = options;
    this.kind = options.kind;
    const logger = options.logger ?? stderrLogger();
    this.#listeners = new Listeners(logger);
    this.#access = new NamespaceAccess(options.kind, logger);
    for (const [name, values] of Object.entries(options.indexes ?? {})) this.#store.addIndex(name, values);
    this.#unsynced = new Set(this.#scopes());
    this.#freshness = new Freshness(options.clock ?? systemClock());
  }

  get store(): ReadableStore<T> {
    return this.#store;
  }

  /** Whether the store was complete once. An absent optional kind counts as synced without objects, and so does a forbidden namespace. */
  get hasSynced(): boolean {
    return this.#unsynced.size === 0;
  }

  /** Why a list or watch is not running at the moment; undefined when all are, except those of forbidden namespaces. */
  get lastError(): unknown {
    return this.#failing.values().next().value;
  }

  /** Why one of the `namespaces` may not be listed or watched, as long as the server refuses; undefined: it may. */
  accessError(namespace: string): unknown {
    return this.#access.error(namespace) ?? this.#access.error('');
  }

  /**
   * Reports each of the `namespaces` in which a refusal begins or ends from now on; the empty string stands for all. Returns a function that removes the
   * listener.
   */
  onAccessChange(listener: AccessListener): () => void {
    return this.#access.onChange(listener);
  }

  /** Since when the store is known to lag behind the server, by the clock's `monotonic`; undefined: it does not. */
  get behindSince(): number | undefined {
    return this.#freshness.behindSince;
  }

  /** Resolves when the store is not known to lag behind the server. Rejects with the signal's reason. */
  whenCurrent(signal: AbortSignal): Promise<void> {
    return this.#freshness.whenCurrent(signal);
  }

  /** False while an optional kind is known to be absent, or its gate is closed. */
  get present(): boolean {
    return this.#absences.size === 0;
  }

  /** Adds an index; see `Store.addIndex`. */
  addIndex(index: string, values: IndexFunction<T>): void {
    this.#store.addIndex(index, values);
  }

  /** Reports each change from now on, and existing objects as adds. Returns a function that removes the listener. */
  onEvent(listener: InformerListener<T>): () => void {
    const remove = this.#listeners.add(listener);
    for (const object of this.#store.list()) this.#listeners.deliver(listener, { type: 'add', object });
    return remove;
  }

  /** Resolves once `hasSynced`; rejects with the signal's reason. */
  waitForSync(signal: AbortSignal): Promise<void> {
    if (this.hasSynced) return Promise.resolve();
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = (): void => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#syncWaiters.push(() => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
    });
  }

  /** Lists and watches until the signal is aborted; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { client, kind, labelSelector, fieldSelector, metadataOnly, optional, gate, logger, clock, random } = this.#options;
    await Promise.all(
      this.#scopes().map((scope) =>
        new Reflector<T>({
          client,
          kind,
          select: { namespace: scope === '' ? undefined : scope, labelSelector, fieldSelector, metadataOnly },
          optional: optional ?? false,
          tolerateForbidden: scope !== '' || this.#options.tolerateForbidden === true,
          gate,
          times: {
            minBackoffMs: this.#options.minBackoffMs ?? 800,
            maxBackoffMs: this.#options.maxBackoffMs ?? 30_000,
            silenceLimitMs: this.#options.silenceLimitMs ?? 70_000,
            optionalRetryMs: this.#options.optionalRetryMs ?? 30_000,
            initialEventsLimitMs: this.#options.initialEventsLimitMs ?? 30_000,
          },
          target: this.#target(scope),
          stats: this.stats,
          logger: logger ?? stderrLogger(),
          clock: clock ?? systemClock(),
          random: random ?? Math.random,
        }).run(signal),
      ),
    );
  }

  /** One per reflector: a namespace, or the empty string for all. */
  #scopes(): string[] {
    const namespaces = this.#options.kind.namespaced ? (this.#options.namespaces ?? []) : [];
    return namespaces.length === 0 ? [''] : [...new Set(namespaces)];
  }

  #target(scope: string): ReflectorTarget<T> {
    return {
      prepare: (received) => {
        const object = this.#options.transform?.(received) ?? received;
        return this.#sharing.object(object, this.#store.get(keyOf(object)));
      },
      replace: (items) => {
        this.#absences.delete(scope);
        this.#failing.delete(scope);
        this.#replace(scope, items);
        this.#freshness.current(scope);
        this.#synced(scope);
      },
      apply: (type, object) => (type === 'DELETED' ? this.#remove(object) : this.#put(object)),
      absent: (isCertain) => {
        const times = (this.#absences.get(scope) ?? 0) + 1;
        this.#absences.set(scope, times);
        this.#failing.delete(scope);
        this.#freshness.current(scope);
        // A server that is just starting may deny a kind that it has. Only the second time our objects count as deleted.
        if (isCertain || times > 1) this.#replace(scope, []);
        this.#synced(scope);
        this.#access.allowed(scope);
      },
      failed: (error) => {
        this.#failing.set(scope, error);
        // What was refused stays refused until somebody changes a permission: that alone is no reason to wait.
        if (isOutage(error)) this.#freshness.behind(scope);
      },
      forbidden: (error) => {
        this.#failing.delete(scope);
        this.#freshness.current(scope);
        // Whether the kind exists is not visible either: authorization comes first.
        this.#absences.delete(scope);
        // Before it counts as synced: whoever starts then should know what is missing.
        this.#access.refused(scope, error);
        this.#synced(scope);
      },
      recovered: () => {
        this.#failing.delete(scope);
        this.#freshness.settles(scope);
        this.#access.allowed(scope);
      },
    };
  }

  #replace(scope: string, items: readonly T[]): void {
    const kept = new Set(items.map((item) => formatKey(keyOf(item))));
    for (const old of this.#store.list(scope === '' ? undefined : scope)) {
      if (!kept.has(formatKey(keyOf(old)))) this.#remove(old);
    }
    for (const item of items) this.#put(item);
  }

  #put(object: T): void {
    const old = this.#store.get(keyOf(object));
    if (old === undefined) {
      this.#store.set(object);
      return this.#listeners.emit({ type: 'add', object });
    }
    if (old.metadata.uid !== object.metadata.uid) {
      // Deleted and recreated while we were not watching: whoever holds state for the old object must learn of its end.
      this.#remove(old);
      return this.#put(object);
    }
    if (old.metadata.resourceVersion !== undefined && old.metadata.resourceVersion === object.metadata.resourceVersion) return;
    this.#store.set(object);
    this.#listeners.emit({ type: 'update', object, old });
  }

  #remove(object: T): void {
    const old = this.#store.delete(keyOf(object));
    // The last state as the server reports it, if it does, else the last one known.
    if (old !== undefined) this.#listeners.emit({ type: 'delete', object });
  }

  #synced(scope: string): void {
    this.#unsynced.delete(scope);
    if (!this.hasSynced) return;
    const waiters = this.#syncWaiters;
    this.#syncWaiters = [];
    for (const resolve of waiters) resolve();
  }
}

export type { InformerEvent, InformerListener };
