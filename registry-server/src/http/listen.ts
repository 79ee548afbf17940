import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ListenAddress } from '@toolhive-registry/api/flags';
import { codeOf, messageOf, StartError } from '../errors.ts';
import { rawError } from './chain/errors.ts';

/** Above the limit of URLs (handler.ts), so that a long URL gets its own answer. */
const MAX_HEADER_BYTES = 64 * 1024;

/** How long clients may take, in milliseconds, and how many there may be. */
export interface ConnectionLimits {
  /** From the first byte of a request to the end of its head; then 408. */
  readonly headMs: number;
  /** To the end of its body; then 408. */
  readonly requestMs: number;
  /** How often these two limits are checked. The default of Node, 30 s, is three times the limit for a head. */
  readonly checkEveryMs: number;
  /** Between two requests; then the connection is closed. Longer than the 60 s of the usual proxies, which would otherwise send into a closed one. */
  readonly keepAliveMs: number;
  /**
   * Without a byte in either direction while a request is answered; then the connection is closed. Node has no such limit: a client that reads nothing
   * would hold its answer forever. Longer than the longest long poll (60 s).
   */
  readonly stalledMs: number;
  /** After an answer to what was not a request, for the client to read it; then the connection is closed, whatever still comes. */
  readonly lingerMs: number;
  /** Maximum number of connections of a port; more are closed at once. An idle one takes about 10 KB. */
  readonly maxConnections: number;
}

/** The limits of the program's ports. */
export const CONNECTION_LIMITS: ConnectionLimits = {
  headMs: 10_000,
  requestMs: 30_000,
  checkEveryMs: 2_000,
  keepAliveMs: 65_000,
  stalledMs: 90_000,
  lingerMs: 1_000,
  maxConnections: 5_000,
};

/** A port that answers. */
export interface ListeningServer {
  /** `http://127.0.0.1:8080`; the loopback address if it listens on every interface. */
  readonly url: string;
  /** Lets requests in flight finish, up to the limit, and closes. No new connections from now on. */
  close(limitMs: number): Promise<void>;
}

/** Listens at an address. Throws StartError when it cannot. */
export async function listen(
  flag: string,
  address: ListenAddress,
  handler: RequestListener,
  limits: ConnectionLimits = CONNECTION_LIMITS,
): Promise<ListeningServer> {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: limits.headMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      keepAliveTimeout: limits.keepAliveMs,
      noDelay: true,
    },
    handler,
  );
  server.timeout = limits.stalledMs;
  server.maxConnections = limits.maxConnections;
  server.on('clientError', (error, socket) => answerClientError(error, socket, limits.lingerMs));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(listenError(flag, address, cause)));
    server.listen(address.port, address.host, resolve);
  });
  return { url: urlOf(server, address), close: (limitMs) => close(server, limitMs) };
}

/** Answers what Node could not parse as a request. It does not wait for clients that keep sending. */
function answerClientError(error: Error, socket: Duplex, lingerMs: number): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(rawAnswer(error));
  const timer = setTimeout(() => socket.destroy(), lingerMs);
  socket.once('close', () => clearTimeout(timer));
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

/** The method of a request line that is otherwise valid. Anything else, such as TLS, is not HTTP at all. */
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
