import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `check` no longer throws and returns its value; after `timeoutMs` throws its last error. For tests: they wait for a state and never for a time.
 */
export async function eventually<T>(check: () => T | Promise<T>, timeoutMs = 10_000): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(5);
    }
  }
}
