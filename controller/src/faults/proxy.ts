import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { Agent, createServer, request as send } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { selfSigned } from '@toolhive-registry/reconciler/testing';
import { kubeconfig, type ApiServer } from '@toolhive-registry/testenv';
import { callOf, type Call } from './call.ts';

/** What happens to a request. */
export type Verdict =
  | { readonly kind: 'pass' }
  /** Answered by the proxy instead of the API server. */
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfterSeconds?: number }
  /** Carried out, but answered with this. */
  | { readonly kind: 'answer after'; readonly status: number }
  /** Never answered. */
  | { readonly kind: 'hang' }
  /** The connection ends before the API server sees the request. */
  | { readonly kind: 'cut' }
  /** Carried out, and the connection ends before the answer. `carriedOut` is called then. */
  | { readonly kind: 'cut after'; readonly carriedOut?: () => void };

export const PASS: Verdict = { kind: 'pass' };

/** Receives the lines of one watch and passes on those that should be seen. */
export type WatchFilter = (line: string, pass: (line: string) => void) => void;

/** What a proxy does to requests. */
export interface Faults {
  /** Called for each request. */
  judge?: (call: Call) => Verdict;
  /** Called for each watch; undefined: it is passed through. */
  filterWatch?: (call: Call, cut: () => void) => WatchFilter | undefined;
}

/** A proxy between one controller and the API server. */
export interface Proxy {
  /** May be changed at any time. */
  faults: Faults;
  /** Kubeconfig of an administrator that points here. */
  readonly kubeconfigPath: string;
  /** The requests so far, in order of arrival; `at` is `performance.now()`. */
  readonly calls: readonly (Call & { readonly at: number })[];
  /** Closes all connections; new ones can be opened. */
  cutAll(): void;
  close(): Promise<void>;
}

/** Starts a proxy. `name` distinguishes its kubeconfig from others. */
export async function startProxy(api: ApiServer, name: string, folder: string, faults: Faults = {}): Promise<Proxy> {
  const certificate = selfSigned();
  const agent = new Agent({ keepAlive: true, ca: api.ca, maxSockets: 64 });
  const sockets = new Set<Socket>();
  const calls: (Call & { at: number })[] = [];
  const proxy = { faults };

  const server = createServer(certificate, (request, response) => {
    const call = callOf(request.method ?? 'GET', request.url ?? '/', request.headers['content-type']);
    calls.push({ ...call, at: performance.now() });
    void bodyOf(request).then(
      (body) => serve(call, request, body, response),
      () => request.destroy(),
    );
  });
  server.on('secureConnection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function serve(call: Call, request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const verdict = proxy.faults.judge?.(call) ?? PASS;
    if (verdict.kind === 'hang') return;
    if (verdict.kind === 'cut') return void request.socket.destroy();
    if (verdict.kind === 'answer') return refuse(response, verdict.status, verdict.retryAfterSeconds);
    const upstream = send(new URL(request.url ?? '/', api.url), {
      method: request.method,
      agent,
      headers: { ...request.headers, host: new URL(api.url).host },
    });
    response.once('close', () => upstream.destroy());
    upstream.once('error', () => request.socket.destroy());
    upstream.once('response', (answer) => {
      if (verdict.kind === 'pass') return forward(call, answer, response);
      answer.resume();
      answer.once('end', () => {
        if (verdict.kind === 'answer after') return refuse(response, verdict.status);
        request.socket.destroy();
        verdict.carriedOut?.();
      });
    });
    upstream.end(body);
  }

  function forward(call: Call, answer: IncomingMessage, response: ServerResponse): void {
    const { 'content-length': _length, connection: _connection, 'transfer-encoding': _encoding, ...headers } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, headers);
    // A watch without events has been accepted all the same.
    response.flushHeaders();
    const filter =
      call.verb === 'watch' && answer.statusCode === 200 ? proxy.faults.filterWatch?.(call, () => response.destroy()) : undefined;
    answer.once('error', () => response.destroy());
    if (filter === undefined) return void answer.pipe(response);
    let rest = '';
    answer.setEncoding('utf8');
    answer.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) filter(line, (passed) => response.writable && response.write(`${passed}\n`));
    });
    answer.once('end', () => response.end());
  }

  const { port } = server.address() as AddressInfo;
  const kubeconfigPath = join(folder, `${name}.kubeconfig`);
  await writeFile(kubeconfigPath, kubeconfig(`https://127.0.0.1:${port}`, certificate.cert, api.adminToken), { mode: 0o600 });
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return Object.assign(proxy, {
    kubeconfigPath,
    calls,
    cutAll,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      cutAll();
      await closed;
      agent.destroy();
    },
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

/** Answers in the API server's format. */
function refuse(response: ServerResponse, code: number, retryAfterSeconds?: number): void {
  const headers = {
    'content-type': 'application/json',
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  };
  response.writeHead(code, headers);
  response.end(
    JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason: REASONS[code], message: `fault ${code}` }),
  );
}

const REASONS: Readonly<Record<number, string>> = {
  409: 'Conflict',
  410: 'Expired',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};
