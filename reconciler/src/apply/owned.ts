import type { KubeObject } from '../objects.ts';
import { isRecord } from '../objects.ts';
import type { FieldSet } from './fields.ts';
import { appliedEntry, hasKeys, isLeaf, itemKeys } from './fields.ts';
import { canonicalJson, hashOf } from './json.ts';

/** What a manager owns of an object, in the format FieldsV1, with a short text in place of each value; items of a list are in the list's own order. */
export type OwnedTree = string | { readonly [field: string]: OwnedTree };

/**
 * The part of an object that a manager has applied, preceded by its version. It differs exactly when a part of it was changed, removed, taken over, or
 * reordered.
 */
export type Owned = readonly [version: string, fields: OwnedTree];

/** A field that differs between two trees: the keys that lead to it, and both values. Undefined: not owned. */
export interface OwnedChange {
  readonly keys: readonly string[];
  readonly was: OwnedTree | undefined;
  readonly is: OwnedTree | undefined;
}

/** Longer values are represented by their hash. */
const MAX_TEXT = 40;
/** Owned but absent. */
const ABSENT = '';

/** What a manager has applied of an object; undefined if nothing. */
export function ownedTree(live: KubeObject, fieldManager: string, subresource?: string): Owned | undefined {
  const entry = appliedEntry(live, fieldManager, subresource);
  return entry?.fieldsV1 === undefined ? undefined : [entry.apiVersion ?? '', treeOf(live, entry.fieldsV1)];
}

/** A value as it is represented in a tree. */
export function leafText(value: unknown): string {
  if (value === undefined) return ABSENT;
  const json = canonicalJson(value);
  return json.length <= MAX_TEXT ? json : `#${hashOf(value)}`;
}

/** The differences between two trees; the order of lists is ignored. */
export function changesOf(was: OwnedTree | undefined, is: OwnedTree | undefined, keys: readonly string[] = []): OwnedChange[] {
  if (was === is) return [];
  if (was === undefined || is === undefined || typeof was === 'string' || typeof is === 'string') return [{ keys, was, is }];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return fields.filter((field) => field !== '.').flatMap((field) => changesOf(was[field], is[field], [...keys, field]));
}

/** The value at these keys. */
export function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => {
    if (key.startsWith('f:')) return isRecord(at) && Object.hasOwn(at, key.slice(2)) ? at[key.slice(2)] : undefined;
    if (!Array.isArray(at)) return undefined;
    return at.find((item: unknown) => isItem(item, key));
  }, value);
}

/** Whether a set of fields contains the one at these keys, or a part of it. */
export function hasField(fields: unknown, keys: readonly string[]): boolean {
  return keys.reduce<unknown>((at, key) => (isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined), fields) !== undefined;
}

/** The keys as a path, such as `.spec.containers[main].image`. */
export function pathOf(keys: readonly string[]): string {
  return keys
    .map((key) => {
      if (key.startsWith('f:')) return `.${key.slice(2)}`;
      const [first, ...others] = Object.values(itemKeys(key) ?? {});
      return `[${typeof first === 'string' && others.length === 0 ? first : key.replace(/^k:/, '')}]`;
    })
    .join('');
}

function treeOf(value: unknown, fields: FieldSet): OwnedTree {
  if (isLeaf(fields)) return leafText(value);
  if (Array.isArray(value)) return listOf(value, fields);
  if (!isRecord(value)) return leafText(value);
  const names = Object.keys(fields).sort();
  return Object.fromEntries(
    names.map((field) => {
      const name = field.slice(2);
      return [field, field.startsWith('f:') && Object.hasOwn(value, name) ? treeOf(value[name], fields[field] as FieldSet) : ABSENT];
    }),
  );
}

function listOf(list: readonly unknown[], fields: FieldSet): OwnedTree {
  const names = Object.keys(fields).sort();
  const there = list.flatMap((item) => {
    const field = names.find((name) => isItem(item, name));
    return field === undefined ? [] : [[field, treeOf(item, fields[field] as FieldSet)] as const];
  });
  const absent = names.filter((name) => !there.some(([field]) => field === name)).map((name) => [name, ABSENT] as const);
  return Object.fromEntries([...there, ...absent]);
}

/** Whether a key (`k:{…}` or `v:…`) identifies the list item. */
function isItem(item: unknown, key: string): boolean {
  const keys = itemKeys(key);
  return keys === undefined ? key === `v:${JSON.stringify(item)}` : hasKeys(item, keys);
}
