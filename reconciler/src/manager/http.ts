import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '../logger.ts';
import { parseAddress } from './address.ts';

/** The answer to one path. */
export type Handler = () => Promise<{ readonly status: number; readonly contentType: string; readonly body: string }>;

/** A small HTTP server for probes and metrics. */
export interface PlainServer {
  /** Where it listens really, as `127.0.0.1:41234`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Serves GET and HEAD of fixed paths. Rejects with a sentence when the address is taken. */
export async function servePaths(
  what: string,
  address: string,
  paths: Readonly<Record<string, Handler>>,
  logger: Logger,
): Promise<PlainServer> {
  const { host, port } = parseAddress(address);
  const server = createServer((request, response) => {
    answer(paths, request, response).catch((error: unknown) => {
      logger.error({ err: error, path: request.url }, 'a probe or metrics request failed');
      response.writeHead(500).end();
    });
  });
  // A peer that sends nothing must not hold a socket for ever.
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`cannot serve ${what} on ${address}: ${reasonOf(error)}`, { cause: error })));
    server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
  });
  return { address: formatAddress(server), close: () => closeServer(server) };
}

async function answer(paths: Readonly<Record<string, Handler>>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').replace(/[?#].*$/, '').replace(/(?<=.)\/$/, '');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const handler = Object.hasOwn(paths, path) ? paths[path] : undefined;
  if (handler === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('not found\n');
    return;
  }
  const { status, contentType, body } = await handler();
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function formatAddress(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE') return 'the port is in use by another program';
  if (error.code === 'EACCES') return 'not permitted (ports below 1024 need a privilege)';
  return error.message;
}
