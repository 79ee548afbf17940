/** A parsed JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A parsed JSON object. Its keys come from outside: never assign to an unknown key, since `__proto__` is data here. */
export interface JsonObject {
  [key: string]: Json;
}

/** True for a JSON object, false for null, arrays and scalars. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a non-empty string, or undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The object's own value under a key; keys of the prototype do not count. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The value at a path of own keys, or undefined if the path ends early. */
export function at(value: Json | undefined, ...path: string[]): Json | undefined {
  let current = value;
  for (const key of path) {
    if (!isObject(current)) return undefined;
    current = own(current, key);
  }
  return current;
}

/** Equality of JSON values; the order of keys does not matter. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
}

/** The JSON of a value with the keys of each object sorted: equal for values that {@link sameJson} calls equal. */
export function canonicalText(value: Json): string {
  if (!isContainer(value)) return JSON.stringify(value);
  // Loops instead of map and join: this runs for every entry of a catalog.
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${canonicalText(item)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort())
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`;
  return `{${text}}`;
}

/** A copy without the keys whose value is undefined. */
export function compact(object: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter((pair): pair is [string, Json] => pair[1] !== undefined));
}

/** Whether a value has more than so many levels of arrays and objects. Does not descend further itself. */
export function isNestedDeeper(value: Json, levels: number): boolean {
  if (!isContainer(value)) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isNestedDeeper(item, levels - 1));
  for (const key of Object.keys(value)) if (isNestedDeeper(value[key] ?? null, levels - 1)) return true;
  return false;
}

function isContainer(value: Json): value is Json[] | JsonObject {
  return typeof value === 'object' && value !== null;
}
