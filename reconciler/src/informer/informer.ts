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

/** What to follow. */
export interface InformerOptions<T extends KubeObject> extends Partial<ReflectorTimes> {
  readonly client: ApiClient;
  readonly kind: ResourceKind;
  /**
   * Only these namespaces, one list and watch each; without it, or empty: all. One that the server forbids (403) keeps the others from nothing: it
   * counts as listed with what was known of it, and is tried again with the usual back-off; see `accessError`. Where all are followed by one watch,
   * a refusal keeps the informer from being synced, unless `tolerateForbidden` is set.
   */
  readonly namespaces?: readonly string[] | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Only `metadata` is fetched and stored. */
  readonly metadataOnly?: boolean;
  /**
   * The program can do without the kind. Where all namespaces are followed by one watch, a refusal (403) is then treated like that of a namespace: nothing
   * waits for it, and `accessError` has it for every namespace.
   */
  readonly tolerateForbidden?: boolean;
  /** The kind may be absent from the server: then there is nothing, which is no error, and it is looked for from time to time. */
  readonly optional?: boolean;
  /**
   * For optional kinds: asked before each list and each watch, once for each namespace that is followed. While it answers false the kind counts as
   * absent, and what the store holds is dropped at once: listeners hear of deletes, although the objects may live on. When it answers true again
   * everything is listed anew. If it throws, that is a failure like one of the list. For a kind that may be somebody else's: the CRD of that name
   * can be another product's, whose objects are not to be touched. It may answer with the version in which the kind is served, for one whose versions
   * come and go.
   */
  readonly gate?: Gate | undefined;
  readonly indexes?: Readonly<Record<string, IndexFunction<T>>>;
  /** Changes an object before it is stored, to keep less of it. What it answers may have parts of the object, but none of anything else. */
  readonly transform?: (object: T) => T;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** A copy of all objects of a kind, kept up to date by list and watch, and a report of each change. Survives every fault of the server. */
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
    // A kind that has to be there cannot count as absent.
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

  /** Whether the store has held everything once. An absent optional kind counts as synced with nothing, and so does a forbidden namespace. */
  get hasSynced(): boolean {
    return this.#unsynced.size === 0;
  }

  /** Why a list or watch does not run at this moment; undefined when all do, but for those of forbidden namespaces. */
  get lastError(): unknown {
    return this.#failing.values().next().value;
  }

  /** Why one of the `namespaces` may not be listed or watched, for as long as the server says so; undefined: it may. */
  accessError(namespace: string): unknown {
    return this.#access.error(namespace) ?? this.#access.error('');
  }

  /** Tells of each of the `namespaces` in which a refusal begins or ends from now on; the empty text stands for all. The answer takes the listener away. */
  onAccessChange(listener: AccessListener): () => void {
    return this.#access.onChange(listener);
  }

  /** Since when the store is known to be behind the server, by the clock's `monotonic`; undefined: it is not. */
  get behindSince(): number | undefined {
    return this.#freshness.behindSince;
  }

  /** Resolves when the store is not known to be behind the server. Rejects with the signal's reason. */
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

  /** Reports each change from now on, and what is there already as adds. The answer takes the listener away. */
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
        // A server that is just starting may deny a kind it has. Only the second time what we hold is taken for deleted.
        if (isCertain || times > 1) this.#replace(scope, []);
        this.#synced(scope);
        this.#access.allowed(scope);
      },
      failed: (error) => {
        this.#failing.set(scope, error);
        // What was refused stays refused until somebody changes a right: that alone is no reason to wait.
        if (isOutage(error)) this.#freshness.behind(scope);
      },
      forbidden: (error) => {
        this.#failing.delete(scope);
        this.#freshness.current(scope);
        // Whether the kind is there cannot be seen either: authorization comes first.
        this.#absences.delete(scope);
        // Before it counts as synced: whoever begins then is to know what is missing.
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
      // Deleted and created again while we were not looking: whoever holds state for the old one must learn of its end.
      this.#remove(old);
      return this.#put(object);
    }
    if (old.metadata.resourceVersion !== undefined && old.metadata.resourceVersion === object.metadata.resourceVersion) return;
    this.#store.set(object);
    this.#listeners.emit({ type: 'update', object, old });
  }

  #remove(object: T): void {
    const old = this.#store.delete(keyOf(object));
    // The last state as the server reports it, if it does, else the last one we knew.
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
