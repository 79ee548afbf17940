import type { Json } from './json.ts';

/** A key as a part of a JSON pointer (RFC 6901, 3). */
export function escaped(key: string): string {
  return /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

/** The keys of a JSON pointer, from the outermost to the innermost. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a JSON pointer, or undefined. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  let found: Json | undefined = value;
  for (const key of keysOf(pointer)) found = memberOf(found, key);
  return found;
}

/** The longest prefix of a JSON pointer that resolves. */
export function existingPart(value: Json, pointer: string): string {
  let existing = '';
  let found: Json | undefined = value;
  for (const key of keysOf(pointer)) {
    found = memberOf(found, key);
    if (found === undefined) break;
    existing += `/${escaped(key)}`;
  }
  return existing;
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  if (Array.isArray(value)) return /^\d+$/.test(key) ? value[Number(key)] : undefined;
  return value[key];
}
