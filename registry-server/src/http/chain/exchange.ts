import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request in progress, and what is known about it so far. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The original URL: Express gets the canonical one. */
  readonly url: string;
  /** Of the request, for log and answer. */
  readonly id: string;
  /** When it arrived, in seconds of the clock. */
  readonly begun: number;
  /** Path template of the route, for log and metrics. */
  route: string;
  /** Of a hot route, of which only a sample is logged. */
  hot: boolean;
  /** It has an answer, or the client is gone. */
  over: boolean;
}
