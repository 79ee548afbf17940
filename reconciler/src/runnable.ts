/** A part of the program that lives as long as the manager: a poller, an event recorder, a server. */
export interface Runnable {
  /** For the log. */
  readonly name: string;
  /** False: it runs in every process, whichever leads; default true. */
  readonly needsLeadership?: boolean;
  /** Resolves when it works, so that what depends on it may start. Rejects when it cannot, or with the signal's reason once that is aborted. */
  start?(signal: AbortSignal): void | Promise<void>;
  /** Stops it and resolves when it has ended. Called once, after everything that was started later has ended, and even if its start failed. */
  stop?(): void | Promise<void>;
}
