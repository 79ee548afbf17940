import type { Snapshot, Steps } from '@toolhive-registry/catalog';
import type { z } from 'zod';
import type { HttpErrorCode } from '../../errors.ts';
import type { Answer } from '../chain/answer.ts';
import type { Audience } from '../../status/document.ts';
import type { Parameters } from '../input/parameters.ts';
import { readInput, type Input, type RawInput, type Schemas } from '../input/read-input.ts';

/** Methods that a route can have. HEAD comes with GET, and OPTIONS is answered for every path. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The public port is read-only; the internal one is for the cluster; `laptop` is the one port where there is no other. */
export type Port = 'public' | 'internal' | 'laptop';

/** Which routes a port answers: those of one of the two, or (on a laptop, which has one port) all. */
export type PortRole = 'public' | 'internal' | 'both';

/** Groups of operations. */
export type Tag = 'catalog' | 'toolhive' | 'publishing' | 'validation' | 'operations' | 'health' | 'documentation';

/** Maximum size in bytes of a request's body where the route names no other bound. */
export const MAX_BODY_BYTES = 64 * 1024;

/** The successful answer of a route. */
export interface Success {
  readonly status: number;
  readonly description: string;
  /** `application/json` if absent. */
  readonly contentType?: string;
  /** Further media types, of which one is answered where the header `Accept` prefers it. */
  readonly alternatives?: readonly string[];
  /** The answer has a tag, by which a request can be answered with 304. Understood of hot routes. */
  readonly tagged?: boolean;
  /** Made when it is asked for: it is documentation, and would stay in memory. */
  readonly schema?: () => z.ZodType;
  /** A body of such an answer, made when it is asked for. Every one in JSON has one. */
  readonly example?: () => unknown;
}

/** The description of a route. */
export interface RouteFacts {
  /** Name of the operation in OpenAPI. */
  readonly id: string;
  readonly methods: readonly [Method, ...Method[]];
  /** With `{name}` for a parameter. Other spellings of a path are in routing/aliases.ts. */
  readonly path: `/${string}`;
  readonly ports: readonly [Port, ...Port[]];
  /** What to do instead where no port has the path, as a sentence. */
  readonly instead?: string;
  /** Group in OpenAPI. */
  readonly tag: Tag;
  /** Not part of the API: neither documented nor listed nor suggested. */
  readonly unlisted?: true;
  readonly summary: string;
  /** Details beyond the summary, in sentences, for developers of clients. */
  readonly description?: string;
  /** Parameters of the path. */
  readonly params?: Parameters;
  /** Parameters of the query. */
  readonly query?: Parameters;
  /** The JSON body of the request. */
  readonly body?: z.ZodType;
  /** Maximum size in bytes of the body; {@link MAX_BODY_BYTES} if absent. */
  readonly maxBodyBytes?: number;
  /** Absent: the API has the operation, this server does not offer it, and it is answered with 501 alone. */
  readonly success?: Success;
  /** Further possible errors. `internal` and the errors of every request are implied. */
  readonly errors: readonly HttpErrorCode[];
}

/** Facts about a request besides its parameters. */
export interface RequestContext {
  /** The routes of the port that received the request. */
  readonly routes: readonly AnyRoute[];
  /** The audience of this port. */
  readonly audience: Audience;
  /** What precedes the paths of the table in the URLs of clients: '' or a path without a slash at its end. Links in answers begin with it. */
  readonly prefix: string;
  /** The header `If-None-Match`. */
  readonly ifNoneMatch: string | undefined;
  /** The header `Accept`; several lines of it are one here. */
  readonly accept: string | undefined;
  /** Aborted when the client has gone. */
  gone(): AbortSignal;
}

/** A route that is answered from the server's state. */
export interface Route extends RouteFacts {
  readonly hot: false;
  answer(raw: RawInput, context: RequestContext): Answer | Promise<Answer>;
}

/** JSON, in pieces. */
export type JsonPieces = readonly Buffer[];

/** A canonical query to the catalog. */
export interface Question {
  /** The same for equivalent queries. */
  readonly key: string;
  /** So frequent that its answer stays cached. */
  readonly pinned: boolean;
  /** All rows have to be looked at. */
  readonly scans: boolean;
  /** Depends only on query and snapshot. It and its slices may throw HttpError. */
  answer(snapshot: Snapshot): JsonPieces | Steps<JsonPieces>;
}

/** A route that is answered from the snapshot alone: before Express is entered, and from the cache when it was asked before. */
export interface HotRoute extends RouteFacts {
  readonly hot: true;
  question(raw: RawInput): Question;
}

export type AnyRoute = Route | HotRoute;

/** Whether a route implements its operation. `Allow` names methods of such routes only (RFC 9110, 10.2.1: methods that are supported). */
export function isOffered({ success }: AnyRoute): boolean {
  return success !== undefined;
}

/** Whether a route is part of the API. */
export function isListed({ unlisted }: AnyRoute): boolean {
  return unlisted === undefined;
}

/** Makes a row of the table. The handler gets the parsed request. */
export function route<P extends Parameters, Q extends Parameters, B extends z.ZodType>(
  facts: RouteFacts & Schemas<P, Q, B>,
  answer: (input: Input<P, Q, B>, context: RequestContext) => Answer | Promise<Answer>,
): Route {
  return { ...facts, hot: false, answer: (raw, context) => answer(readInput(facts, raw), context) };
}

/** Traits of a query. `pinned` may be true for a handful only. */
export interface QuestionTraits<I> {
  readonly pinned?: (input: I) => boolean;
  readonly scans?: (input: I) => boolean;
}

/** Makes a row of the table that is answered from the snapshot alone. */
export function hotRoute<P extends Parameters, Q extends Parameters>(
  facts: RouteFacts & Schemas<P, Q, z.ZodType>,
  answer: (input: Input<P, Q, z.ZodType>, snapshot: Snapshot) => JsonPieces | Steps<JsonPieces>,
  { pinned = () => false, scans = () => false }: QuestionTraits<Input<P, Q, z.ZodType>> = {},
): HotRoute {
  return {
    ...facts,
    hot: true,
    question: (raw) => {
      const input = readInput<P, Q, z.ZodType>(facts, raw);
      return {
        key: `${facts.id}${keyOf(input.params)}${keyOf(input.query)}`,
        pinned: pinned(input),
        scans: scans(input),
        answer: (snapshot) => answer(input, snapshot),
      };
    },
  };
}

/** The values of parameters as one text. Strings are marked, so that they cannot be confused with other values. */
function keyOf(values: Readonly<Record<string, unknown>>): string {
  let key = '';
  for (const name in values) {
    const value = values[name];
    if (value === undefined) key += ' ';
    else if (typeof value === 'number') key += ` ${value}`;
    else key += ` ${JSON.stringify(value)}`;
  }
  return key;
}
