import { asText } from '../json.ts';
import { escaped } from '../pointer.ts';
import type { SchemaError } from './generations.ts';

/** A schema violation by a value, in words. */
export interface SchemaProblem {
  /** JSON pointer to the value, or to the missing or unexpected field. */
  readonly pointer: string;
  /** The rule: its place in the schema. */
  readonly rule: string;
  /** What is wrong with the value. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Whether the field is missing: it has no value. */
  readonly isMissing: boolean;
}

/** Describes the errors of a schema, each problem once, in order. */
export function problemsOf(errors: readonly SchemaError[]): SchemaProblem[] {
  const seen = new Set<string>();
  return withoutOtherKinds(errors)
    .map(problemOf)
    .filter(({ pointer, message }) => {
      // Alternatives of a schema have rules in common: the first of equal problems stays.
      const said = `${pointer}\n${message}`;
      return seen.size < seen.add(said).size;
    });
}

/**
 * If a value may be of several types, distinguished by its `type`, every alternative reports errors. Those of the wrong alternatives are dropped when the type
 * is known: a remote server without a URL is not a local program with a wrong type.
 */
function withoutOtherKinds(errors: readonly SchemaError[]): readonly SchemaError[] {
  if (!errors.some(({ keyword }) => keyword === 'anyOf')) return errors;
  const dropped = new Set<SchemaError>();
  for (const { instancePath: place, keyword } of errors) {
    if (keyword !== 'anyOf') continue;
    const below = errors.filter(({ instancePath }) => instancePath === place || instancePath.startsWith(`${place}/`));
    const kinds = new Set(below.filter((error) => error.keyword === 'enum' && error.instancePath === `${place}/type`).map(definitionOf));
    const ofOthers = below.filter((error) => kinds.has(definitionOf(error)));
    // If nothing is left, its type is none of them.
    if (below.some((error) => error.keyword !== 'anyOf' && !ofOthers.includes(error))) for (const error of ofOthers) dropped.add(error);
  }
  return errors.filter((error) => !dropped.has(error));
}

/** The definition that contains a rule: `#/definitions/SseTransport`. */
function definitionOf({ schemaPath }: SchemaError): string {
  return schemaPath.split('/', 3).join('/');
}

function problemOf(error: SchemaError): SchemaProblem {
  const { instancePath, schemaPath, keyword, params } = error;
  const field = asText(params['missingProperty']) ?? asText(params['additionalProperty']);
  const pointer = field === undefined ? instancePath : `${instancePath}/${escaped(field)}`;
  const [message, remedy] = (Object.hasOwn(WORDS, keyword) ? WORDS[keyword] : undefined)?.(params) ?? ['is not valid', 'correct it'];
  return { pointer, rule: schemaPath, message, remedy, isMissing: keyword === 'required' };
}

type Params = SchemaError['params'];

/** What is wrong and what to do about it, by the schema's keyword. */
const WORDS: Readonly<Record<string, (params: Params) => readonly [message: string, remedy: string]>> = {
  required: () => ['is missing', 'add it'],
  additionalProperties: () => ['is not a field of the schema here', 'remove it, or put it below "_meta"'],
  type: ({ type }) => [`must be ${withArticle(String(type))}`, 'write one'],
  enum: ({ allowedValues }) => {
    const allowed = Array.isArray(allowedValues) ? allowedValues.map((value) => JSON.stringify(value)).join(', ') : '';
    return [`must be one of ${allowed}`, 'choose one of them'];
  },
  const: ({ allowedValue }) => [`must be ${JSON.stringify(allowedValue)}`, 'write that'],
  pattern: ({ pattern }) => [`must match ${String(pattern)}`, 'write it in that form'],
  format: ({ format }) => [`must be a ${String(format).toUpperCase()}`, 'write it in full, as in "https://example.com/"'],
  maxLength: ({ limit }) => [`must have at most ${String(limit)} characters`, 'shorten it'],
  minLength: ({ limit }) => [`must have at least ${String(limit)} characters`, limit === 1 ? 'fill it in or leave it out' : 'lengthen it'],
  not: () => ['is a value that the schema forbids', 'write another one'],
  anyOf: () => ['is of none of the types that the schema allows', 'write one of them'],
};

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
