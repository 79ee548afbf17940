import type { MCPRegistry } from './types.ts';

/** Where a registry is served: by the controller in a cluster, or by the program alone. */
export type Place = 'cluster' | 'laptop';

/**
 * The fields of a manifest that are set and that this version accepts without acting on them, so that programs can say so: nobody must believe that
 * something is forbidden that is not. A field goes from this list with the version that makes it work; admission there is in a cluster only.
 */
export function fieldsWithoutEffect(registry: MCPRegistry, place: Place): string[] {
  const { spec } = registry;
  const found: [field: string, set: boolean][] = [
    ['spec.enforceServers', spec.enforceServers && place === 'laptop'],
    ['spec.expose', spec.expose !== undefined],
  ];
  return found.flatMap(([field, set]) => (set ? [field] : []));
}
