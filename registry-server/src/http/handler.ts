import type { RequestListener } from 'node:http';
import type { Snapshot } from '@toolhive-registry/catalog';
import { HttpError } from '../errors.ts';
import { createChain, type ChainDeps } from './chain/chain.ts';
import type { Exchange } from './chain/exchange.ts';
import { createExpress } from './express.ts';
import { createHotAnswers } from './hot.ts';
import { MAX_BODY_BYTES, readJsonBody } from './input/json-body.ts';
import type { RawInput } from './input/read-input.ts';
import type { Lane } from './lane.ts';
import { missing } from './missing.ts';
import type { AnyRoute, PortRole, RequestContext, Route } from './routes/route.ts';
import { readTarget, type Target } from './routing/aliases.ts';
import { preflight, routeFor } from './routing/method.ts';
import { createTable, isOn, type Resource } from './routing/table.ts';
import { decodePart } from './routing/template.ts';

/** Longest URL that is answered, in characters; longer ones get 414. */
const MAX_URL = 8 * 1024;

/** What a port needs beside its routes. */
export interface HandlerDeps extends ChainDeps {
  /** Name of the registry, which a path may begin with. */
  readonly registry: string;
  /** What is served. */
  readonly snapshot: () => Snapshot | undefined;
  /** Aborted when the server is told to stop. */
  readonly draining: AbortSignal;
  /** For what takes long. */
  readonly lane: Lane;
}

/** The request listener of a port: those of the routes that are on it, hot ones at once, the rest through Express, the chain around all. */
export function createHandler(role: PortRole, routes: readonly AnyRoute[], deps: HandlerDeps): RequestListener {
  const table = createTable(routes.filter((route) => isOn(route, role)));
  const elsewhere = createTable(routes.filter((route) => !isOn(route, role)));
  const chain = createChain(deps);
  const hot = createHotAnswers(deps.snapshot, deps.lane);
  const throughExpress = createExpress(chain);

  function serve(resource: Resource, exchange: Exchange, target: Target): void {
    try {
      const route = begin(resource, exchange);
      if (route === undefined) return chain.finish(exchange, preflight(resource));
      const raw = { params: paramsOf(resource, target.path), search: target.search };
      if (route.hot) serveHot(hot.answer(route, raw, exchange.url), exchange);
      else void serveFromState(route, raw, exchange);
    } catch (error) {
      chain.fail(exchange, error);
    }
  }

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
      const input = route.body === undefined ? raw : { ...raw, body: await readJsonBody(exchange.req, MAX_BODY_BYTES) };
      chain.finish(exchange, await route.answer(input, contextOf(exchange)));
    } catch (error) {
      chain.fail(exchange, error);
    }
  }

  function contextOf({ req, res }: Exchange): RequestContext {
    return {
      routes: table.routes,
      audience: role === 'public' ? 'public' : 'operator',
      ifNoneMatch: req.headers['if-none-match'],
      gone: () => {
        const controller = new AbortController();
        if (res.closed) controller.abort();
        else res.once('close', () => controller.abort());
        return controller.signal;
      },
    };
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
      const target = readTarget(url, deps.registry);
      const resource = table.find(target.path);
      if (resource?.hot === true) return serve(resource, exchange, target);
      return throughExpress(exchange, target, () => {
        if (resource === undefined) chain.fail(exchange, missing(target.path, role, table, elsewhere));
        else serve(resource, exchange, target);
      });
    } catch (error) {
      return chain.fail(exchange, error);
    }
  };
}

/** Says what the request is for. Returns its route, or undefined for OPTIONS, which is answered alike for all. Throws HttpError. */
function begin(resource: Resource, exchange: Exchange): AnyRoute | undefined {
  const method = exchange.req.method ?? '';
  exchange.route = resource.template.text;
  exchange.hot = resource.hot;
  return method === 'OPTIONS' ? undefined : routeFor(resource, method);
}

function paramsOf({ template }: Resource, path: string): Record<string, string> {
  const values = template.match(path) ?? [];
  return Object.fromEntries(template.parameters.map((name, index) => [name, decodePart(values[index] ?? '')]));
}
