import type { Runnable } from '../runnable.ts';

/** Runnables in the order in which they were started. */
export class RunnableStack {
  readonly #started: Runnable[] = [];

  /** Starts one. If it fails, earlier ones keep running until `stop` ends them. */
  async start(runnable: Runnable, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#started.push(runnable);
    await runnable.start?.(signal);
  }

  /** Stops all, in reverse order. One that fails is reported, and does not keep others from stopping. Never rejects. */
  async stop(onFailure: (runnable: Runnable, error: unknown) => void): Promise<void> {
    for (let runnable = this.#started.pop(); runnable !== undefined; runnable = this.#started.pop()) {
      try {
        await runnable.stop?.();
      } catch (error) {
        onFailure(runnable, error);
      }
    }
  }
}
