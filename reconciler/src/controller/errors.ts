/** Thrown by a reconcile that is not finished, to run again later. Not a failure, so there is no backoff and no error metric. */
export class RequeueAfter extends Error {
  readonly ms: number;

  constructor(ms: number, message = `look again in ${ms} ms`, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'RequeueAfter';
    this.ms = ms;
  }
}

/** Thrown by a reconcile when a retry will not help until something changes. Logged and counted, but not retried. */
export class TerminalError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'TerminalError';
  }
}
