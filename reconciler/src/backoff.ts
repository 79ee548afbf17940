/** How long to wait after the n-th failure in a row. */
export interface BackoffOptions {
  /** First wait in milliseconds. */
  readonly initialMs: number;
  readonly maxMs: number;
  /** Between 0 and 1: the wait is shortened by up to this fraction, so that many clients do not return at the same instant. */
  readonly jitter?: number;
}

/** Exponential backoff in milliseconds: doubles with each failure up to `maxMs`. `failures` counts from 1; `random` is in [0, 1). */
export function backoffMs(options: BackoffOptions, failures: number, random: () => number): number {
  // 2^40 ms is far beyond every limit in use; the cap keeps the power finite.
  const full = Math.min(options.maxMs, options.initialMs * 2 ** Math.min(40, Math.max(0, failures - 1)));
  return full * (1 - (options.jitter ?? 0) * random());
}
