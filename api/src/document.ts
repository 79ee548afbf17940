import { annotations, kind } from './group.ts';
import { isObject } from './known-fields.ts';
import type { MCPRegistry, MCPRegistrySpec } from './types.ts';

/** The MCPRegistry as the registry server reads it. */
export interface SpecDocument {
  readonly apiVersion: MCPRegistry['apiVersion'];
  readonly kind: typeof kind;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: MCPRegistrySpec;
}

/**
 * The value of ConfigMap key `spec.yaml`: the manifest with defaults, without anything that changes by itself (status, managed fields, other annotations), so
 * that equal specs give equal bytes. The keys of every object are sorted.
 */
export function toSpecDocument(registry: MCPRegistry): SpecDocument {
  const { apiVersion, metadata, spec } = registry;
  const kept = Object.fromEntries(
    [annotations.rollbackTo, annotations.syncSource, annotations.syncTrigger].flatMap((name) => {
      const value = metadata.annotations?.[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  return {
    apiVersion,
    kind,
    metadata: {
      name: metadata.name,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      ...(Object.keys(kept).length === 0 ? {} : { annotations: kept }),
    },
    spec: sorted(spec) as MCPRegistrySpec,
  };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const present = Object.entries(value).filter(([, child]) => child !== undefined);
  return Object.fromEntries(present.sort(byKey).map(([key, child]) => [key, sorted(child)]));
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  if (a[0] === b[0]) return 0;
  return a[0] < b[0] ? -1 : 1;
}
