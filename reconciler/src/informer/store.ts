import type { KubeObject, ObjectKey } from '../objects.ts';
import { keyOf } from '../objects.ts';

/** Returns the index values under which an object is found. */
export type IndexFunction<T extends KubeObject> = (object: T) => readonly string[];

/** What can be read from a store. Objects are shared: never change one. */
export interface ReadableStore<T extends KubeObject> {
  readonly size: number;
  get(key: ObjectKey): T | undefined;
  /** All objects, or those of one namespace. */
  list(namespace?: string): T[];
  /** Objects with this value in the index of that name; throws if there is no such index. */
  byIndex(index: string, value: string): T[];
}

/** Objects by namespace and name, with indexes kept up to date at each change. */
export class Store<T extends KubeObject> implements ReadableStore<T> {
  readonly #namespaces = new Map<string, Map<string, T>>();
  readonly #indexes = new Map<string, { values: IndexFunction<T>; members: Map<string, Set<T>> }>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: ObjectKey): T | undefined {
    return this.#namespaces.get(key.namespace)?.get(key.name);
  }

  list(namespace?: string): T[] {
    if (namespace !== undefined) return [...(this.#namespaces.get(namespace)?.values() ?? [])];
    return [...this.#namespaces.values()].flatMap((names) => [...names.values()]);
  }

  byIndex(index: string, value: string): T[] {
    const found = this.#indexes.get(index);
    if (found === undefined) throw new Error(`there is no index "${index}"`);
    return [...(found.members.get(value) ?? [])];
  }

  /** Adds an index over existing and future objects. */
  addIndex(index: string, values: IndexFunction<T>): void {
    if (this.#indexes.has(index)) throw new Error(`there is an index "${index}" already`);
    const members = new Map<string, Set<T>>();
    this.#indexes.set(index, { values, members });
    for (const object of this.list()) insert(members, values(object), object);
  }

  /** Replaces the object with the same key; returns the former one. */
  set(object: T): T | undefined {
    const { namespace, name } = keyOf(object);
    let names = this.#namespaces.get(namespace);
    if (names === undefined) this.#namespaces.set(namespace, (names = new Map()));
    const old = names.get(name);
    names.set(name, object);
    if (old === undefined) this.#size += 1;
    for (const { values, members } of this.#indexes.values()) {
      if (old !== undefined) remove(members, values(old), old);
      insert(members, values(object), object);
    }
    return old;
  }

  /** Removes the object with this key and returns it. */
  delete(key: ObjectKey): T | undefined {
    const names = this.#namespaces.get(key.namespace);
    const old = names?.get(key.name);
    if (names === undefined || old === undefined) return undefined;
    names.delete(key.name);
    if (names.size === 0) this.#namespaces.delete(key.namespace);
    this.#size -= 1;
    for (const { values, members } of this.#indexes.values()) remove(members, values(old), old);
    return old;
  }
}

function insert<T>(members: Map<string, Set<T>>, values: readonly string[], object: T): void {
  for (const value of values) {
    const set = members.get(value);
    if (set === undefined) members.set(value, new Set([object]));
    else set.add(object);
  }
}

function remove<T>(members: Map<string, Set<T>>, values: readonly string[], object: T): void {
  for (const value of values) {
    const set = members.get(value);
    set?.delete(object);
    if (set?.size === 0) members.delete(value);
  }
}
