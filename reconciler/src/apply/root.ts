import type { KubeObject, ManagedFieldsEntry } from '../objects.ts';
import { isRecord } from '../objects.ts';

/** Metadata that nobody owns: the server strips it before it records fields. */
const UNOWNED_METADATA = ['name', 'namespace', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'];

/** An object without the fields that identify it, which are never in managedFields. */
export function rootFields(object: unknown): Record<string, unknown> {
  if (!isRecord(object)) return {};
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = object;
  const owned = Object.entries(isRecord(metadata) ? metadata : {}).filter(([name]) => !UNOWNED_METADATA.includes(name));
  return owned.length === 0 ? rest : { ...rest, metadata: Object.fromEntries(owned) };
}

/** Whether our fields were applied in another version of the API, whose fields may have other names. */
export function apiVersionChanged(desired: KubeObject, entry: ManagedFieldsEntry): boolean {
  return entry.apiVersion !== undefined && entry.apiVersion !== desired.apiVersion;
}
