import { backoffMs } from '../backoff.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { ReadyKeys } from './ready-keys.ts';

/** Told about what happens in a queue; the names follow controller-runtime's workqueue metrics. Durations in seconds. */
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
  /** First wait after a failure in milliseconds; default 5, as controller-runtime. */
  readonly minBackoffMs?: number;
  /** Longest wait in milliseconds; default 1,000,000. */
  readonly maxBackoffMs?: number;
  /** A key that has waited so long for its turn, in milliseconds, gets one turn in four whatever its priority; default 10,000. */
  readonly maxWaitMs?: number;
  readonly observe?: QueueObserver | undefined;
}

/** How urgent a key is: the higher number is taken first. */
export const PRIORITY = {
  /** A change, which somebody may be waiting for. */
  normal: 0,
  /** A look at what is most likely as it should be: after a start, or because much time has passed. The same number as controller-runtime's. */
  low: -100,
} as const;

const DEFAULT_MAX_WAIT_MS = 10_000;

/**
 * Keys waiting for work, with controller-runtime's rules: a key waits at most once; one that is added while it is worked on is worked
 * on once more afterwards; it is never worked on twice at a time; of keys with different priorities the highest comes first, but none waits for
 * ever. What is pending when `shutDown` is called is dropped: keys of a level-triggered controller come again at the next start.
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #observe: QueueObserver | undefined;
  readonly #backoff: { initialMs: number; maxMs: number };
  readonly #maxWaitMs: number;
  readonly #ready = new ReadyKeys();
  readonly #delayed = new Map<string, { due: number; priority: number; cancel: () => void }>();
  /** Keys being worked on, with the time they were taken at, and as what. */
  readonly #processing = new Map<string, { at: number; priority: number }>();
  /** Added while being worked on, with their priority. */
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

  /** Keys being worked on. */
  get active(): number {
    return this.#processing.size;
  }

  /** Whether `shutDown` was called. */
  get isShutDown(): boolean {
    return this.#down;
  }

  /** The key wants to be worked on now. A later time asked for before is thereby moot. Of two priorities the higher one counts. */
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

  /** The key wants to be worked on in `ms` milliseconds. Of two times the earlier one counts, of two priorities the higher one. */
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

  /** The key failed: it comes again after 5 ms, then 10, 20 … 1000 s, until `forget`, as urgent as it was. Answers the wait in milliseconds. */
  addRateLimited(key: string): number {
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    this.#observe?.retried();
    const wait = backoffMs(this.#backoff, failures, () => 0);
    this.addAfter(key, wait, this.#processing.get(key)?.priority);
    return wait;
  }

  /** The key succeeded: its next failure counts as the first. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** Seconds that the work under way has taken so far, in all and for the longest. */
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

  /** The work on a key has ended, well or not. */
  done(key: string): void {
    const started = this.#processing.get(key);
    if (started === undefined) return;
    this.#processing.delete(key);
    this.#observe?.worked((this.#clock.now() - started.at) / 1000);
    const dirty = this.#dirty.get(key);
    this.#dirty.delete(key);
    if (dirty !== undefined && !this.#down) {
      // A time asked for meanwhile lies later than now.
      this.#undelay(key);
      this.#makeReady(key, dirty);
    }
    if (this.#processing.size === 0) this.#drained();
  }

  /** Takes no more keys in and hands no more out; what is worked on may finish, see `whenIdle`. */
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

  /** Resolves when nothing is being worked on. */
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

  /** Answers the priority that the key would have come with. */
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
