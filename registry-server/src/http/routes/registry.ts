import type { RegistryDeps } from './deps.ts';
import { documentationRoutes } from './documentation.ts';
import { healthRoutes } from './health.ts';
import { notOfferedRoutes } from './not-offered.ts';
import { officialExtraRoutes } from './official-extras.ts';
import { officialRoutes } from './official.ts';
import { operationRoutes } from './operations.ts';
import type { AnyRoute } from './route.ts';

/** The table of routes: everything that a registry server answers. */
export function registryRoutes(deps: RegistryDeps): AnyRoute[] {
  return [
    ...officialRoutes(),
    ...notOfferedRoutes(),
    ...officialExtraRoutes(deps),
    ...operationRoutes(deps),
    ...healthRoutes(deps),
    ...documentationRoutes(deps),
  ];
}
