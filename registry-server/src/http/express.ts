import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { Chain } from './chain/chain.ts';
import type { Exchange } from './chain/exchange.ts';
import type { Target } from './routing/aliases.ts';

/** What a request carries through Express. Not in a WeakMap: with an entry for each request, collecting garbage took 10 µs of each. */
const TRAVELLING = Symbol('travelling');
interface Travelling extends IncomingMessage {
  [TRAVELLING]?: { readonly exchange: Exchange; readonly proceed: () => void };
}

/**
 * Passes requests that are not hot through Express, for third-party middleware. Express decides nothing: the table owns paths, and the chain
 * owns answers. Do not use its body parsers: input/json-body.ts is the only way to a body.
 */
export function createExpress(chain: Chain): (exchange: Exchange, target: Target, proceed: () => void) => void {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);
  app.use(({ [TRAVELLING]: travelling }: Travelling) => travelling?.proceed());
  // Express recognizes an error handler by its four parameters.
  app.use((error: unknown, { [TRAVELLING]: travelling }: Travelling & Request, _res: Response, _next: NextFunction) => {
    if (travelling !== undefined) chain.fail(travelling.exchange, error);
  });
  return (exchange, target, proceed) => {
    const { req, res }: { req: Travelling; res: ServerResponse } = exchange;
    req[TRAVELLING] = { exchange, proceed };
    req.url = target.search === '' ? target.path : `${target.path}?${target.search}`;
    app(req, res);
  };
}
