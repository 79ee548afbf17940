import { HTTP_ERRORS, type HttpError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Exchange } from './exchange.ts';
import { traceContext } from './trace-context.ts';

/** Answers of hot routes are sampled: one in this many is logged. */
export const HOT_SAMPLE = 100;

/** Longest path that is written to the log. */
const MAX_PATH = 200;

/** Logs an answer: a line at debug, sampled for hot routes; errors at the level of their table, faults of the server with their cause. */
export function createAccessLog(logger: Logger): (exchange: Exchange, status: number, seconds: number, error?: HttpError) => void {
  let hotAnswers = 0;
  return (exchange, status, seconds, error) => {
    const level = error === undefined ? 'debug' : HTTP_ERRORS[error.code].level;
    if (!logger.isLevelEnabled(level)) return;
    if (exchange.hot && error === undefined && hotAnswers++ % HOT_SAMPLE !== 0) return;
    const line = {
      requestId: exchange.id,
      ...traceContext(exchange.req.headers['traceparent']),
      method: exchange.req.method,
      path: pathOf(exchange.url),
      route: exchange.route,
      status,
      ms: Math.round(seconds * 1e6) / 1000,
    };
    if (error === undefined) logger.debug(line, 'request');
    else if (level === 'debug') logger.debug({ ...line, err: error.message }, 'request refused');
    else logger[level]({ ...line, err: error.cause ?? error }, 'a request failed unexpectedly');
  };
}

/** Without the query: what people search for is private. */
function pathOf(url: string): string {
  return (url.split('?', 1)[0] ?? '').slice(0, MAX_PATH);
}
