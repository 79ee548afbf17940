import { hash } from 'node:crypto';
import { isExactNumber } from '../exact-json.ts';
import { asText, canonicalText, compact, isObject, own, sameJson, type Json, type JsonObject } from '../json.ts';

/**
 * The key under which an entry carries what its written form has no place for: in `custom_metadata` of ToolHive's form before February 2026, in `_meta` of a
 * server.json.
 */
export const CARRIED_META = 'toolhive.stacklok.dev/carried';

/**
 * Turns a value that was read back into the one that was written: `patch`, a JSON merge patch (RFC 7396), or `whole` if no such patch can express it; `of`
 * identifies the text to which it belongs.
 */
export type Carried = JsonObject;

/** What has to be carried with `visible` so that reading it, which gives `read`, yields `wanted`. */
export function carriedBy(visible: Json, read: JsonObject, wanted: JsonObject): Carried {
  const patch = patchBetween(read, wanted);
  const change = sameJson(patched(read, patch), wanted) ? { patch } : { whole: wanted };
  return { of: digestOf(visible), ...change };
}

/**
 * The value that was written, from what was read of `visible` and what it carried. Undefined if that belongs to another text: somebody has edited the entry,
 * and the visible part counts.
 */
export function withCarried(visible: Json, read: JsonObject, carried: Json): Json | undefined {
  if (!isObject(carried) || asText(own(carried, 'of')) !== digestOf(visible)) return undefined;
  return own(carried, 'whole') ?? patched(read, own(carried, 'patch') ?? {});
}

function digestOf(value: Json): string {
  return hash('sha256', canonicalText(value), 'hex').slice(0, 32);
}

function patchBetween(from: JsonObject, to: JsonObject): JsonObject {
  const set = Object.entries(to).map(([key, value]): [string, Json | undefined] => {
    const before = own(from, key);
    if (before === undefined || sameJson(before, value)) return [key, before === undefined ? value : undefined];
    return [key, isBranch(before) && isBranch(value) ? patchBetween(before, value) : value];
  });
  const removed = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  return compact(Object.fromEntries([...set, ...removed.map((key): [string, Json] => [key, null])]));
}

/** A value with a JSON merge patch applied to it (RFC 7396, 2). */
function patched(value: Json, patch: Json): Json {
  if (!isBranch(patch)) return patch;
  const members = new Map(isBranch(value) ? Object.entries(value) : []);
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) members.delete(key);
    else members.set(key, patched(members.get(key) ?? null, change));
  }
  return Object.fromEntries(members);
}

/** An object that does not stand for an exact number. */
function isBranch(value: Json | undefined): value is JsonObject {
  return isObject(value) && !isExactNumber(value);
}
