import { backoffMs } from '../backoff.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { ReadyKeys } from './ready-keys.ts';

/** Called for what happens in a queue; the names follow controller-runtime's workqueue metrics. Durations in seconds. */
export interface QueueObserver {
  added(): void;
  retried(): void;
  depth(keys: number): void;
  /** From being added to being taken. */
  queued(seconds: number): void;
  /** From being taken to being done. */
  worked(seconds: number): void;
}

/** How long keys wait. */
export interface WorkQueueOptions {
  readonly clock?: Clock;
  /** First backoff in milliseconds; default 5, as in controller-runtime. */
  readonly minBackoffMs?: number;
  /** Longest backoff in milliseconds; default 1,000,000. */
  readonly maxBackoffMs?: number;
  /** A key that has waited so long for its turn, in milliseconds, gets one turn in four whatever its priority; default 10,000. */
  readonly maxWaitMs?: number;
  readonly observe?: QueueObserver | undefined;
}

/** Priorities of keys: the higher number is taken first. */
export const PRIORITY = {
  /** A change, for which somebody may be waiting. */
  normal: 0,
  /** A check of what is most likely in order: after a start, or because much time has passed. The same number as in controller-runtime. */
  low: -100,
} as const;

const DEFAULT_MAX_WAIT_MS = 10_000;

/**
 * Keys waiting for work, with controller-runtime's rules: a key waits at most once; one that is added while it is being processed is processed once more
 * afterwards, never concurrently; keys with a higher priority come first, but none waits forever. Keys that are pending when `shutDown` is called are dropped:
 * those of a level-triggered controller come again at the next start.
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #observe: QueueObserver | undefined;
  readonly #backoff: { initialMs: number; maxMs: number };
  readonly #maxWaitMs: number;
  readonly #ready = new ReadyKeys();
  readonly #delayed = new Map<string, { due: number; priority: number; cancel: () => void }>();
  /** Keys being processed, with the time and priority at which they were taken. */
  readonly #processing = new Map<string, { at: number; priority: number }>();
  /** Added while being processed, with their priority. */
  readonly #dirty = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  #takers: ((key: string | undefined) => void)[] = [];
  #drainWaiters: (() => void)[] = [];
  #down = false;

  constructor(options: WorkQueueOptions = {}) {
    this.#clock = options.clock ?? systemClock();
    this.#observe = options.observe;
    this.#backoff = { initialMs: options.minBackoffMs ?? 5, maxMs: options.maxBackoffMs ?? 1_000_000 };
    this.#maxWaitMs = options.maxWaitMs ?? DEFAULT_MAX_WAIT_MS;
  }

  /** Keys that could be taken now. */
  get depth(): number {
    return this.#ready.size;
  }

  /** Keys being processed. */
  get active(): number {
    return this.#processing.size;
  }

  /** Whether `shutDown` was called. */
  get isShutDown(): boolean {
    return this.#down;
  }

  /** Adds a key to be processed now. That supersedes a later time requested before. The higher of two priorities counts. */
  add(key: string, priority: number = PRIORITY.normal): void {
    if (this.#down) return;
    const delayed = this.#undelay(key);
    const wanted = Math.max(priority, delayed ?? priority);
    if (this.#processing.has(key)) {
      const noted = this.#dirty.get(key);
      this.#dirty.set(key, Math.max(wanted, noted ?? wanted));
      if (noted === undefined) this.#observe?.added();
      return;
    }
    if (this.#ready.has(key)) return this.#ready.raise(key, wanted);
    this.#observe?.added();
    this.#makeReady(key, wanted);
  }

  /** Adds a key to be processed in `ms` milliseconds. The earlier of two times counts, and the higher of two priorities. */
  addAfter(key: string, ms: number, priority: number = PRIORITY.normal): void {
    if (this.#down) return;
    if (ms <= 0) return this.add(key, priority);
    if (this.#ready.has(key) || this.#dirty.has(key)) return;
    const due = this.#clock.now() + ms;
    const waiting = this.#delayed.get(key);
    if (waiting !== undefined && waiting.due <= due) {
      waiting.priority = Math.max(waiting.priority, priority);
      return;
    }
    waiting?.cancel();
    const cancel = this.#clock.after(ms, () => {
      const wanted = this.#delayed.get(key)?.priority ?? priority;
      this.#delayed.delete(key);
      this.add(key, wanted);
    });
    this.#delayed.set(key, { due, priority: Math.max(priority, waiting?.priority ?? priority), cancel });
  }

  /** Adds a key that failed: again after 5 ms, then 10, 20 … 1000 s, until `forget`, with the same priority. Returns the wait in milliseconds. */
  addRateLimited(key: string): number {
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    this.#observe?.retried();
    const wait = backoffMs(this.#backoff, failures, () => 0);
    this.addAfter(key, wait, this.#processing.get(key)?.priority);
    return wait;
  }

  /** Resets the backoff of a key that succeeded. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** Seconds that running work has taken so far, in total and for the longest. */
  get unfinished(): { readonly seconds: number; readonly longestSeconds: number } {
    const now = this.#clock.now();
    const seconds = [...this.#processing.values()].map(({ at }) => (now - at) / 1000);
    return { seconds: seconds.reduce((sum, one) => sum + one, 0), longestSeconds: Math.max(0, ...seconds) };
  }

  /** Failures in a row. */
  failures(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  /** Takes the next key, waiting for one; undefined after `shutDown`. Each key taken must be given to `done`. */
  take(): Promise<string | undefined> {
    if (this.#down) return Promise.resolve(undefined);
    const next = this.#ready.next(this.#clock.now() - this.#maxWaitMs);
    if (next !== undefined) return Promise.resolve(this.#start(next));
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  /** Processing of a key has ended, successfully or not. */
  done(key: string): void {
    const started = this.#processing.get(key);
    if (started === undefined) return;
    this.#processing.delete(key);
    this.#observe?.worked((this.#clock.now() - started.at) / 1000);
    const dirty = this.#dirty.get(key);
    this.#dirty.delete(key);
    if (dirty !== undefined && !this.#down) {
      // A time requested meanwhile is later than now.
      this.#undelay(key);
      this.#makeReady(key, dirty);
    }
    if (this.#processing.size === 0) this.#drained();
  }

  /** Accepts no more keys and returns no more; running work may finish, see `whenIdle`. */
  shutDown(): void {
    this.#down = true;
    for (const { cancel } of this.#delayed.values()) cancel();
    this.#delayed.clear();
    this.#ready.clear();
    this.#dirty.clear();
    this.#observe?.depth(0);
    const takers = this.#takers;
    this.#takers = [];
    for (const resolve of takers) resolve(undefined);
    if (this.#processing.size === 0) this.#drained();
  }

  /** Resolves when nothing is being processed. */
  whenIdle(): Promise<void> {
    if (this.#processing.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drainWaiters.push(resolve));
  }

  #makeReady(key: string, priority: number): void {
    this.#ready.add(key, { at: this.#clock.now(), priority });
    const taker = this.#takers.shift();
    if (taker === undefined) this.#observe?.depth(this.#ready.size);
    else taker(this.#start(key));
  }

  #start(key: string): string {
    const now = this.#clock.now();
    const waited = this.#ready.delete(key);
    this.#observe?.queued((now - (waited?.at ?? now)) / 1000);
    this.#processing.set(key, { at: now, priority: waited?.priority ?? PRIORITY.normal });
    this.#observe?.depth(this.#ready.size);
    return key;
  }

  /** Returns the priority that the key would have had. */
  #undelay(key: string): number | undefined {
    const delayed = this.#delayed.get(key);
    delayed?.cancel();
    this.#delayed.delete(key);
    return delayed?.priority;
  }

  #drained(): void {
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const resolve of waiters) resolve();
  }
}
