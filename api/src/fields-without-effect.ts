import type { MCPRegistry } from './types.ts';

/** Where a registry is served: by the controller in a cluster, or by the program alone. */
export type Place = 'cluster' | 'laptop';

/**
 * The fields of a manifest that are set and do nothing where it is served, so that programs can say so: nobody must believe that something is forbidden or
 * published that is not. On a laptop there is no admission, and nothing but the address that the server was told.
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
