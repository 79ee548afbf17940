import { HttpError } from '../../errors.ts';
import { serverPath, versionPath } from './official-parameters.ts';
import { route, type Route, type RouteFacts } from './route.ts';

/**
 * The optional operations of the official API that change the catalog: 501 in the specification's words (its OpenAPI document, docs/reference/api),
 * so that a client can tell "not offered" from "wrong method". What is served is changed at its sources.
 */
export function notOfferedRoutes(): Route[] {
  return [
    notOffered('Publishing is', {
      id: 'publishServer',
      methods: ['POST'],
      path: '/v0.1/publish',
      summary: 'Publish a server (not offered)',
    }),
    notOffered('Updates are', {
      id: 'updateServerVersion',
      methods: ['PUT'],
      path: '/v0.1/servers/{serverName}/versions/{version}',
      summary: 'Update a version of a server (not offered)',
      params: versionPath,
    }),
    notOffered('Deletion is', {
      id: 'deleteServerVersion',
      methods: ['DELETE'],
      path: '/v0.1/servers/{serverName}/versions/{version}',
      summary: 'Delete a version of a server (not offered)',
      params: versionPath,
    }),
    notOffered('Status updates are', {
      id: 'updateServerVersionStatus',
      methods: ['PATCH'],
      path: '/v0.1/servers/{serverName}/versions/{version}/status',
      summary: 'Update the status of a version (not offered)',
      params: versionPath,
    }),
    notOffered('Status updates are', {
      id: 'updateServerStatus',
      methods: ['PATCH'],
      path: '/v0.1/servers/{serverName}/status',
      summary: 'Update the status of all versions of a server (not offered)',
      params: serverPath,
    }),
  ];
}

type Named = Pick<RouteFacts, 'id' | 'methods' | 'path' | 'summary' | 'params'>;

function notOffered(what: string, facts: Named): Route {
  const described = {
    ...facts,
    description: 'An optional operation of the API. This server answers it with 501: what it serves is changed at its sources.',
    ports: ['public'],
    tag: 'publishing',
    errors: facts.params === undefined ? ['notImplemented'] : ['badRequest', 'notImplemented'],
  } as const satisfies RouteFacts;
  return route(described, () => {
    throw new HttpError('notImplemented', `${what} not supported by this registry; change the source that the server comes from`);
  });
}
