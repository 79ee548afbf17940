import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ANY_ORIGIN, bodyLength, discard, isStream, type Answer, type WholeAnswer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** Up to this size pieces are copied together: one small write costs less than several. */
const MAX_COPY = 8 * 1024;

/**
 * Writes an answer. HEAD gets the headers of GET and no body. Returns the bytes of the body; 0 for a stream, and `streamed` is called with
 * each piece.
 */
export function writeAnswer(answer: Answer, exchange: Exchange, streamed: (exchange: Exchange, bytes: number) => void): number {
  const { req, res, id } = exchange;
  const { body } = answer;
  const length = isStream(body) ? answer.length : bodyLength(body);
  res.writeHead(answer.status, headerLines(answer, id, length));
  if (req.method === 'HEAD' || (length === 0 && !isStream(body))) {
    discard(body);
    res.end();
    return 0;
  }
  if (isStream(body)) {
    sendStream(body, res, (bytes) => streamed(exchange, bytes));
    return 0;
  }
  if (typeof body === 'string') res.end(body);
  else if (body.length === 1) res.end(body[0]);
  else if (length !== undefined && length <= MAX_COPY) res.end(Buffer.concat(body));
  else {
    // Corked, all pieces leave with one system call.
    res.cork();
    for (const piece of body) res.write(piece);
    res.end();
    res.uncork();
  }
  return length ?? 0;
}

/** The header lines of an answer, alternating names and values: faster for Node than an object. */
function headerLines(answer: Answer, id: string, length: number | undefined): string[] {
  return ['X-Request-Id', id, ...(answer.lines ?? ownLines(answer, length))];
}

/** Those that are the same for every request. */
function ownLines({ status, contentType, etag, headers }: Answer, length: number | undefined): string[] {
  const lines: string[] = [...ANY_ORIGIN];
  if (contentType !== undefined) lines.push('Content-Type', contentType);
  if (length !== undefined && status !== 204 && status !== 304) lines.push('Content-Length', String(length));
  if (status === 200 || status === 304) lines.push('Vary', 'Accept-Encoding');
  if (etag !== undefined) lines.push('ETag', etag);
  if (headers !== undefined) for (const [name, value] of Object.entries(headers)) lines.push(name, value);
  return lines;
}

/** An answer that will be written many times. */
export function prepared(answer: WholeAnswer): WholeAnswer {
  return { ...answer, lines: ownLines(answer, bodyLength(answer.body)) };
}

/** A failure closes the connection, so that the client notices that the body is incomplete. */
function sendStream(body: AsyncIterable<Uint8Array>, res: ServerResponse, sent: (bytes: number) => void): void {
  const counted = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of pieces) {
      sent(piece.length);
      yield piece;
    }
  };
  pipeline(body, counted, res).catch(() => res.destroy());
}
