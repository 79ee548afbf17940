import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { RequestMetrics } from '../../request-metrics.ts';
import { createAccessLog } from './access-log.ts';
import { discard, isStream, type Answer } from './answer.ts';
import { conditional } from './conditional.ts';
import { createNegotiation, encode, encodedAnswer, isEncodable, NO_ENCODINGS, type Encoding } from './encoding.ts';
import { errorAnswer, toHttpError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { writeAnswer } from './write.ts';

/** The processing of every answer: request id before it; tags, metrics and log after it. */
export interface Chain {
  begin(req: IncomingMessage, res: ServerResponse): Exchange;
  finish(exchange: Exchange, answer: Answer): void;
  /** Answers with an error; anything that is not an HttpError is a fault of the server and is logged. */
  fail(exchange: Exchange, error: unknown): void;
}

/** What the chain needs. */
export interface ChainDeps {
  readonly logger: Logger;
  readonly requests: Omit<RequestMetrics, 'text'>;
  /** Seconds on a monotonic clock. */
  readonly clock: () => number;
  /** The id of a request: its header `X-Request-Id`, or a new one. */
  readonly requestId: (given: string | string[] | undefined) => string;
}

/** The `route` of requests that match none. */
export const UNMATCHED = 'unmatched';

/** Creates the chain of one port. */
export function createChain({ logger, requests, clock, requestId }: ChainDeps): Chain {
  const log = createAccessLog(logger);
  const encodingsFor = createNegotiation();
  const streamed = ({ route }: Exchange, bytes: number): void => requests.streamed(route, bytes);

  /** An error may follow an answer that could not be written. */
  function end(exchange: Exchange): void {
    if (!exchange.over) requests.end();
    exchange.over = true;
  }

  function write(exchange: Exchange, answer: Answer, error?: HttpError): void {
    const { req, res, route } = exchange;
    const seconds = clock() - exchange.begun;
    if (error !== undefined) log(exchange, answer.status, seconds, error);
    if (res.headersSent || res.destroyed) {
      // The client is gone, or has received a part of another answer: nothing valid can follow.
      discard(answer.body);
      res.destroy();
      return end(exchange);
    }
    const bytes = writeAnswer(answer, exchange, streamed);
    requests.observe(route, req.method ?? '', answer.status, seconds, bytes);
    end(exchange);
    if (error === undefined) log(exchange, answer.status, seconds);
  }

  return {
    begin: (req, res) => {
      const id = requestId(req.headers['x-request-id']);
      requests.begin();
      return { req, res, url: req.url ?? '/', id, begun: clock(), route: UNMATCHED, hot: false, over: false };
    },
    finish: (exchange, answer) => {
      const { req } = exchange;
      // No work continues for a client that has its answer.
      const passed = conditional(answer, req);
      const wanted = passed === answer ? encodingsFor(req.headers['accept-encoding']) : NO_ENCODINGS;
      const encoding = wanted[0];
      if (encoding === undefined || !isEncodable(answer)) return write(exchange, passed);
      const { body } = answer;
      if (isStream(body)) return write(exchange, keptForm(answer, wanted));
      const ready = answer.encoded?.get(encoding);
      if (ready !== undefined) return write(exchange, encodedAnswer(answer, encoding, ready));
      void encode(body, encoding).then(
        (encoded) => {
          answer.encoded?.keep(encoding, encoded);
          write(exchange, encodedAnswer(answer, encoding, { body: [encoded] }));
        },
        () => write(exchange, answer),
      );
    },
    fail: (exchange, error) => {
      const known = toHttpError(error);
      write(exchange, errorAnswer(known), known);
    },
  };
}

/** A stream is not encoded here: it is sent in the best of the forms that there are. */
function keptForm(answer: Answer, wanted: readonly Encoding[]): Answer {
  for (const encoding of wanted) {
    const ready = answer.encoded?.get(encoding);
    if (ready !== undefined) return encodedAnswer(answer, encoding, ready);
  }
  return answer;
}
