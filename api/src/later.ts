import type { MCPRegistry } from './types.ts';

/**
 * The fields of a manifest that are set and that this version accepts without acting on them, so that programs can say so. Each goes from this list with the version that makes it work.
 */
export function fieldsWithoutEffect(registry: MCPRegistry): string[] {
  const { spec } = registry;
  const found: [field: string, set: boolean][] = [['spec.expose', spec.expose !== undefined]];
  return found.flatMap(([field, set]) => (set ? [field] : []));
}
