import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Chain } from './chain/chain.ts';
import type { Exchange } from './chain/exchange.ts';
import type { Target } from './routing/aliases.ts';
import type { Resource, RouteTable } from './routing/table.ts';

/** What Express decides between. */
export interface ExpressHandlers {
  /** Answers for a resource that is not hot. */
  readonly serve: (resource: Resource, exchange: Exchange, target: Target) => void;
  /** Answers for a path that is none. */
  readonly missing: (exchange: Exchange, target: Target) => void;
}

/** What a request carries through Express. Not in a WeakMap: with an entry for each request, collecting garbage took 10 µs of each. */
const TRAVELLING = Symbol('travelling');
interface Travelling extends IncomingMessage {
  [TRAVELLING]?: { readonly exchange: Exchange; readonly target: Target };
}

/**
 * Takes everything but the hot routes through Express: middleware of others has its place here. The paths come from the table, the
 * answers are those of the chain. Express' readers of bodies are not to be used: input/json-body.ts is the one way to a body.
 */
export function createExpressRouter(
  table: RouteTable,
  chain: Chain,
  { serve, missing }: ExpressHandlers,
): (exchange: Exchange, target: Target) => void {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  const visit = ({ [TRAVELLING]: found }: Travelling, use: (exchange: Exchange, target: Target) => void): void => {
    if (found !== undefined) use(found.exchange, found.target);
  };
  for (const resource of table.resources.filter(({ hot }) => !hot)) {
    app.all(resource.template.express, (req) => visit(req, (exchange, target) => serve(resource, exchange, target)));
  }
  app.use((req) => visit(req, missing));
  // Express tells an error handler by its four parameters.
  app.use((error: unknown, req: Request, _res: Response, _next: NextFunction) => {
    visit(req, (exchange) => chain.fail(exchange, error));
  });
  return (exchange, target) => {
    const { req, res }: { req: Travelling; res: ServerResponse } = exchange;
    req[TRAVELLING] = { exchange, target };
    req.url = target.search === '' ? target.path : `${target.path}?${target.search}`;
    app(req, res);
  };
}
