import type { KubeObject, ManagedFieldsEntry } from '../objects.ts';

/** So many parts are remembered, of each of two generations: what is shared by many comes up again soon. */
const MAX_KEPT = 512;

/**
 * Keeps equal parts of `managedFields` once. Of a thousand objects that one controller has made nearly all of it is equal, and it takes more memory than
 * all the rest of them. Objects in stores are not changed, so that they may share parts.
 */
export class Sharing {
  #young = new Map<string, unknown>();
  #old = new Map<string, unknown>();

  /** The object, with shared parts. */
  object<T extends KubeObject>(object: T): T {
    const { managedFields } = object.metadata;
    if (managedFields === undefined) return object;
    return { ...object, metadata: { ...object.metadata, managedFields: managedFields.map((entry) => this.#entry(entry)) } };
  }

  /** Part by part below the top: that of the metadata names the owner, which is another one for each object. */
  #entry(entry: ManagedFieldsEntry): ManagedFieldsEntry {
    const { fieldsV1 } = entry;
    if (fieldsV1 === undefined) return entry;
    const shared = Object.entries(fieldsV1).map(([field, part]) => [field, this.#keep(part)] as const);
    return { ...entry, fieldsV1: Object.fromEntries(shared) };
  }

  #keep(part: unknown): unknown {
    const key = JSON.stringify(part);
    const kept = this.#young.get(key);
    if (kept !== undefined) return kept;
    const value = this.#old.get(key) ?? part;
    if (this.#young.size >= MAX_KEPT) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }
}
