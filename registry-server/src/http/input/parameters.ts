import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import { shorten } from './shorten.ts';

/** JSON schema of a parameter, for OpenAPI. The first of `examples` becomes the example there. */
type Documented = Readonly<{ description: string; examples?: readonly unknown[] }> & Readonly<Record<string, unknown>>;

/**
 * A parameter that may be absent. `read` makes its value from its text and throws HttpError for one that it cannot use: not a zod issue,
 * because parameters differ in status (400 for what is unreadable, 422 for what is out of range).
 */
export function parameter<T>(documented: Documented, read: (text: string) => T): z.ZodType<T | undefined, string | undefined> {
  return z
    .string()
    .optional()
    .transform((text) => (text === undefined ? undefined : read(text)))
    .meta(documented);
}

/** A whole number within bounds; the fallback when it is absent. */
export function integerParameter(
  name: string,
  bounds: { readonly min: number; readonly max: number; readonly fallback: number; readonly description: string },
): z.ZodType<number, string | undefined> {
  const { min, max, fallback, description } = bounds;
  return z
    .string()
    .optional()
    .transform((text) => {
      if (text === undefined) return fallback;
      const number = Number(text);
      if (/^[+-]?\d+$/.test(text) && number >= min && number <= max) return number;
      throw new HttpError('unprocessable', `${name} is "${shorten(text)}"; use a whole number from ${min} to ${max}`);
    })
    .meta({ type: 'integer', minimum: min, maximum: max, default: fallback, description, examples: [fallback] });
}

/** The words that Go's strconv.ParseBool takes, by which the official registry reads its parameters, and no others. */
const BOOLEANS: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true])),
  ...Object.fromEntries(['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false])),
};

/** True or false, in any of {@link BOOLEANS}. */
export function booleanParameter(name: string, description: string): z.ZodType<boolean | undefined, string | undefined> {
  return parameter({ type: 'boolean', description, examples: [true] }, (text) => {
    const value = Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : undefined;
    if (value !== undefined) return value;
    throw new HttpError('unprocessable', `${name} is "${shorten(text)}"; use true or false`);
  });
}

/** A text of limited length, in characters. */
export function textParameter(
  name: string,
  maxLength: number,
  description: string,
  example?: string,
): z.ZodType<string | undefined, string | undefined> {
  const examples = example === undefined ? {} : { examples: [example] };
  return parameter({ type: 'string', maxLength, description, ...examples }, (text) => {
    if (text.length <= maxLength) return text;
    throw new HttpError('unprocessable', `${name} has ${text.length} characters; at most ${maxLength} are allowed`);
  });
}
