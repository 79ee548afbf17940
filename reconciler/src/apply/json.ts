import { createHash } from 'node:crypto';
import { isRecord } from '../objects.ts';

/** JSON with sorted keys: equal values give equal text. Undefined fields are left out, as JSON.stringify does. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value)) ?? 'null';
}

/** A short name for a value: equal values have equal hashes. */
export function hashOf(value: unknown): string {
  // 22 letters. A slice of the whole text would keep all of it in memory.
  return createHash('sha256').update(canonicalJson(value)).digest().subarray(0, 16).toString('base64url');
}

/**
 * The value as the API server will store it: without undefined and null fields. (In server-side apply a null field and an absent one mean the same for every
 * kind except `nullable` fields of a CRD; those cannot be set to null this way.)
 */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => (item === undefined ? null : withoutNulls(item)));
  if (!isRecord(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) if (item !== undefined && item !== null) setOwn(kept, key, withoutNulls(item));
  return kept;
}

/** Whether two JSON values are equal; the order of fields does not matter, and undefined equals absent. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isRecord(a) || !isRecord(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => sameJson(a[key], b[key]));
}

/** Whether `live` has everything that `desired` has. Maps in `live` may have more, such as defaults; lists must have the same length. */
export function covers(live: unknown, desired: unknown): boolean {
  if (Array.isArray(desired)) {
    return Array.isArray(live) && live.length === desired.length && desired.every((item, index) => covers(live[index], item));
  }
  if (isRecord(desired)) return isRecord(live) && Object.entries(desired).every(([key, value]) => covers(live[key], value));
  return live === desired;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isRecord(value)) return value;
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) setOwn(sorted, key, sortKeys(value[key]));
  return sorted;
}

/** Plain assignment to `__proto__` would change the object's prototype instead of adding a field. */
function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
