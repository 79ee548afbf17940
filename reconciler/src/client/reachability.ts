import type { Clock } from '../clock.ts';

/** Called when the server answers again, with the milliseconds without an answer. */
export type RecoveryListener = (outageMs: number) => void;

/**
 * Whether the API server answers, as seen by all requests of one client together. Whoever waits because it did not answer is notified by the first request that
 * succeeds, and need not wait for its own next retry.
 */
export class Reachability {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #listeners = new Set<RecoveryListener>();
  #lostAt: number | undefined;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** A request got no answer, or only that of a proxy that got none. */
  markUnreachable(): void {
    this.#lostAt ??= this.#clock.monotonic();
  }

  /** A request was answered. */
  markReachable(): void {
    if (this.#lostAt === undefined) return;
    const outageMs = this.#clock.monotonic() - this.#lostAt;
    this.#lostAt = undefined;
    for (const listener of this.#listeners) listener(outageMs);
  }

  /** Calls `listener` each time the server answers again. Returns a function that removes it. */
  onRecovered(listener: RecoveryListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
