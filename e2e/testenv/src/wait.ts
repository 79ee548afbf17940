import { setTimeout as sleep } from 'node:timers/promises';

/** How long `waitFor` waits, and its error message. */
export interface WaitOptions {
  /** Milliseconds until it gives up; default: 10 s. */
  readonly deadlineMs?: number;
  /** What is waited for, for the error. */
  readonly message: string;
  /** Milliseconds between two polls; default: 50. */
  readonly intervalMs?: number;
  /** Stops the wait early. */
  readonly signal?: AbortSignal;
}

/**
 * The first truthy value of `look`, polled. An error of `look` counts as "not yet" and becomes the cause of the final error.
 * @throws Error when the deadline passes, naming `message`
 */
export async function waitFor<T>(look: () => T | Promise<T>, options: WaitOptions): Promise<Exclude<T, undefined | null | false | 0 | ''>> {
  const { deadlineMs = 10_000, intervalMs = 50 } = options;
  const deadline = performance.now() + deadlineMs;
  let cause: unknown;
  for (;;) {
    try {
      const value = await look();
      if (value) return value as Exclude<T, undefined | null | false | 0 | ''>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    options.signal?.throwIfAborted();
    if (performance.now() >= deadline) throw new Error(`gave up after ${deadlineMs} ms waiting for ${options.message}`, { cause });
    await sleep(intervalMs, undefined, options.signal === undefined ? {} : { signal: options.signal });
  }
}
