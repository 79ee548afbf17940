import type { JsonSchema } from '../openapi/schema.ts';

/** A field of a schema, as a line of a table. */
export interface SchemaRow {
  /** `servers[].server.name`; empty for the whole. */
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** Deepest field that is listed. */
const MAX_DEPTH = 8;

/** The fields of a schema, each below its parent. A reference is looked up among the schemas of the document. */
export function schemaRows(schema: JsonSchema, known: Readonly<Record<string, JsonSchema>>): SchemaRow[] {
  return rowsBelow(schema, '', MAX_DEPTH, known);
}

function rowsBelow(given: JsonSchema, path: string, depth: number, known: Readonly<Record<string, JsonSchema>>): SchemaRow[] {
  const schema = resolved(given, known);
  if (depth === 0) return [];
  const items = asSchema(schema['items']);
  if (items !== undefined) return rowsBelow(items, `${path}[]`, depth, known);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asSchema(schema['properties']) ?? {}).flatMap(([name, value]) => {
    const field = resolved(asSchema(value) ?? {}, known);
    const at = path === '' ? name : `${path}.${name}`;
    const { description } = field;
    return [
      {
        path: at,
        type: typeText(field),
        required: required.includes(name),
        description: typeof description === 'string' ? description : '',
      },
      ...rowsBelow(field, at, depth - 1, known),
    ];
  });
}

/** A schema in words: `integer, 1 to 100, default 30`. */
export function typeText(schema: JsonSchema): string {
  const { type, format, minimum, maximum, maxLength, maxItems, pattern, default: fallback } = schema;
  const max = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  const parts = [
    basicType(schema, type),
    text(format),
    range(minimum, max),
    maxLength === undefined ? undefined : `at most ${text(maxLength) ?? ''} characters`,
    maxItems === undefined ? undefined : `at most ${text(maxItems) ?? ''}`,
    // Patterns of time formats do not help a reader.
    pattern === undefined || format !== undefined ? undefined : `pattern ${text(pattern) ?? ''}`,
    fallback === undefined ? undefined : `default ${text(fallback) ?? ''}`,
  ];
  return parts.filter((part) => part !== undefined && part !== '').join(', ');
}

function basicType(schema: JsonSchema, type: unknown): string | undefined {
  const { enum: words, const: only, anyOf, items } = schema;
  if (only !== undefined) return JSON.stringify(only);
  if (Array.isArray(words)) return words.map((word) => JSON.stringify(word)).join(' | ');
  if (Array.isArray(anyOf)) return [...new Set(anyOf.map((one) => typeText(asSchema(one) ?? {})))].join(' | ');
  if (type === 'array') return `list of ${typeText(asSchema(items) ?? {}) || 'anything'}`;
  return text(type);
}

function range(minimum: unknown, maximum: number | undefined): string | undefined {
  if (typeof minimum !== 'number' || minimum <= Number.MIN_SAFE_INTEGER) return maximum === undefined ? undefined : `at most ${maximum}`;
  return maximum === undefined ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}

function text(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function resolved(schema: JsonSchema, known: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const [, name] = /^#\/components\/schemas\/(\w+)$/.exec(text(schema['$ref']) ?? '') ?? [];
  return name === undefined ? schema : (known[name] ?? {});
}

function asSchema(value: unknown): JsonSchema | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : undefined;
}
