import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import { listEntries, listExtraVersions, namespacePrefix, oneExtra, type EntryKind } from '../catalog.ts';
import { facetLabels, listParameter } from '../input/facet-parameters.ts';
import { integerParameter, pathParameter, textParameter } from '../input/parameters.ts';
import { cursor, MAX_SEARCH } from './official-parameters.ts';
import { hotRoute, type HotRoute } from './route.ts';
import { exampleExtra, exampleExtras } from './toolhive-examples.ts';

/** Default and bounds of `limit`: those of ToolHive's registry server (toolhive-registry-server, internal/api/x/skills). */
const LIMIT = { min: 1, max: 100, fallback: 50 } as const;
const MAX_NAMESPACE = 128;
/** In examples. */
const NAME = 'pdf-forms';

/** ToolHive's extension of the API: skills and plugins. `thv serve` answers 500 where a registry has no list of plugins. */
export function extensionRoutes(): HotRoute[] {
  return [...routesOf('skill'), ...routesOf('plugin')];
}

function routesOf(kind: Exclude<EntryKind, 'server'>): HotRoute[] {
  const path = `/v0.1/x/dev.toolhive/${kind}s` as const;
  const name = kind === 'skill' ? 'Skill' : 'Plugin';
  const query = {
    search: textParameter('search', MAX_SEARCH, 'Part of name, title or description; case is ignored.', 'pdf'),
    namespace: textParameter('namespace', MAX_NAMESPACE, 'Only those in this namespace.', 'io.github.example'),
    status: listParameter('status', `Only ${kind}s of this status.`, ['active']),
    cursor,
    limit: integerParameter('limit', { ...LIMIT, description: `Maximum number of ${kind}s on a page.` }),
  };
  const params = {
    namespace: pathParameter({ description: 'Namespace, in reverse DNS.', examples: ['io.github.example'] }),
    name: pathParameter({ description: `Name of the ${kind}.`, examples: [NAME] }),
  };
  const version = pathParameter({ description: '"latest", or exactly this version.', examples: ['latest'] });
  const facts = { methods: ['GET'], ports: ['public'], tag: 'catalog' } as const;
  const item = (): z.ZodType => z.looseObject({ namespace: z.string(), name: z.string(), description: z.string(), version: z.string() });
  const list = (): z.ZodType =>
    z.object({ [`${kind}s`]: z.array(item()), metadata: z.object({ count: z.int().min(0), nextCursor: z.string().optional() }) });
  const notThere = (): never => {
    throw new HttpError('notFound', `${name} not found`);
  };
  return [
    hotRoute(
      {
        ...facts,
        id: `list${name}s`,
        path,
        summary: `List ${kind}s, the latest version of each, sorted by name`,
        query,
        success: { status: 200, description: 'A page of the list.', schema: list, example: () => exampleExtras(kind, NAME) },
        errors: ['badRequest', 'unprocessable', 'notReady'],
      },
      ({ query: { search, namespace, status, cursor: after, limit } }, snapshot) =>
        listEntries(snapshot, {
          kind,
          version: 'latest',
          search,
          after,
          limit,
          labels: facetLabels({ status }),
          prefix: namespace === undefined ? undefined : namespacePrefix(kind, namespace),
        }),
      { scans: ({ query: { search, namespace, status } }) => [search, namespace, status].some((value) => value !== undefined) },
    ),
    hotRoute(
      {
        ...facts,
        id: `get${name}`,
        path: `${path}/{namespace}/{name}`,
        summary: `Get the latest version of a ${kind}`,
        params,
        success: { status: 200, description: `The ${kind}.`, schema: item, example: () => exampleExtra(NAME) },
        errors: ['badRequest', 'notFound', 'notReady'],
      },
      ({ params: of }, snapshot) => oneExtra(snapshot, { kind, ...of }, 'latest') ?? notThere(),
    ),
    hotRoute(
      {
        ...facts,
        id: `list${name}Versions`,
        path: `${path}/{namespace}/{name}/versions`,
        summary: `List all versions of a ${kind}, most recently published first`,
        params,
        success: { status: 200, description: 'All versions.', schema: list, example: () => exampleExtras(kind, NAME) },
        errors: ['badRequest', 'notFound', 'notReady'],
      },
      ({ params: of }, snapshot) => listExtraVersions(snapshot, { kind, ...of }) ?? notThere(),
    ),
    hotRoute(
      {
        ...facts,
        id: `get${name}Version`,
        path: `${path}/{namespace}/{name}/versions/{version}`,
        summary: `Get one version of a ${kind}`,
        params: { ...params, version },
        success: { status: 200, description: 'The version.', schema: item, example: () => exampleExtra(NAME) },
        errors: ['badRequest', 'notFound', 'notReady'],
      },
      ({ params: { version: wanted, ...of } }, snapshot) => oneExtra(snapshot, { kind, ...of }, wanted) ?? notThere(),
    ),
  ];
}
