import { apiV1Routes } from './api-v1.ts';
import { catalogFileRoutes } from './catalog-file.ts';
import type { RegistryDeps } from './deps.ts';
import { documentationRoutes } from './documentation.ts';
import { extensionRoutes } from './extension.ts';
import { facetRoutes } from './facets.ts';
import { healthRoutes } from './health.ts';
import { notOfferedRoutes } from './not-offered.ts';
import { officialExtraRoutes } from './official-extras.ts';
import { officialRoutes } from './official.ts';
import { operationRoutes } from './operations.ts';
import { pageFileRoutes } from './page-files.ts';
import { originRoute } from './origin.ts';
import { referenceRoutes } from './references.ts';
import type { AnyRoute, HotRoute } from './route.ts';
import { withView } from './servers.ts';
import { toolhiveRoutes } from './toolhive.ts';

/** Routes that need only the snapshot. */
export function catalogRoutes(): HotRoute[] {
  return [...officialRoutes(), ...extensionRoutes(), ...facetRoutes()];
}

/** The table of routes: everything that a registry server answers. */
export function registryRoutes(deps: RegistryDeps): AnyRoute[] {
  const servers = withView(deps);
  return [
    ...catalogRoutes(),
    ...apiV1Routes(servers),
    ...toolhiveRoutes(servers),
    originRoute(servers),
    ...catalogFileRoutes(deps),
    ...officialExtraRoutes(deps),
    ...notOfferedRoutes(),
    ...operationRoutes(deps),
    ...referenceRoutes(servers),
    ...healthRoutes(deps),
    ...documentationRoutes(deps),
    ...pageFileRoutes(deps),
  ];
}
