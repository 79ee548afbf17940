import type { IncomingMessage, RequestListener } from 'node:http';
import type { Snapshot } from '@toolhive-registry/catalog';
import { HttpError } from '../errors.ts';
import { createChain, type ChainDeps } from './chain/chain.ts';
import type { Exchange } from './chain/exchange.ts';
import { createExpress } from './express.ts';
import { createHotAnswers } from './hot.ts';
import { readJsonBody } from './input/json-body.ts';
import type { RawInput } from './input/read-input.ts';
import type { Lane } from './lane.ts';
import { notFound } from './not-found.ts';
import { MAX_BODY_BYTES, type AnyRoute, type PortRole, type RequestContext, type Route } from './routes/route.ts';
import { locate } from './routing/locate.ts';
import { preflight, refusePages, routeFor } from './routing/method.ts';
import { publicPrefix } from './routing/prefix.ts';
import { createTable, isOn, type Resource } from './routing/table.ts';
import { decodePart } from './routing/template.ts';

/** Longest URL that is answered, in characters; longer ones get 414. */
const MAX_URL = 8 * 1024;

/** What a port needs besides its routes. */
export interface HandlerDeps extends ChainDeps {
  /** Name of the registry, which may prefix a path. */
  readonly registry: string;
  /** Path prefix under which clients reach the server, besides the root; '' for none. */
  readonly basePath: string;
  /** What is served. */
  readonly snapshot: () => Snapshot | undefined;
  /** Aborted when the server stops. */
  readonly draining: AbortSignal;
  /** For slow requests. */
  readonly lane: Lane;
}

/** The request listener of a port: those of the routes that are on it, hot ones, OPTIONS and refusals at once, the rest through Express, the chain around all. */
export function createHandler(role: PortRole, routes: readonly AnyRoute[], deps: HandlerDeps): RequestListener {
  const table = createTable(routes.filter((route) => isOn(route, role)));
  const elsewhere = createTable(routes.filter((route) => !isOn(route, role)));
  const chain = createChain(deps);
  const hot = createHotAnswers(deps.snapshot, deps.lane);
  const throughExpress = createExpress(chain);

  function serveHot(answer: ReturnType<typeof hot.answer>, exchange: Exchange): void {
    if (!(answer instanceof Promise)) {
      deps.lane.noteOther();
      return chain.finish(exchange, answer);
    }
    answer.then(
      (made) => chain.finish(exchange, made),
      (error: unknown) => chain.fail(exchange, error),
    );
  }

  async function serveFromState(route: Route, raw: RawInput, exchange: Exchange): Promise<void> {
    try {
      const input =
        route.body === undefined ? raw : { ...raw, body: await readJsonBody(exchange.req, route.maxBodyBytes ?? MAX_BODY_BYTES) };
      chain.finish(exchange, await route.answer(input, contextOf(exchange)));
    } catch (error) {
      chain.fail(exchange, error);
    }
  }

  function contextOf({ req, res }: Exchange): RequestContext {
    return {
      routes: table.routes,
      audience: role === 'public' ? 'public' : 'operator',
      prefix: prefixOf(req),
      ifNoneMatch: req.headers['if-none-match'],
      accept: req.headers.accept,
      gone: () => {
        const controller = new AbortController();
        if (res.closed) controller.abort();
        else res.once('close', () => controller.abort());
        return controller.signal;
      },
    };
  }

  function prefixOf(req: IncomingMessage): string {
    return publicPrefix(req.headers['x-forwarded-prefix'], deps.basePath);
  }

  return (req, res) => {
    if (deps.draining.aborted) res.shouldKeepAlive = false;
    const exchange = chain.begin(req, res);
    try {
      const { url } = exchange;
      const kept = req.method === 'GET' || req.method === 'HEAD' ? hot.recall(url) : undefined;
      if (kept !== undefined) {
        exchange.route = kept.route;
        exchange.hot = true;
        deps.lane.noteOther();
        return chain.finish(exchange, kept.answer);
      }
      if (url.length > MAX_URL) throw new HttpError('uriTooLong', `the URL has more than ${MAX_URL} characters`);
      const { target, resource } = locate(url, table, deps);
      if (resource === undefined) {
        return throughExpress(exchange, target, () =>
          chain.fail(exchange, notFound(target.path, { role, prefix: prefixOf(req), table, elsewhere })),
        );
      }
      const route = begin(resource, exchange);
      if (route === undefined) return chain.finish(exchange, preflight(resource));
      refusePages(route, req);
      const raw = { params: paramsOf(resource, target.path), search: target.search };
      if (route.hot) return serveHot(hot.answer(route, raw, url), exchange);
      return throughExpress(exchange, target, () => void serveFromState(route, raw, exchange));
    } catch (error) {
      return chain.fail(exchange, error);
    }
  };
}

/** Resolves the route of a request; undefined for OPTIONS, which has the same answer for all. Throws HttpError. */
function begin(resource: Resource, exchange: Exchange): AnyRoute | undefined {
  const method = exchange.req.method ?? '';
  exchange.route = resource.template.text;
  const route = method === 'OPTIONS' ? undefined : routeFor(resource, method);
  exchange.hot = route?.hot ?? false;
  return route;
}

function paramsOf({ template }: Resource, path: string): Record<string, string> {
  const values = template.match(path) ?? [];
  return Object.fromEntries(template.parameters.map((name, index) => [name, decodePart(values[index] ?? '')]));
}
