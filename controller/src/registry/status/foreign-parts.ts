import type { MCPRegistryStatus } from '@toolhive-registry/api';
import {
  formatKey,
  isRecord,
  keyOf,
  type ApiClient,
  type KubeObject,
  type ObjectKey,
  type ResourceKind,
} from '@toolhive-registry/reconciler';
import type { RegistryObject } from '../resource.ts';

/** One step of a JSON patch (RFC 6902). */
type PatchStep = { readonly op: 'test'; readonly path: string; readonly value: unknown } | { readonly op: 'remove'; readonly path: string };

/**
 * The patch steps that remove from a status what we did not write: fields, and conditions of types that we do not use now. An apply leaves those of other
 * managers alone, and readers would forever believe a condition `Stalled` that a backup restored. Empty: there are none.
 */
export function foreignParts(object: KubeObject, written: MCPRegistryStatus): PatchStep[] {
  const { status = {} } = object as RegistryObject;
  const ours = new Set(Object.entries(written).flatMap(([field, value]) => (value === undefined ? [] : [field])));
  const types = new Set<unknown>(written.conditions?.map(({ type }) => type));
  const fields = Object.keys(status).filter((field) => !ours.has(field));
  const conditions = Array.isArray(status['conditions']) ? status['conditions'] : [];
  const places = conditions.flatMap((condition, place) => (isRecord(condition) && !types.has(condition['type']) ? [place] : []));
  if (fields.length + places.length === 0) return [];
  return [
    // In another version the indexes may differ.
    { op: 'test', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion },
    ...places.toReversed().map((place) => ({ op: 'remove', path: `/status/conditions/${place}` }) as const),
    ...fields.map((field) => ({ op: 'remove', path: `/status/${field}` }) as const),
  ];
}

/** Removes foreign parts from statuses. */
export interface StatusCleaner {
  /** `object` is what the server returned for our last write. */
  clean(object: KubeObject, written: MCPRegistryStatus, signal: AbortSignal): Promise<void>;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** Whoever restores them more often than this within `WINDOW_MS` milliseconds does it on purpose, and would do so forever. */
const LIMIT = 3;
const WINDOW_MS = 600_000;

/** Creates it. `clock`: milliseconds since 1970. */
export function createStatusCleaner(client: Pick<ApiClient, 'patch'>, kind: ResourceKind, clock: () => number): StatusCleaner {
  const times = new Map<string, readonly number[]>();
  return {
    clean: async (object, written, signal) => {
      const steps = foreignParts(object, written);
      if (steps.length === 0) return;
      const key = formatKey(keyOf(object));
      const now = clock();
      const recent = (times.get(key) ?? []).filter((time) => now - time < WINDOW_MS);
      if (recent.length >= LIMIT) return;
      times.set(key, [...recent, now]);
      await client.patch(kind, { ...keyOf(object), subresource: 'status' }, steps, { signal });
    },
    forget: (registry) => void times.delete(formatKey(registry)),
  };
}
