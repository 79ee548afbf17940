import type { KubeObject, ManagedFieldsEntry } from '../objects.ts';
import { isRecord } from '../objects.ts';

/**
 * A set of fields in the format FieldsV1 (meta/v1 ManagedFieldsEntry): keys are `f:<field>` of a map, `k:<keys as JSON>` of an associative list's item,
 * `v:<value as JSON>` of a set's item, and `.` for the item itself. An empty one is a leaf: a scalar or an atomic value.
 */
export type FieldSet = Record<string, unknown>;

/** The fields that a manager has applied, by the server's records; undefined if it never applied. */
export function appliedEntry(live: KubeObject, fieldManager: string, subresource?: string): ManagedFieldsEntry | undefined {
  return live.metadata.managedFields?.find(
    (entry) => entry.manager === fieldManager && entry.operation === 'Apply' && (entry.subresource ?? '') === (subresource ?? ''),
  );
}

/** Whether an entry records a manager's updates of the object itself: neither applies nor the status. */
export function isUpdateOf(entry: ManagedFieldsEntry, fieldManager: string): boolean {
  return entry.manager === fieldManager && entry.operation === 'Update' && (entry.subresource ?? '') === '';
}

/** Whether a set has children, that is, whether the parts of the value are owned separately. */
export function isLeaf(fields: FieldSet): boolean {
  return Object.keys(fields).every((key) => key === '.');
}

/** The keys within `k:{…}`; undefined for other forms. */
export function itemKeys(field: string): Record<string, unknown> | undefined {
  if (!field.startsWith('k:')) return undefined;
  try {
    const keys: unknown = JSON.parse(field.slice(2));
    return isRecord(keys) ? keys : undefined;
  } catch {
    return undefined;
  }
}

/** Whether these keys identify the list item. */
export function hasKeys(item: unknown, keys: Record<string, unknown>): boolean {
  return isRecord(item) && Object.entries(keys).every(([key, value]) => item[key] === value);
}
