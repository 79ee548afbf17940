import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { parseAddress } from './address.ts';
import type { TlsFiles } from './certificate.ts';
import { createTlsServer } from './tls-server.ts';

/** The answer to one path. */
export type Handler = () => Promise<{ readonly status: number; readonly contentType: string; readonly body: string }>;

/** A small HTTP server for probes and metrics, with or without TLS. */
export interface PlainServer {
  /** The actual listen address, such as `127.0.0.1:41234`. */
  readonly address: string;
  close(): Promise<void>;
}

/** How paths are served. */
export interface PathsOptions {
  /** What is served, for messages. */
  readonly what: string;
  readonly address: string;
  readonly paths: Readonly<Record<string, Handler>>;
  /** TLS files; undefined: no TLS. */
  readonly tls?: TlsFiles | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Serves GET and HEAD of fixed paths. Rejects with a sentence when the address is in use, or a TLS file cannot be used. */
export async function servePaths(options: PathsOptions): Promise<PlainServer> {
  const { what, address, paths, tls, logger } = options;
  const { host, port } = parseAddress(address);
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(paths, request, response).catch((error: unknown) => {
      logger.error({ err: error, path: request.url }, 'a probe or metrics request failed');
      response.writeHead(500).end();
    });
  };
  const failed = (reason: string, cause: unknown): Error => new Error(`cannot serve ${what} on ${address}: ${reason}`, { cause });
  const overTls =
    tls &&
    (await createTlsServer(what, tls, options, listener).catch((error: unknown) => {
      throw failed(error instanceof Error ? error.message : String(error), error);
    }));
  const server = overTls?.server ?? createServer(listener);
  // A peer that sends nothing must not hold a socket forever.
  server.requestTimeout = 10_000;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(failed(reasonOf(error), error)));
      server.listen({ port, ...(host === undefined ? {} : { host }) }, resolve);
    });
  } catch (error) {
    overTls?.unwatch();
    throw error;
  }
  return {
    address: formatAddress(server),
    close: () => {
      overTls?.unwatch();
      return closeServer(server);
    },
  };
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

function closeServer(server: Server | TlsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function formatAddress(server: Server | TlsServer): string {
  const { address, family, port } = server.address() as AddressInfo;
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}

function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE') return 'the port is in use by another program';
  if (error.code === 'EACCES') return 'not permitted (ports below 1024 need a privilege)';
  return error.message;
}
