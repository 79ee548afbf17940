import type { KubeObject } from '../objects.ts';
import { isRecord } from '../objects.ts';
import type { FieldSet } from './fields.ts';
import { appliedEntry, hasKeys, isLeaf, itemKeys } from './fields.ts';
import { canonicalJson, hashOf } from './json.ts';

/** What a manager owns of an object, in the form of FieldsV1, with a short text in place of each value; of a list in the list's own order. */
export type OwnedTree = string | { readonly [field: string]: OwnedTree };

/** The part of an object that a manager has applied, its version in front. It differs exactly when something of it was changed, removed, taken over, or put into another order. */
export type Owned = readonly [version: string, fields: OwnedTree];

/** A field that differs between two trees: the keys that lead to it, and what stands there. Undefined: it is not owned. */
export interface OwnedChange {
  readonly keys: readonly string[];
  readonly was: OwnedTree | undefined;
  readonly is: OwnedTree | undefined;
}

/** Longer values are known by their hash. */
const MAX_TEXT = 40;
/** Owned, and not there. */
const ABSENT = '';

/** What a manager has applied of an object; undefined if there is nothing. */
export function ownedTree(live: KubeObject, fieldManager: string, subresource?: string): Owned | undefined {
  const entry = appliedEntry(live, fieldManager, subresource);
  return entry?.fieldsV1 === undefined ? undefined : [entry.apiVersion ?? '', treeOf(live, entry.fieldsV1)];
}

/** A value as it stands in a tree. */
export function leafText(value: unknown): string {
  if (value === undefined) return ABSENT;
  const json = canonicalJson(value);
  return json.length <= MAX_TEXT ? json : `#${hashOf(value)}`;
}

/** Where two trees differ; not in the order of lists. */
export function changesOf(was: OwnedTree | undefined, is: OwnedTree | undefined, keys: readonly string[] = []): OwnedChange[] {
  if (was === is) return [];
  if (was === undefined || is === undefined || typeof was === 'string' || typeof is === 'string') return [{ keys, was, is }];
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return fields.filter((field) => field !== '.').flatMap((field) => changesOf(was[field], is[field], [...keys, field]));
}

/** The value that these keys lead to. */
export function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => {
    if (key.startsWith('f:')) return isRecord(at) && Object.hasOwn(at, key.slice(2)) ? at[key.slice(2)] : undefined;
    if (!Array.isArray(at)) return undefined;
    return at.find((item: unknown) => isItem(item, key));
  }, value);
}

/** Whether a set of fields has the one that these keys lead to, or a part of it. */
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

/** Whether an item of a list is the one that a key (`k:{…}` or `v:…`) names. */
function isItem(item: unknown, key: string): boolean {
  const keys = itemKeys(key);
  return keys === undefined ? key === `v:${JSON.stringify(item)}` : hasKeys(item, keys);
}
