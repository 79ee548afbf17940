import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { HttpError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { SyncEngine } from '../sync/engine.ts';
import type { BuildInfo } from '../version.ts';
import { CORS, matchesEtag, sendError, sendJson } from './reply.ts';
import { preflight } from './servers.ts';
import { statusDocument, statusEtag } from '../status/document.ts';

/** Which endpoints a port answers: the public read-only ones, those for the cluster, or (on a laptop) both. */
export type PortRole = 'public' | 'internal' | 'both';

/** What the endpoints need. */
export interface AppDeps {
  readonly engine: SyncEngine;
  readonly metrics: Metrics;
  readonly build: BuildInfo;
  readonly logger: Logger;
  /** Aborted when the server is told to stop. */
  readonly draining: AbortSignal;
}

/** Longest wait of a long poll, in seconds. */
const MAX_WAIT_SECONDS = 60;

/** Everything but the catalogue itself. */
export function createApp(role: PortRole, deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  const { engine, metrics } = deps;

  route(app, '/health', { GET: (req, res) => sendJson(req, res, 200, '{"status":"healthy"}', NO_STORE) });
  route(app, '/readiness', { GET: (req, res) => readiness(req, res, deps) });
  route(app, '/version', { GET: (req, res) => sendJson(req, res, 200, JSON.stringify(deps.build), NO_STORE) });
  route(app, '/registry/status', { GET: (req, res) => status(req, res, deps) });
  if (role !== 'internal') route(app, '/', { GET: (req, res) => sendJson(req, res, 200, JSON.stringify(index(role, engine)), NO_STORE) });
  if (role !== 'public') {
    const sync: RequestHandler = (req, res) => {
      if (!engine.request())
        throw new HttpError('syncRunning', 'a sync is running already; GET /registry/status says when it is done', {
          Location: '/registry/status',
        });
      sendJson(req, res, 202, JSON.stringify({ status: 'accepted', statusUrl: '/registry/status' }), {
        ...NO_STORE,
        Location: '/registry/status',
      });
    };
    route(app, '/registry/sync', { POST: sync, PUT: sync });
    route(app, '/metrics', {
      GET: async (req, res) => {
        const { body, contentType } = await metrics.text();
        sendJson(req, res, 200, body, { ...NO_STORE, 'Content-Type': contentType });
      },
    });
  }
  app.use((req) => {
    throw new HttpError('notFound', `Endpoint not found: ${req.path.slice(0, 200)}. ${ELSEWHERE[role]}`);
  });
  // Express tells an error handler by its four parameters.
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => {
    if (isClientError(error)) return sendError(req, res, new HttpError('badRequest', messageOf(error)));
    if (!(error instanceof HttpError)) deps.logger.error({ err: messageOf(error), path: req.path }, 'a request failed unexpectedly');
    return sendError(req, res, error);
  });
  return app;
}

/** Where to look for a path that a port does not have. */
const ELSEWHERE: Readonly<Record<PortRole, string>> = {
  public: 'GET / lists what there is; /metrics and /registry/sync are on the internal port',
  internal:
    'This is the internal port: /health, /readiness, /version, /registry/status, /registry/sync and /metrics; the catalogue is on the main port',
  both: 'GET / lists what there is',
};

const NO_STORE = { 'Cache-Control': 'no-store' } as const;

/** Express' own complaints, such as a path that cannot be decoded. */
function isClientError(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 400;
}

/** Registers the methods of a path; HEAD goes with GET, OPTIONS is answered, any other method gets 405. */
function route(app: Express, path: string, handlers: { GET?: RequestHandler; POST?: RequestHandler; PUT?: RequestHandler }): void {
  const methods = [
    ...(handlers.GET === undefined ? [] : ['GET', 'HEAD']),
    ...(handlers.POST === undefined ? [] : ['POST', 'PUT']),
    'OPTIONS',
  ].join(', ');
  app.all(path, (req, res, next) => {
    if (req.method === 'OPTIONS') return preflight(res, methods);
    const handler =
      req.method === 'GET' || req.method === 'HEAD'
        ? handlers.GET
        : req.method === 'POST'
          ? handlers.POST
          : req.method === 'PUT'
            ? handlers.PUT
            : undefined;
    if (handler === undefined)
      throw new HttpError('methodNotAllowed', `${req.method} is not supported on ${path}; use ${methods}`, { Allow: methods });
    return handler(req, res, next);
  });
}

function readiness(req: Request, res: Response, { engine, draining }: AppDeps): void {
  if (draining.aborted) throw new HttpError('notReady', 'the server is shutting down', { Connection: 'close' });
  const { snapshot, sources } = engine.status();
  if (snapshot === undefined) {
    const reasons = sources.map((source) => `${source.name}: ${source.error?.message ?? source.state}`).join('; ');
    throw new HttpError('notReady', `no data yet: ${reasons}`);
  }
  sendJson(req, res, 200, '{"status":"ready"}', NO_STORE);
}

/**
 * The status, with `?wait=SECONDS` (or `30s`) as a long poll: with `If-None-Match` of the current facts the answer waits for others,
 * 304 when none came.
 */
async function status(req: Request, res: Response, { engine, draining }: AppDeps): Promise<void> {
  const wait = waitMs(req.query['wait']);
  const known = req.headers['if-none-match'];
  let document = statusDocument(engine.status());
  if (wait > 0 && matchesEtag(known, statusEtag(document))) {
    const deadline = Date.now() + wait;
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    // A poll must not hold up the end of the server.
    const over = AbortSignal.any([gone.signal, draining]);
    while (matchesEtag(known, statusEtag(document)) && Date.now() < deadline && !over.aborted) {
      await nextUpdate(engine, deadline - Date.now(), over);
      document = statusDocument(engine.status());
    }
    if (gone.signal.aborted) return;
  }
  const etag = statusEtag(document);
  const headers = { ETag: etag, 'Cache-Control': 'no-cache' };
  if (matchesEtag(known, etag)) res.writeHead(304, { ...headers, ...CORS }).end();
  else sendJson(req, res, 200, JSON.stringify(document), headers);
}

function waitMs(value: unknown): number {
  if (value === undefined) return 0;
  const text = typeof value === 'string' ? value : '';
  const seconds = Number(/^(\d{1,4}(?:\.\d{1,3})?)s?$/.exec(text)?.[1]);
  if (Number.isNaN(seconds)) throw new HttpError('unprocessable', `wait is "${text.slice(0, 60)}"; use seconds, for example wait=30s`);
  return Math.min(seconds, MAX_WAIT_SECONDS) * 1000;
}

function nextUpdate(engine: SyncEngine, timeoutMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      unsubscribe();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, timeoutMs));
    timer.unref();
    const unsubscribe = engine.onUpdate(done);
    signal.addEventListener('abort', done, { once: true });
  });
}

function index(role: PortRole, engine: SyncEngine): unknown {
  const { manifest } = engine.status().configuration;
  const { name } = manifest.registry.metadata;
  const own = [
    '/v0.1/servers',
    '/v0.1/servers/{name}/versions',
    '/v0.1/servers/{name}/versions/{version}',
    `/registry/${name}/v0.1/servers`,
  ];
  const operations = [
    '/registry/status',
    '/health',
    '/readiness',
    '/version',
    ...(role === 'both' ? ['/metrics', 'POST /registry/sync'] : []),
  ];
  return { registry: name, displayName: manifest.registry.spec.displayName ?? name, endpoints: [...own, ...operations] };
}
