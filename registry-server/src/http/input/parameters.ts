import { HttpError } from '../../errors.ts';
import { shorten } from './shorten.ts';

/** JSON schema of a parameter, for OpenAPI. The first of `examples` becomes the example there. */
type Documented = Readonly<{ description: string; examples?: readonly unknown[] }> & Readonly<Record<string, unknown>>;

/**
 * A parameter of a path or query: its documentation and its parser. Not a zod schema: most requests are read in a few
 * microseconds, of which those took most; and parameters differ in the status of what they refuse (400 for what is unreadable, 422 for what is out
 * of range).
 */
export interface Parameter<T> {
  readonly documented: Documented;
  /** It must be there; parts of a path always are. */
  readonly required?: true;
  /** Parses the text, or its absence. Throws HttpError for an invalid one. */
  readonly read: (text: string | undefined) => T;
}

/** Parameters by their names, in the order in which they are read. */
export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

/** The values of parameters. */
export type ValuesOf<P extends Parameters> = { readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

/** A parameter that may be absent. */
export function parameter<T>(documented: Documented, read: (text: string) => T): Parameter<T | undefined> {
  return { documented, read: (text) => (text === undefined ? undefined : read(text)) };
}

/** A parameter that must be there. `missing` says what to write. */
export function required<T>({ documented, read }: Parameter<T | undefined>, missing: string): Parameter<T> {
  return {
    documented,
    required: true,
    read: (text) => {
      const value = read(text);
      if (value !== undefined) return value;
      throw new HttpError('unprocessable', missing);
    },
  };
}

/** A part of a path, which is always there. */
export function pathParameter(documented: Documented, check: (text: string) => void = () => undefined): Parameter<string> {
  return {
    documented: { type: 'string', ...documented },
    read: (text = '') => {
      check(text);
      return text;
    },
  };
}

/** A whole number within bounds; the fallback when it is absent. */
export function integerParameter(
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly fallback: number; readonly description: string },
): Parameter<number> {
  const { min, max, fallback, description } = bounds;
  return {
    documented: { type: 'integer', minimum: min, maximum: max, default: fallback, description, examples: [fallback] },
    read: (text) => {
      if (text === undefined) return fallback;
      const number = Number(text);
      if (/^[+-]?\d+$/.test(text) && number >= min && number <= max) return number;
      throw new HttpError('unprocessable', `${name} is "${shorten(text)}"; use a whole number from ${min} to ${max}`);
    },
  };
}

/** The words that Go's strconv.ParseBool takes, by which the official registry reads its parameters, and no others. */
const BOOLEANS: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true])),
  ...Object.fromEntries(['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false])),
};

/** True or false, in any of {@link BOOLEANS}. */
export function booleanParameter(name: string, description: string): Parameter<boolean | undefined> {
  return parameter({ type: 'boolean', description, examples: [true] }, (text) => {
    const value = Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : undefined;
    if (value !== undefined) return value;
    throw new HttpError('unprocessable', `${name} is "${shorten(text)}"; use true or false`);
  });
}

/** A text of limited length, in characters. */
export function textParameter(name: string, maxLength: number, description: string, example?: string): Parameter<string | undefined> {
  const examples = example === undefined ? {} : { examples: [example] };
  return parameter({ type: 'string', maxLength, description, ...examples }, (text) => {
    if (text.length <= maxLength) return text;
    throw new HttpError('unprocessable', `${name} has ${text.length} characters; at most ${maxLength} are allowed`);
  });
}
