import { createServer, request as forward, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { SelfSigned } from '@toolhive-registry/reconciler/testing';
import type { Credentials, SourceSecrets } from '../sources/secrets.ts';
import type { AddressPolicy, Resolve } from './addresses.ts';
import { createHttpClient, type GetOptions, type HttpClient, type HttpClientDeps } from './client.ts';
import { NO_PROXIES } from './proxy.ts';

/** For tests: a real HTTP server on a free port of 127.0.0.1. */
export interface Host extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, or https. */
  readonly url: string;
  /** The requests that came, in order. */
  readonly requests: { readonly url: string; readonly headers: IncomingMessage['headers'] }[];
  /** Connections that are open now. */
  connections(): Promise<number>;
  /** Breaks all connections and listens no more. */
  stop(): Promise<void>;
}

/** For tests: starts a host that answers as the listener does. */
export async function httpHost(
  listener: RequestListener,
  options: { readonly tls?: SelfSigned; readonly port?: number } = {},
): Promise<Host> {
  const requests: Host['requests'] = [];
  const answer: RequestListener = (req, res) => {
    requests.push({ url: req.url ?? '', headers: req.headers });
    listener(req, res);
  };
  const server = options.tls === undefined ? createServer(answer) : createTlsServer(options.tls, answer);
  const { port, connections, stop } = await listening(server, options.port);
  const url = `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  return { port, url, requests, connections, stop, [Symbol.asyncDispose]: stop };
}

/** For tests: a host that takes connections and says nothing. */
export async function silentHost(): Promise<Pick<Host, 'port'> & AsyncDisposable> {
  const { port, stop } = await listening(createTcpServer(() => undefined));
  return { port, [Symbol.asyncDispose]: stop };
}

/** For tests: a real proxy, which knows of every host only that it is at 127.0.0.1. */
export interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** `CONNECT host:port` or `GET url`, with the credentials that came with it. */
  readonly requests: { readonly line: string; readonly authorization: string | undefined }[];
}

/** For tests: starts a proxy; with a status it refuses every tunnel with that. */
export async function httpProxy(options: { readonly refuseWith?: number } = {}): Promise<Proxy> {
  const requests: Proxy['requests'] = [];
  const note = (req: IncomingMessage): void => {
    requests.push({ line: `${req.method} ${req.url}`, authorization: req.headers['proxy-authorization'] });
  };
  const server = createServer((req, res) => {
    note(req);
    const { port, pathname } = new URL(req.url ?? '');
    forward({ host: '127.0.0.1', port, path: pathname, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    }).end();
  });
  server.on('connect', (req, client: Socket) => {
    note(req);
    client.on('error', () => undefined);
    if (options.refuseWith !== undefined) {
      client.end(`HTTP/1.1 ${options.refuseWith} No\r\n\r\n`);
      return;
    }
    const target = connect(Number(req.url?.split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy());
    client.on('close', () => target.destroy());
  });
  const { port, stop } = await listening(server);
  return { url: `http://127.0.0.1:${port}`, requests, [Symbol.asyncDispose]: stop };
}

async function listening(server: Server, port = 0): Promise<Pick<Host, 'port' | 'connections' | 'stop'>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () =>
      new Promise((resolve, reject) => server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** For tests: answers with a body and header fields. */
export function reply(res: ServerResponse, status: number, body: string | Uint8Array = '', headers: Record<string, string> = {}): void {
  res.writeHead(status, headers).end(body);
}

/** For tests: secrets as a source has them. */
export function secretsOf(credentials?: Credentials, certificates?: string): SourceSecrets {
  return { credentials: () => Promise.resolve(credentials), certificates: () => Promise.resolve(certificates), mounts: [] };
}

/** For tests: what a laptop allows. */
export const LAPTOP: AddressPolicy = { privateNetworks: true, loopback: true };

/** For tests: every name ends at 127.0.0.1, except for those that are given. */
export function resolver(addresses: Readonly<Record<string, string>> = {}): Resolve {
  return (host) => Promise.resolve([{ address: addresses[host] ?? '127.0.0.1', family: 4 }]);
}

/** For tests: a client of a source at the address, that has the address policy of a laptop. */
export function clientOf(home: string, options: Partial<HttpClientDeps> = {}): HttpClient & AsyncDisposable {
  const client = createHttpClient({
    home,
    secrets: secretsOf(),
    addresses: LAPTOP,
    proxies: NO_PROXIES,
    userAgent: 'toolhive-registry/test',
    clock: Date.now,
    resolve: resolver(),
    ...options,
  });
  return { ...client, [Symbol.asyncDispose]: () => client.close() };
}

/** For tests: asks, and gives the whole answer as a text; that of a 304 is `unchanged`. */
export async function ask(client: HttpClient, url: string, options: Partial<GetOptions> = {}): Promise<string> {
  const session = await client.session();
  const answer = await session.get(url, { signal: AbortSignal.timeout(15_000), accept: 'application/json', ...options });
  if (answer.status === 304) return 'unchanged';
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
