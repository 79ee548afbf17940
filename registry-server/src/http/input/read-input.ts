import type { z } from 'zod';
import { HttpError } from '../../errors.ts';
import { shorten } from './shorten.ts';

/** Parameters and body as they arrived. */
export interface RawInput {
  /** Decoded parameters of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** The query without its question mark. */
  readonly search: string;
  /** Parsed JSON. */
  readonly body?: unknown;
}

/** Checks what arrived by the schemas of a route. Throws HttpError that names parameter, value and remedy; unknown parameters are ignored. */
export function readInput<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  schemas: { readonly params?: P; readonly query?: Q; readonly body?: B },
  raw: RawInput,
): { params: z.output<P>; query: z.output<Q>; body: z.output<B> } {
  return {
    params: check(schemas.params, raw.params, 'the path') as z.output<P>,
    query: check(schemas.query, queryTexts(raw.search), 'the query') as z.output<Q>,
    body: check(schemas.body, raw.body, 'the body') as z.output<B>,
  };
}

/** The first text of each parameter of a query; an empty one counts as absent. Throws HttpError for NUL. */
function queryTexts(search: string): Record<string, string | undefined> {
  const texts: Record<string, string | undefined> = Object.create(null) as Record<string, undefined>;
  if (search === '') return texts;
  for (const [name, text] of new URLSearchParams(search)) {
    if (text.includes('\0')) throw new HttpError('badRequest', `${shorten(name)} holds a NUL character, which cannot be part of a URL`);
    if (!(name in texts)) texts[name] = text === '' ? undefined : text;
  }
  return texts;
}

/** Parameters of the kinds in parameters.ts throw their own HttpError; what a plain schema refuses is said here. */
function check(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  if (schema === undefined) return undefined;
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const issue = error.issues[0];
  const path = issue === undefined || issue.path.length === 0 ? where : `${issue.path.join('.')} in ${where}`;
  throw new HttpError('unprocessable', `${path}: ${issue?.message ?? 'not valid'}; see /openapi.json for what is accepted`);
}
