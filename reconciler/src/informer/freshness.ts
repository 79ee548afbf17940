import type { Clock } from '../clock.ts';

/** What a watch missed while it was interrupted arrives right after it reopens; nothing marks its end. */
const SETTLE_MS = 250;

/** Which parts of a store are known to lag behind the server, and since when. */
export class Freshness {
  readonly #clock: Clock;
  /** By part, with what cancels its settling. */
  readonly #behind = new Map<string, { readonly since: number; settling: (() => void) | undefined }>();
  #waiters: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** By the clock's `monotonic`; undefined: nothing is known to lag behind. */
  get behindSince(): number | undefined {
    return this.#behind.size === 0 ? undefined : Math.min(...[...this.#behind.values()].map(({ since }) => since));
  }

  /** A part is no longer watched. */
  behind(part: string): void {
    const known = this.#behind.get(part);
    known?.settling?.();
    this.#behind.set(part, { since: known?.since ?? this.#clock.monotonic(), settling: undefined });
  }

  /** A part is watched again, and what it missed is arriving. */
  settles(part: string): void {
    const known = this.#behind.get(part);
    if (known !== undefined && known.settling === undefined) known.settling = this.#clock.after(SETTLE_MS, () => this.current(part));
  }

  /** A part is up to date. */
  current(part: string): void {
    this.#behind.get(part)?.settling?.();
    this.#behind.delete(part);
    if (this.#behind.size > 0) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }

  /** Resolves when nothing is known to lag behind; rejects with the signal's reason. */
  whenCurrent(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.#behind.size === 0) return resolve();
      const onAbort = (): void => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiters.push(() => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
    });
  }
}
