import type { Clock } from '../clock.ts';

/** Told that the server answers again, after how many milliseconds without an answer. */
export type RecoveryListener = (outageMs: number) => void;

/**
 * Whether the API server answers, as all requests of one client together see it. Whoever waits because it did not is told by the first request that
 * gets through, and need not wait for its own next try.
 */
export class Reachability {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #listeners = new Set<RecoveryListener>();
  #lostAt: number | undefined;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** A request got no answer, or only that of a proxy which got none. */
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

  /** Calls `listener` each time the server answers again. The answer takes it away. */
  onRecovered(listener: RecoveryListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
