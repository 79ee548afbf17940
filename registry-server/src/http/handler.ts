import type { RequestListener } from 'node:http';
import type { Snapshot } from '@toolhive-registry/catalog';
import { HttpError } from '../errors.ts';
import { createChain, type ChainDeps, type Exchange } from './chain/chain.ts';
import { createExpressRouter } from './express.ts';
import { createHotAnswers } from './hot.ts';
import { MAX_BODY_BYTES, readJsonBody } from './input/json-body.ts';
import { missing } from './missing.ts';
import type { AnyRoute, PortRole, RequestContext } from './routes/route.ts';
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
}

/** The request listener of a port: those of the routes that are on it, hot ones at once, the rest through Express, the chain around all. */
export function createHandler(role: PortRole, routes: readonly AnyRoute[], deps: HandlerDeps): RequestListener {
  const table = createTable(routes.filter((route) => isOn(route, role)));
  const elsewhere = createTable(routes.filter((route) => !isOn(route, role)));
  const chain = createChain(deps);
  const hot = createHotAnswers(deps.snapshot);
  const throughExpress = createExpressRouter(table, chain, {
    serve,
    missing: (exchange, { path }) => chain.fail(exchange, missing(path, role, table, elsewhere)),
  });

  function answerHot(resource: Resource, exchange: Exchange, target: Target): void {
    const route = begin(resource, exchange);
    if (route === undefined) chain.finish(exchange, preflight(resource));
    else if (route.hot) chain.finish(exchange, hot.answer(route, { ...target, params: paramsOf(resource, target.path) }, exchange.url));
    // Another method of a hot path. It is answered here too, so that a path has one way.
    else void answerCold(route, resource, exchange, target);
  }

  async function serve(resource: Resource, exchange: Exchange, target: Target): Promise<void> {
    const route = begin(resource, exchange);
    if (route === undefined) chain.finish(exchange, preflight(resource));
    else if (!route.hot) await answerCold(route, resource, exchange, target);
  }

  async function answerCold(
    route: Exclude<AnyRoute, { hot: true }>,
    resource: Resource,
    exchange: Exchange,
    target: Target,
  ): Promise<void> {
    try {
      const { req } = exchange;
      const raw = { params: paramsOf(resource, target.path), search: target.search };
      const body = route.body === undefined ? {} : { body: await readJsonBody(req, MAX_BODY_BYTES) };
      chain.finish(exchange, await route.answer({ ...raw, ...body }, contextOf(exchange)));
    } catch (error) {
      chain.fail(exchange, error);
    }
  }

  function contextOf({ req, res }: Exchange): RequestContext {
    return {
      table,
      ifNoneMatch: req.headers['if-none-match'],
      gone: () => {
        const controller = new AbortController();
        res.once('close', () => controller.abort());
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
        return chain.finish(exchange, kept.answer);
      }
      if (url.length > MAX_URL) throw new HttpError('uriTooLong', `the URL has more than ${MAX_URL} characters`);
      const target = readTarget(url, deps.registry);
      const resource = table.hot.find(({ template }) => template.match(target.path) !== undefined);
      if (resource === undefined) throughExpress(exchange, target);
      else answerHot(resource, exchange, target);
    } catch (error) {
      chain.fail(exchange, error);
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
