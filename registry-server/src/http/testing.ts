import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import type { Snapshot } from '@toolhive-registry/catalog';
import { pino } from 'pino';
import { createMetrics, type Metrics } from '../metrics.ts';
import { createRequestIds } from './chain/request-id.ts';
import { createHandler } from './handler.ts';
import { createLane } from './lane.ts';
import type { RegistryDeps } from './routes/deps.ts';
import { registryRoutes } from './routes/registry.ts';
import type { AnyRoute, PortRole } from './routes/route.ts';
import { packPage } from './ui/packed-page.ts';
import { servedPage, type ServedPage } from './ui/served-page.ts';

/** For tests: a port with a handler, without engine, sources or storage. */
export interface TestPort extends AsyncDisposable {
  readonly url: string;
  /** Lines of the log. */
  readonly log: readonly Record<string, unknown>[];
  readonly metrics: Metrics;
  /** How often the engine's status has been assembled. */
  statusCalls(): number;
  /** Serves another snapshot from now on; undefined: none. */
  serve(hash: string | undefined): void;
}

/** For tests: the files of the page that {@link testPort} has, by name. */
export const TEST_PAGE_FILES = {
  'page-ABC123.js': { contentType: 'text/javascript; charset=utf-8', text: `console.log(${JSON.stringify('a'.repeat(3000))});` },
  'page-DEF456.css': { contentType: 'text/css; charset=utf-8', text: 'body { margin: 0 }' },
} as const;

/** For tests: a page that no builder made. */
export async function testPage(): Promise<ServedPage> {
  const files = Object.entries(TEST_PAGE_FILES).map(([name, { contentType, text }]) => ({ name, contentType, bytes: Buffer.from(text) }));
  const html = '<!doctype html><html><head><!-- base --><script type="module" src="ui/page-ABC123.js"></script></head></html>';
  return servedPage(await packPage({ html, files }, '<!-- base -->'));
}

/**
 * For tests: opens a port of registry `test` with all routes and the given ones. Its snapshot is empty: hot routes of a test bring their answers. Its page
 * is {@link testPage}, unless `ui` is false.
 */
export async function testPort(
  more: readonly AnyRoute[] = [],
  role: PortRole = 'both',
  level = 'debug',
  basePath = '',
  ui = true,
): Promise<TestPort> {
  const log: Record<string, unknown>[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      log.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const build = { version: '0', commit: 'c', buildTime: 't', node: 'n', platform: 'p' };
  const metrics = createMetrics('test', build, 0);
  let snapshot = snapshotWith('a'.repeat(64));
  let statusCalls = 0;
  const registry = { metadata: { name: 'test', namespace: 'default' }, spec: {} };
  const lane = createLane();
  const page = testPage();
  const deps: RegistryDeps = {
    files: { of: () => Promise.reject(new Error('there are no files here')) },
    lane,
    page: ui ? () => page : undefined,
    engine: {
      snapshot: () => snapshot,
      registry: () => registry as unknown as ReturnType<RegistryDeps['engine']['registry']>,
      status: () => {
        statusCalls += 1;
        throw new Error('the status is not to be had here');
      },
      onUpdate: () => () => undefined,
      request: () => ({ kind: 'started' }),
      rollback: () => ({ kind: 'accepted' }),
      kept: () => [],
      sourceData: () => [],
      seed: () => Promise.resolve([]),
    },
    metrics,
    build,
    draining: new AbortController().signal,
  };
  const handler = createHandler(role, [...registryRoutes(deps), ...more], {
    registry: 'test',
    basePath,
    snapshot: () => snapshot,
    logger: pino({ level }, sink),
    requests: metrics.requests,
    draining: deps.draining,
    lane,
    clock: () => performance.now() / 1000,
    requestId: createRequestIds('made'),
  });
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    metrics,
    statusCalls: () => statusCalls,
    serve: (hash) => {
      snapshot = hash === undefined ? undefined : snapshotWith(hash);
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function snapshotWith(hash: string): Snapshot | undefined {
  return { header: { hash } } as Snapshot;
}

/** For tests: an answer as it came. */
export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** For tests: asks without adding a header, and without decoding the body, as `fetch` does it. */
export function askRaw(url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    sent.on('error', reject);
    sent.end();
  });
}
