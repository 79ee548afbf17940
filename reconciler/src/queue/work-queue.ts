import { backoffMs } from '../backoff.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';

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

export interface WorkQueueOptions {
  readonly clock?: Clock;
  /** First wait after a failure in milliseconds; default 5, as controller-runtime. */
  readonly minBackoffMs?: number;
  /** Longest wait in milliseconds; default 1,000,000. */
  readonly maxBackoffMs?: number;
  readonly observe?: QueueObserver | undefined;
}

/**
 * Keys waiting for work, with controller-runtime's rules: a key waits at most once; one that is added while it is worked on is worked
 * on once more afterwards; it is never worked on twice at a time. What is pending when `shutDown` is called is dropped: keys of a
 * level-triggered controller come again at the next start.
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #observe: QueueObserver | undefined;
  readonly #backoff: { initialMs: number; maxMs: number };
  /** Keys that may be taken, in order, with the time they were added at. */
  readonly #ready = new Map<string, number>();
  readonly #delayed = new Map<string, { due: number; cancel: () => void }>();
  /** Keys being worked on, with the time they were taken at. */
  readonly #processing = new Map<string, number>();
  /** Added while being worked on. */
  readonly #dirty = new Set<string>();
  readonly #failures = new Map<string, number>();
  #takers: ((key: string | undefined) => void)[] = [];
  #drainWaiters: (() => void)[] = [];
  #down = false;

  constructor(options: WorkQueueOptions = {}) {
    this.#clock = options.clock ?? systemClock();
    this.#observe = options.observe;
    this.#backoff = { initialMs: options.minBackoffMs ?? 5, maxMs: options.maxBackoffMs ?? 1_000_000 };
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

  /** The key wants to be worked on now. A later time asked for before is thereby moot. */
  add(key: string): void {
    if (this.#down) return;
    this.#undelay(key);
    if (this.#processing.has(key)) {
      if (this.#dirty.has(key)) return;
      this.#dirty.add(key);
      this.#observe?.added();
      return;
    }
    if (this.#ready.has(key)) return;
    this.#observe?.added();
    this.#makeReady(key);
  }

  /** The key wants to be worked on in `ms` milliseconds. Of two times the earlier one counts. */
  addAfter(key: string, ms: number): void {
    if (this.#down) return;
    if (ms <= 0) return this.add(key);
    if (this.#ready.has(key) || this.#dirty.has(key)) return;
    const due = this.#clock.now() + ms;
    const waiting = this.#delayed.get(key);
    if (waiting !== undefined && waiting.due <= due) return;
    waiting?.cancel();
    const cancel = this.#clock.after(ms, () => {
      this.#delayed.delete(key);
      this.add(key);
    });
    this.#delayed.set(key, { due, cancel });
  }

  /** The key failed: it comes again after 5 ms, then 10, 20 … 1000 s, until `forget`. Answers the wait in milliseconds. */
  addRateLimited(key: string): number {
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    this.#observe?.retried();
    const wait = backoffMs(this.#backoff, failures, () => 0);
    this.addAfter(key, wait);
    return wait;
  }

  /** The key succeeded: its next failure counts as the first. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** Failures in a row. */
  failures(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  /** Takes the next key, waiting for one; undefined after `shutDown`. Each key taken must be given to `done`. */
  take(): Promise<string | undefined> {
    if (this.#down) return Promise.resolve(undefined);
    const next = this.#ready.keys().next();
    if (!next.done) return Promise.resolve(this.#start(next.value));
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  /** The work on a key has ended, well or not. */
  done(key: string): void {
    const started = this.#processing.get(key);
    if (started === undefined) return;
    this.#processing.delete(key);
    this.#observe?.worked((this.#clock.now() - started) / 1000);
    if (this.#dirty.delete(key) && !this.#down) {
      // A time asked for meanwhile lies later than now.
      this.#undelay(key);
      this.#makeReady(key);
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

  #makeReady(key: string): void {
    this.#ready.set(key, this.#clock.now());
    const taker = this.#takers.shift();
    if (taker === undefined) this.#observe?.depth(this.#ready.size);
    else taker(this.#start(key));
  }

  #start(key: string): string {
    const now = this.#clock.now();
    this.#observe?.queued((now - (this.#ready.get(key) ?? now)) / 1000);
    this.#ready.delete(key);
    this.#processing.set(key, now);
    this.#observe?.depth(this.#ready.size);
    return key;
  }

  #undelay(key: string): void {
    this.#delayed.get(key)?.cancel();
    this.#delayed.delete(key);
  }

  #drained(): void {
    const waiters = this.#drainWaiters;
    this.#drainWaiters = [];
    for (const resolve of waiters) resolve();
  }
}
