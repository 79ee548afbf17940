import { answeredServerSchema, type AnsweredServer } from '@toolhive-registry/api';
import { z } from 'zod';
import { fileFacts } from '../catalog.ts';
import { jsonAnswer } from '../chain/answer.ts';
import { inSlices } from '../lane.ts';
import { pathParameter } from '../input/parameters.ts';
import { anyName, format, latestFilters, latestQuery } from './catalog-parameters.ts';
import type { RegistryDeps } from './deps.ts';
import { serverItem } from './official-schemas.ts';
import { route, type Route } from './route.ts';
import { exampleDeployed, exampleDetail, exampleSummary } from './toolhive-examples.ts';
import { framed, rowNamed, servedSnapshot, snapshotAnswer, summarySchema, toolhiveDetail, type ServerRoutesDeps } from './servers.ts';

/** The API of the first ToolHive operator with an MCPRegistry: the registry, its servers, and the deployed ones. */
export function toolhiveRoutes({ engine, lane, names, view, deployed, marks }: ServerRoutesDeps): Route[] {
  const facts = { methods: ['GET'], ports: ['public'], tag: 'toolhive' } as const;
  const tagged = { status: 200, tagged: true } as const;
  /** While there is no catalog, nothing is in it. */
  const runningServers = async (): Promise<readonly AnsweredServer[]> => {
    const snapshot = engine.snapshot();
    if (snapshot !== undefined) return (await deployed(snapshot)).servers;
    return engine.status().deployed.servers.map((server) => ({ ...server, catalog: { relation: 'notInCatalog' } }));
  };
  return [
    route(
      {
        ...facts,
        id: 'getRegistryInfo',
        path: '/api/v1/registry/info',
        summary: 'This registry: its name, where its data come from, and how many servers it has',
        success: {
          status: 200,
          description: 'Facts about the registry.',
          example: () => ({
            name: 'production',
            display_name: 'Company catalog',
            version: '1.0.0',
            last_updated: '2026-08-24T05:17:28Z',
            source: 'configmap:toolhive-system/registry-data',
            total_servers: 88,
          }),
          schema: infoSchema,
        },
        errors: ['notReady'],
      },
      () => {
        const snapshot = servedSnapshot(engine);
        const { metadata, spec } = engine.registry();
        const { version, lastUpdated } = fileFacts(snapshot);
        return jsonAnswer(200, {
          name: metadata.name,
          display_name: spec.displayName ?? metadata.name,
          version,
          last_updated: lastUpdated,
          source: sourceText(engine),
          total_servers: snapshot.header.serverCount,
        });
      },
    ),
    route(
      {
        ...facts,
        id: 'listRegistryServers',
        path: '/api/v1/registry/servers',
        summary: 'List the latest version of every server',
        query: { ...latestFilters, format },
        success: {
          ...tagged,
          description: 'All servers that pass the filters.',
          example: () => ({ servers: [exampleSummary()], total: 1 }),
          schema: serversSchema,
        },
        errors: ['badRequest', 'unprocessable', 'notReady'],
      },
      async ({ query: { format: wanted = 'toolhive', ...filters } }) => {
        const snapshot = servedSnapshot(engine);
        const rows = await inSlices(lane, () => snapshot.rowsInSteps(latestQuery(filters)));
        const total = `],"total":${rows.length}}`;
        if (wanted === 'upstream') return snapshotAnswer(snapshot, framed('{"servers":[', snapshot.itemsOf(rows), total));
        const running = await marks(snapshot);
        const servers = (await view(snapshot)).summaries(rows, running.rows);
        return snapshotAnswer(snapshot, framed('{"servers":[', servers, total), running);
      },
    ),
    route(
      {
        ...facts,
        id: 'getRegistryServer',
        path: '/api/v1/registry/servers/{serverName}',
        summary: 'Get the latest version of a server',
        params: anyName,
        query: { format },
        success: {
          ...tagged,
          description: 'The server.',
          example: exampleDetail,
          schema: () => z.union([z.looseObject({ name: z.string(), description: z.string() }), serverItem()]),
        },
        errors: ['badRequest', 'notFound', 'notReady'],
      },
      async ({ params, query: { format: wanted = 'toolhive' } }) => {
        const snapshot = servedSnapshot(engine);
        const found = rowNamed(await names(snapshot), params.serverName);
        return snapshotAnswer(snapshot, wanted === 'upstream' ? [snapshot.itemAt(found.row)] : toolhiveDetail(snapshot, found));
      },
    ),
    route(
      {
        ...facts,
        id: 'listDeployedServers',
        path: '/api/v1/registry/servers/deployed',
        summary: 'List the MCP servers that run in the cluster and belong to this registry',
        success: {
          status: 200,
          description: 'All of them.',
          example: () => [exampleDeployed()],
          schema: () => z.array(answeredServerSchema),
        },
        errors: [],
      },
      async () => jsonAnswer(200, await runningServers()),
    ),
    route(
      {
        ...facts,
        id: 'getDeployedServers',
        path: '/api/v1/registry/servers/deployed/{name}',
        summary: 'List those with this name, and those that run an entry of this name',
        params: { name: pathParameter({ description: 'Name of the object or of the entry.', examples: ['weather'] }) },
        success: {
          status: 200,
          description: 'All of them; an empty list is not an error.',
          example: () => [exampleDeployed()],
          schema: () => z.array(answeredServerSchema),
        },
        errors: [],
      },
      async ({ params: { name } }) =>
        jsonAnswer(
          200,
          (await runningServers()).filter(
            (server) => server.name === name || server.server_name === name || server.catalog.server === name,
          ),
        ),
    ),
  ];
}

/** `configmap:toolhive-system/registry-data`, as the first operator wrote it; several sources by their names. */
function sourceText(engine: RegistryDeps['engine']): string {
  const { metadata, spec } = engine.registry();
  const sources = spec.sources ?? (spec.source === undefined ? [] : [spec.source]);
  const [only] = sources;
  if (only === undefined || sources.length > 1)
    return engine
      .status()
      .sources.map(({ name }) => name)
      .join(', ');
  return only.configmap === undefined ? only.type : `configmap:${only.configmap.namespace ?? metadata.namespace}/${only.configmap.name}`;
}

function infoSchema(): z.ZodType {
  return z.object({
    name: z.string(),
    display_name: z.string(),
    version: z.string(),
    last_updated: z.string(),
    source: z.string(),
    total_servers: z.int().min(0),
  });
}

function serversSchema(): z.ZodType {
  return z.object({ servers: z.array(z.union([summarySchema(), serverItem()])), total: z.int().min(0) });
}
