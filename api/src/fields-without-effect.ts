import type { MCPRegistry } from './types.ts';

/** Where a registry is served: by the controller in a cluster, or by the program alone. */
export type Place = 'cluster' | 'laptop';

/**
 * Fields that are set in a manifest but have no effect where it is served, so that programs can say so: nobody should believe that something is forbidden or
 * exposed when it is not. On a laptop there is no admission, and the only address is the one given to the server.
 */
export function fieldsWithoutEffect(registry: MCPRegistry, place: Place): string[] {
  if (place === 'cluster') return [];
  const { spec } = registry;
  const found: [field: string, set: boolean][] = [
    ['spec.enforceServers', spec.enforceServers],
    ['spec.expose', spec.expose !== undefined],
  ];
  return found.flatMap(([field, set]) => (set ? [field] : []));
}
