/**
 * Every error a client or user can meet, in one place: the HTTP status and the title of the answer. The detail is said where it occurs.
 * Statuses follow the official API where it has one (422 for parameters out of range, 400 for unreadable ones).
 */
export const HTTP_ERRORS = {
  badRequest: { status: 400, title: 'Bad Request' },
  notFound: { status: 404, title: 'Not Found' },
  methodNotAllowed: { status: 405, title: 'Method Not Allowed' },
  requestTimeout: { status: 408, title: 'Request Timeout' },
  syncRunning: { status: 409, title: 'Conflict' },
  uriTooLong: { status: 414, title: 'URI Too Long' },
  unprocessable: { status: 422, title: 'Unprocessable Entity' },
  headersTooLarge: { status: 431, title: 'Request Header Fields Too Large' },
  internal: { status: 500, title: 'Internal Server Error' },
  notImplemented: { status: 501, title: 'Not Implemented' },
  notReady: { status: 503, title: 'Service Unavailable' },
} as const;

/** The name of an error in {@link HTTP_ERRORS}. */
export type HttpErrorCode = keyof typeof HTTP_ERRORS;

/** An error that is answered to the client. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;
  /** Further headers of the answer. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: HttpErrorCode, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.code = code;
    this.headers = headers;
  }
}

/** The start cannot succeed as asked: the program prints the message and exits with the code (1 failed, 2 invalid manifest or usage). */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly exitCode: 1 | 2;

  constructor(exitCode: 1 | 2, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** What any thrown value has to say. Errors are told by their shape: those of another realm or thread are no instances of ours. */
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
