/**
 * Every error that a client can get, in one place: HTTP status, title of the answer, and log level. The detail is
 * set where it occurs. Statuses follow the official API where it has one (422 for parameters out of range, 400 for unreadable ones).
 * Only `internal` is a fault of the server. `notReady` is normal until the first sync; /readiness says why.
 */
export const HTTP_ERRORS = {
  badRequest: { status: 400, title: 'Bad Request', level: 'debug' },
  forbidden: { status: 403, title: 'Forbidden', level: 'debug' },
  notFound: { status: 404, title: 'Not Found', level: 'debug' },
  methodNotAllowed: { status: 405, title: 'Method Not Allowed', level: 'debug' },
  requestTimeout: { status: 408, title: 'Request Timeout', level: 'debug' },
  conflict: { status: 409, title: 'Conflict', level: 'debug' },
  syncRunning: { status: 409, title: 'Conflict', level: 'debug' },
  bodyTooLarge: { status: 413, title: 'Content Too Large', level: 'debug' },
  uriTooLong: { status: 414, title: 'URI Too Long', level: 'debug' },
  unsupportedMediaType: { status: 415, title: 'Unsupported Media Type', level: 'debug' },
  unprocessable: { status: 422, title: 'Unprocessable Entity', level: 'debug' },
  headersTooLarge: { status: 431, title: 'Request Header Fields Too Large', level: 'debug' },
  internal: { status: 500, title: 'Internal Server Error', level: 'error' },
  notImplemented: { status: 501, title: 'Not Implemented', level: 'debug' },
  busy: { status: 503, title: 'Service Unavailable', level: 'debug' },
  notReady: { status: 503, title: 'Service Unavailable', level: 'debug' },
  fileTooLarge: { status: 507, title: 'Insufficient Storage', level: 'debug' },
} as const satisfies Record<string, { readonly status: number; readonly title: string; readonly level: 'debug' | 'error' }>;

/** The name of an error in {@link HTTP_ERRORS}. */
export type HttpErrorCode = keyof typeof HTTP_ERRORS;

/** An error that becomes an HTTP answer. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;
  /** Further headers of the answer. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: HttpErrorCode, detail: string, headers: Readonly<Record<string, string>> = {}, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
    this.headers = headers;
  }
}

/** The program cannot start: it prints the message and exits with the code (1 failed, 2 invalid manifest or usage). */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The message of any thrown value. Errors are recognized by their shape: those of another realm or thread are not instances of ours. */
export function messageOf(error: unknown): string {
  const message = fieldOf(error, 'message');
  return typeof message === 'string' ? message : String(error);
}

/** The `code` of a Node error (`ENOENT`, `EADDRINUSE` …), if it has one. */
export function codeOf(error: unknown): string | undefined {
  const code = fieldOf(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined;
}
