import type { z } from 'zod';
import { HttpError } from '../../errors.ts';
import type { Parameters, ValuesOf } from './parameters.ts';
import { shorten } from './shorten.ts';

/** Parameters and body before parsing. */
export interface RawInput {
  /** Decoded parameters of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** The query without its question mark. */
  readonly search: string;
  /** Parsed JSON. */
  readonly body?: unknown;
}

/** The schemas of a route. */
export interface Schemas<P extends Parameters, Q extends Parameters, B extends z.ZodType> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
}

/** Parsed parameters and body. */
export interface Input<P extends Parameters, Q extends Parameters, B extends z.ZodType> {
  readonly params: ValuesOf<P>;
  readonly query: ValuesOf<Q>;
  readonly body: z.output<B>;
}

/** Parses parameters and body for a route. Throws an HttpError that names parameter, value and remedy; unknown parameters are ignored. */
export function readInput<P extends Parameters, Q extends Parameters, B extends z.ZodType>(
  { params, query, body }: Schemas<P, Q, B>,
  raw: RawInput,
): Input<P, Q, B> {
  return {
    params: valuesOf(params, raw.params) as ValuesOf<P>,
    query: valuesOf(query, queryTexts(raw.search)) as ValuesOf<Q>,
    body: readBody(body, raw.body) as z.output<B>,
  };
}

function valuesOf(parameters: Parameters | undefined, texts: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  if (parameters !== undefined) for (const name of Object.keys(parameters)) values[name] = parameters[name]?.read(texts[name]);
  return values;
}

/** The first text of each parameter of a query; an empty one counts as absent. Throws HttpError for NUL. */
function queryTexts(search: string): Record<string, string | undefined> {
  const texts: Record<string, string | undefined> = Object.create(null) as Record<string, undefined>;
  if (search === '') return texts;
  for (const pair of search.split('&')) {
    const equals = pair.indexOf('=');
    const name = formText(equals < 0 ? pair : pair.slice(0, equals));
    const text = equals < 0 ? '' : formText(pair.slice(equals + 1));
    if (text.includes('\0')) throw new HttpError('badRequest', `${shorten(name)} holds a NUL character, which cannot be part of a URL`);
    if (!(name in texts)) texts[name] = text === '' ? undefined : text;
  }
  return texts;
}

/** A name or value of a query as the URL standard reads it; most need no decoding. */
function formText(written: string): string {
  if (!/[%+]/.test(written)) return written;
  return new URLSearchParams(`_=${written}`).get('_') ?? '';
}

function readBody(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issue = error.issues[0];
  const path = issue === undefined || issue.path.length === 0 ? 'the body' : `${issue.path.join('.')} in the body`;
  throw new HttpError('unprocessable', `${path}: ${issue?.message ?? 'not valid'}; see /openapi.json for what is accepted`);
}
