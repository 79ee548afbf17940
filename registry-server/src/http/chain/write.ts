import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyLength, CORS, type Answer } from './answer.ts';

/** Up to this size pieces are copied together: one small write costs less than several. */
const MAX_COPY = 64 * 1024;

/** Writes an answer. HEAD gets the headers of GET and no body. */
export function writeAnswer(answer: Answer, requestId: string, req: IncomingMessage, res: ServerResponse): void {
  const { status, body } = answer;
  const length = bodyLength(body);
  const headers: Record<string, string | number> = {};
  if (answer.contentType !== undefined) headers['Content-Type'] = answer.contentType;
  if (status !== 204 && status !== 304) headers['Content-Length'] = length;
  if (answer.etag !== undefined) headers['ETag'] = answer.etag;
  Object.assign(headers, answer.headers, CORS);
  headers['X-Request-Id'] = requestId;
  res.writeHead(status, headers);
  if (req.method === 'HEAD' || length === 0) res.end();
  else if (typeof body === 'string') res.end(body);
  else if (body.length === 1) res.end(body[0]);
  else if (length <= MAX_COPY) res.end(Buffer.concat(body));
  else {
    // Corked, all pieces leave with one system call.
    res.cork();
    for (const piece of body) res.write(piece);
    res.end();
    res.uncork();
  }
}
