/** Thrown by a reconcile to say: not yet, look again then. No failure, so no backoff and no error metric. */
export class RequeueAfter extends Error {
  readonly ms: number;

  constructor(ms: number, message = `look again in ${ms} ms`, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'RequeueAfter';
    this.ms = ms;
  }
}

/** Thrown by a reconcile to say: trying again will not help until something changes. Logged and counted, not repeated. */
export class TerminalError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'TerminalError';
  }
}
