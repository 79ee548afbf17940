import { isObject } from '@toolhive-registry/api';
import type { Era } from './types.ts';

/** What a source of ToolHive's `sources` may have and one of ours may not. */
const TOOLHIVE_SOURCE = ['configMapRef', 'pvcRef', 'managed', 'kubernetes', 'claims'] as const;

/** Detects which era an MCPRegistry is from, by the fields of its spec. Undefined: no field is specific to one. Never throws. */
export function detectEra(manifest: unknown): Era | undefined {
  const spec = isObject(manifest) ? manifest['spec'] : undefined;
  if (!isObject(spec)) return undefined;
  if (has(spec, 'configYAML')) return 'configYAML';
  if (has(spec, 'sources')) return has(spec, 'registries') || isToolhiveList(spec['sources']) ? 'sources' : 'current';
  if (has(spec, 'registries')) return 'registries';
  return has(spec, 'source') ? 'source' : undefined;
}

function isToolhiveList(sources: unknown): boolean {
  const items = Array.isArray(sources) ? sources.filter(isObject) : [];
  return items.some((item) => TOOLHIVE_SOURCE.some((field) => has(item, field)) || isObject(item['url']));
}

function has(object: Readonly<Record<string, unknown>>, key: string): boolean {
  return Object.hasOwn(object, key) && object[key] !== null;
}
