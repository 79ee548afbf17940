import { STATUS_CODES } from 'node:http';
import { HTTP_ERRORS, HttpError, messageOf, type HttpErrorCode } from '../../errors.ts';
import { ANY_ORIGIN, JSON_TYPE, jsonAnswer, type Answer } from './answer.ts';

/** The error for a client. Anything unexpected becomes a 500 without internals; the cause goes to the log. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (isExpressClientError(error)) return new HttpError('badRequest', messageOf(error), {}, { cause: error });
  return new HttpError('internal', 'the request could not be answered; see the log of the server', {}, { cause: error });
}

/** The answer for an error. */
export function errorAnswer(error: HttpError): Answer {
  return jsonAnswer(HTTP_ERRORS[error.code].status, errorBody(error.code, error.message), error.headers);
}

/** A raw answer for what Node could not read as a request. */
export function rawError(code: HttpErrorCode, detail: string): string {
  const { status } = HTTP_ERRORS[code];
  const body = JSON.stringify(errorBody(code, detail));
  const headers = {
    'Content-Type': JSON_TYPE,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...Object.fromEntries([ANY_ORIGIN]),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
}

/** The body of an error: `error` as the API's specification shows it, the rest as problem+json (RFC 9457) does. */
export function errorBody(code: HttpErrorCode, detail: string): Readonly<Record<string, unknown>> {
  const { status, title } = HTTP_ERRORS[code];
  return { error: detail, title, status, detail };
}

/** Errors of Express itself, such as a path that cannot be decoded. */
function isExpressClientError(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 400;
}
