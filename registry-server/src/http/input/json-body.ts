import type { IncomingMessage } from 'node:http';
import { HttpError, messageOf } from '../../errors.ts';

/** After an error of these the rest of the body is not waited for. */
const CLOSE = { Connection: 'close' } as const;

/**
 * Reads a request's body as JSON. This is the only way to a body: the bundle does not contain the parsers of Express (hack/build.ts).
 * Throws HttpError: 415 for another type or an encoding, 413 above the limit (in bytes), 400 for what is not JSON in UTF-8.
 */
export async function readJsonBody(req: IncomingMessage, limit: number): Promise<unknown> {
  const type = req.headers['content-type'] ?? '';
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type)) {
    throw new HttpError('unsupportedMediaType', `Content-Type is "${type.slice(0, 60)}"; send application/json in UTF-8`, CLOSE);
  }
  const encoding = req.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new HttpError('unsupportedMediaType', `Content-Encoding is "${encoding.slice(0, 60)}"; send the body as it is`, CLOSE);
  }
  const tooLarge = (): HttpError => new HttpError('bodyTooLarge', `the body has more than ${limit} bytes; send less`, CLOSE);
  if (Number(req.headers['content-length']) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // Left open, so that the answer to a body that is too large still arrives.
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    // The client has disconnected, which is not a fault of the server.
    throw new HttpError('badRequest', `the body ended early: ${messageOf(cause)}`, CLOSE, { cause });
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch (cause) {
    throw new HttpError('badRequest', `the body is not JSON: ${messageOf(cause).slice(0, 200)}`, {}, { cause });
  }
}
