import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ListenAddress } from '@toolhive-registry/api/flags';
import { codeOf, messageOf, StartError } from '../errors.ts';
import { rawError } from './chain/errors.ts';

/** Above the limit of URLs (handler.ts), so that a long URL gets its own answer. */
const MAX_HEADER_BYTES = 64 * 1024;

/** A port that answers. */
export interface ListeningServer {
  /** `http://127.0.0.1:8080`; for every interface the loopback address, which one can open. */
  readonly url: string;
  /** Lets requests in flight finish, up to the limit, and closes. No new connections from now on. */
  close(limitMs: number): Promise<void>;
}

/** Listens at an address. Throws StartError when it cannot. */
export async function listen(flag: string, address: ListenAddress, handler: RequestListener): Promise<ListeningServer> {
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, noDelay: true },
    handler,
  );
  server.on('clientError', answerClientError);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(listenError(flag, address, cause)));
    server.listen(address.port, address.host, resolve);
  });
  return { url: urlOf(server, address), close: (limitMs) => close(server, limitMs) };
}

/** Answers what Node could not read as a request. */
export function answerClientError(error: Error, socket: Duplex): void {
  if (socket.writable) socket.end(rawAnswer(error));
}

function rawAnswer(error: Error): string {
  switch (codeOf(error)) {
    case 'HPE_HEADER_OVERFLOW':
      return rawError('headersTooLarge', `the request head has more than ${MAX_HEADER_BYTES} bytes`);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return rawError('requestTimeout', 'the request took too long to arrive');
    case 'HPE_INVALID_METHOD': {
      const method = methodOf(error);
      if (method !== undefined) return rawError('notImplemented', `${method} is not a method of this server; use GET, HEAD or OPTIONS`);
    }
  }
  return rawError('badRequest', 'this is not a valid HTTP request');
}

/** The method of a request line that is in order but for it. Anything else, TLS for one, is no HTTP at all. */
function methodOf(error: Error): string | undefined {
  const packet: unknown = Reflect.get(error, 'rawPacket');
  if (!(packet instanceof Uint8Array)) return undefined;
  const line = Buffer.from(packet.subarray(0, 1024)).toString('latin1');
  return /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}) \S+ HTTP\/1\.[01]\r?\n/.exec(line)?.[1];
}

function listenError(flag: string, address: ListenAddress, cause: Error): StartError {
  const where = `--${flag} ${address.host ?? ''}:${address.port}`;
  const reasons: Record<string, string> = {
    EADDRINUSE: 'the port is in use; stop the other program or choose another port',
    EACCES: 'no permission for this port; choose one above 1023',
    EADDRNOTAVAIL: 'this machine has no such address',
    ENOTFOUND: 'this host name is not known',
  };
  return new StartError(1, `${where}: ${reasons[codeOf(cause) ?? ''] ?? messageOf(cause)}`, { cause });
}

function urlOf(server: Server, address: ListenAddress): string {
  const { port } = server.address() as AddressInfo;
  const host = address.host ?? '127.0.0.1';
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function close(server: Server, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A connection whose request has just been answered is idle, but was not when the closing began.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const force = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(force);
}
