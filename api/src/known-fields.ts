import { closest } from './closest.ts';
import type { CrdSchema } from './crd/schema.ts';
import { formatPath, issue, type Issue } from './issue.ts';

/** Keys of `value` that the schema does not know, each with the most similar known name. Free-form places are skipped. */
export function unknownFields(value: unknown, schema: CrdSchema, path: readonly PropertyKey[] = []): Issue[] {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return [];
  if (Array.isArray(value)) {
    const items = schema.items;
    return items === undefined ? [] : value.flatMap((item, index) => unknownFields(item, items, [...path, index]));
  }
  const { properties } = schema;
  if (!isObject(value) || properties === undefined) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    return known === undefined ? [unknownField([...path, key], Object.keys(properties))] : unknownFields(child, known, [...path, key]);
  });
}

/** The issue for one unknown key at the end of `path`. */
export function unknownField(path: readonly PropertyKey[], known: readonly string[]): Issue {
  const name = formatPath(path);
  const close = closest(String(path.at(-1)), known);
  const remedy = close === undefined ? `known fields here: ${known.join(', ')}` : `did you mean "${close}"?`;
  return issue(name, `unknown field "${name}"; ${remedy}`);
}

/**
 * The value without keys that are null, as the API server drops them before it applies defaults. Free-form places and list items keep theirs.
 */
export function withoutNulls(value: unknown, schema: CrdSchema | undefined): unknown {
  if (schema === undefined) return value;
  if (schema['x-kubernetes-preserve-unknown-fields'] === true && schema.properties === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, schema.items));
  if (!isObject(value)) return value;
  const known = (key: string): CrdSchema | undefined =>
    schema.properties !== undefined && Object.hasOwn(schema.properties, key) ? schema.properties[key] : schema.additionalProperties;
  const kept = Object.entries(value).filter(([key, child]) => child !== null || known(key) === undefined);
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutNulls(child, known(key))]));
}

/** True for a plain object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
