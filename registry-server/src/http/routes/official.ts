import { HttpError } from '../../errors.ts';
import { listEntries, listVersions, oneVersion } from '../catalog.ts';
import { facetLabels } from '../input/facet-parameters.ts';
import { checkList, DEFAULT_LIMIT, detailParameters, listParameters, serverPath, versionPath } from './official-parameters.ts';
import { exampleItem, examplePage, exampleVersions } from './official-examples.ts';
import { serverItem, serverList } from './official-schemas.ts';
import { hotRoute, type HotRoute } from './route.ts';

/** The official registry API, v0.1: its required part. */
export function officialRoutes(): HotRoute[] {
  return [
    hotRoute(
      {
        id: 'listServers',
        methods: ['GET'],
        path: '/v0.1/servers',
        ports: ['public'],
        tag: 'catalog',
        summary: 'List servers, one item per version, sorted by name and version',
        description:
          'Follow metadata.nextCursor until it is absent. With version=latest there is one item per server. For an incremental sync use ' +
          'updated_since: what was deleted comes with status "deleted". Unknown parameters are ignored, and an empty parameter counts as absent.',
        query: listParameters,
        success: { status: 200, description: 'A page of the list.', schema: serverList, example: examplePage },
        errors: ['badRequest', 'unprocessable', 'notReady'],
      },
      ({ query }, snapshot) => {
        checkList(query);
        return listEntries(snapshot, {
          limit: query.limit,
          after: query.cursor,
          search: query.search,
          version: query.version,
          updatedSince: query.updated_since,
          includeDeleted: query.include_deleted ?? query.updated_since !== undefined,
          labels: facetLabels(query),
        });
      },
      {
        // Two questions: all versions and the latest ones.
        pinned: ({ query: { limit, version, ...others } }) =>
          limit === DEFAULT_LIMIT &&
          (version === undefined || version === 'latest') &&
          Object.values(others).every((value) => value === undefined),
        // A search asks the index.
        scans: ({ query: { version, tag, tier, transport, registry_type } }) =>
          (version !== undefined && version !== 'latest') || [tag, tier, transport, registry_type].some((value) => value !== undefined),
      },
    ),
    hotRoute(
      {
        id: 'listServerVersions',
        methods: ['GET'],
        path: '/v0.1/servers/{serverName}/versions',
        ports: ['public'],
        tag: 'catalog',
        summary: 'List all versions of a server, most recently published first',
        description: 'All on one page. 404 is final: the registry has no such server.',
        params: serverPath,
        query: detailParameters,
        success: { status: 200, description: 'All versions.', schema: serverList, example: exampleVersions },
        errors: ['badRequest', 'notFound', 'unprocessable', 'notReady'],
      },
      ({ params, query }, snapshot) => listVersions(snapshot, params.serverName, query.include_deleted ?? false) ?? notThere(),
    ),
    hotRoute(
      {
        id: 'getServerVersion',
        methods: ['GET'],
        path: '/v0.1/servers/{serverName}/versions/{version}',
        ports: ['public'],
        tag: 'catalog',
        summary: 'Get one version of a server',
        description: 'The version "latest" is the latest one. 404 is final: the registry has no such version.',
        params: versionPath,
        query: detailParameters,
        success: { status: 200, description: 'The version.', schema: serverItem, example: exampleItem },
        errors: ['badRequest', 'notFound', 'unprocessable', 'notReady'],
      },
      ({ params, query }, snapshot) =>
        oneVersion(snapshot, params.serverName, params.version, query.include_deleted ?? false) ?? notThere(),
    ),
  ];
}

/** The specification's words. Clients take them as final. */
function notThere(): never {
  throw new HttpError('notFound', 'Server not found');
}
