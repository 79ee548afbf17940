import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import { HTTP_ERRORS, HttpError, type HttpErrorCode } from '../errors.ts';

/** Sent with every answer that a page of another origin may read (VS Code's is `vscode-file://…`). */
export const CORS = { 'Access-Control-Allow-Origin': '*' } as const;

/** Answers with JSON bytes. */
export function sendJson(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  body: Buffer | string,
  headers: Readonly<Record<string, string>> = {},
): void {
  res.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body), ...CORS, ...headers });
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** The body of an error: `error` as the API's specification shows it, the rest as problem+json (RFC 9457) does. */
export function errorBody(code: HttpErrorCode, detail: string): string {
  const { status, title } = HTTP_ERRORS[code];
  return JSON.stringify({ error: detail, title, status, detail });
}

/** Answers with an error; anything that is no {@link HttpError} becomes a 500 that tells nothing of the inside. */
export function sendError(req: IncomingMessage, res: ServerResponse, error: unknown): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const known =
    error instanceof HttpError ? error : new HttpError('internal', 'the request could not be answered; see the log of the server');
  sendJson(req, res, HTTP_ERRORS[known.code].status, errorBody(known.code, known.message), {
    'Cache-Control': 'no-store',
    ...known.headers,
  });
}

/** A raw answer for a request that Node could not parse. */
export function rawError(code: HttpErrorCode, detail: string): string {
  const { status } = HTTP_ERRORS[code];
  const body = errorBody(code, detail);
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...CORS,
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
}

/** Whether `If-None-Match` names the tag. Weak and strong tags are alike here (RFC 9110, 13.1.2). */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
