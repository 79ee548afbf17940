import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect, isIPv6, type Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** Limits of a request; milliseconds, except for the wait. */
export interface GetTimes {
  readonly connectMs: number;
  /** How long the server may hold the request before it answers, in seconds. */
  readonly waitSeconds: number;
  /** Time for an answer beyond the wait, and between two chunks of it. */
  readonly slackMs: number;
}

/** The request. */
export interface GetRequest {
  /** An IP address. */
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A complete answer. */
export interface GetAnswer {
  readonly status: number;
  readonly etag: string | undefined;
  readonly text: string;
}

/** More than any status document needs. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Sends a GET on its own connection and reads the answer. Rejects when that takes too long or the connection breaks, and with the signal's reason when that is
 * aborted. Until the answer begins there is only the socket: a Node.js request with its parser takes 14 kB, and a thousand are waiting at any time.
 */
export async function get(asked: GetRequest, times: GetTimes, signal: AbortSignal): Promise<GetAnswer> {
  signal.throwIfAborted();
  const socket = connect({ host: asked.host, port: asked.port });
  let reason: unknown;
  const end = (why: unknown): void => {
    reason = why;
    socket.destroy(why as Error);
  };
  const within = deadline(end);
  const stop = (): void => end(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  // Between two waits there is no listener; an error then fails the next wait.
  socket.on('error', () => undefined);
  try {
    within(times.connectMs);
    await once(socket, 'connect');
    socket.write(headOf(asked));
    within(times.waitSeconds * 1_000 + times.slackMs);
    await once(socket, 'readable');
    // The end of the stream is reported the same way.
    if (socket.readableLength === 0) throw new Error('the connection was closed without an answer');
    return await answerOf(socket, () => within(times.slackMs));
  } catch (error) {
    throw reason ?? error;
  } finally {
    within(undefined);
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

/** Ends the request when it makes no progress within the time that was last set; undefined: no limit. */
function deadline(end: (why: Error) => void): (ms: number | undefined) => void {
  let timer: NodeJS.Timeout | undefined;
  return (ms) => {
    clearTimeout(timer);
    timer = ms === undefined ? undefined : setTimeout(() => end(new Error(`no answer within ${ms} ms`)), ms);
  };
}

function headOf({ host, port, path, headers }: GetRequest): string {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const fields = Object.entries({ host: authority, connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${fields.join('')}\r\n`;
}

/** Has Node.js parse the answer as the response to a request that it believes to have sent. */
async function answerOf(socket: Socket, onPart: () => void): Promise<GetAnswer> {
  const sent = request({ method: 'GET', createConnection: () => answering(socket) });
  // Listen from the start: a body that arrives with its head may fail before anybody else listens.
  sent.on('error', () => undefined);
  sent.end();
  onPart();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const text = await read(response, onPart);
  return { status: response.statusCode ?? 0, etag: response.headers.etag, text };
}

/** The socket as a connection that only receives: the request was written before. */
function answering(socket: Socket): Duplex {
  const connection = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
  // An early end is an error of the request, whose own listener may be gone by then.
  connection.on('error', () => undefined);
  socket.on('data', (part) => connection.push(part));
  socket.once('end', () => connection.push(null));
  socket.once('error', (error) => connection.destroy(error));
  return connection;
}

async function read(response: IncomingMessage, onPart: () => void): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  onPart();
  for await (const part of response as AsyncIterable<Buffer>) {
    onPart();
    bytes += part.length;
    if (bytes > MAX_BYTES) throw new Error(`the answer has more than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  // A broken connection ends the stream as well.
  if (!response.complete) throw new Error('the answer broke off');
  return Buffer.concat(parts).toString('utf8');
}
