import { z } from 'zod';
import { HttpError } from '../../errors.ts';
import { groupsOf } from '../catalog.ts';
import { jsonAnswer } from '../chain/answer.ts';
import { pathParameter } from '../input/parameters.ts';
import { shorten } from '../input/shorten.ts';
import { catalogListRoute } from './catalog-list.ts';
import { anyName } from './catalog-parameters.ts';
import { route, type Route } from './route.ts';
import { exampleDetail, exampleSummary } from './toolhive-examples.ts';
import { framed, rowNamed, servedSnapshot, snapshotAnswer, summarySchema, toolhiveDetail, type ServerRoutesDeps } from './servers.ts';

/** ToolHive's API for catalogs, as its documents for air-gapped clusters describe it: servers, groups and tools, in ToolHive's words. */
export function apiV1Routes(deps: ServerRoutesDeps): Route[] {
  const { engine, names, view, marks } = deps;
  const facts = { methods: ['GET'], ports: ['public'], tag: 'toolhive' } as const;
  const tagged = { status: 200, tagged: true } as const;
  return [
    catalogListRoute(deps),
    route(
      {
        ...facts,
        id: 'getCatalogServer',
        path: '/api/v1/servers/{serverName}',
        summary: "Get the latest version of a server in ToolHive's format",
        params: anyName,
        success: {
          ...tagged,
          description: 'The server.',
          example: exampleDetail,
          schema: () => z.looseObject({ name: z.string(), description: z.string() }),
        },
        errors: ['badRequest', 'notFound', 'notReady'],
      },
      async ({ params }) => {
        const snapshot = servedSnapshot(engine);
        return snapshotAnswer(snapshot, toolhiveDetail(snapshot, rowNamed(await names(snapshot), params.serverName)));
      },
    ),
    route(
      {
        ...facts,
        id: 'listGroups',
        path: '/api/v1/groups',
        summary: 'List the groups of servers',
        success: {
          ...tagged,
          description: 'All groups.',
          example: () => ({
            groups: [{ name: 'databases', description: 'Servers for databases', servers_count: 3 }],
            metadata: { total: 1 },
          }),
          schema: groupsSchema,
        },
        errors: ['notReady'],
      },
      async () => {
        const snapshot = servedSnapshot(engine);
        const groups = groupsOf(snapshot).map(({ name, description, rows }) => ({ name, description, servers_count: rows.length }));
        return snapshotAnswer(snapshot, JSON.stringify({ groups, metadata: { total: groups.length } }));
      },
    ),
    route(
      {
        ...facts,
        id: 'getGroup',
        path: '/api/v1/groups/{group}',
        summary: 'Get a group and its servers',
        params: { group: pathParameter({ description: 'Name of the group.', examples: ['databases'] }) },
        success: {
          ...tagged,
          description: 'The group.',
          example: () => ({ name: 'databases', description: 'Servers for databases', servers: [exampleSummary()] }),
          schema: groupSchema,
        },
        errors: ['notFound', 'notReady'],
      },
      async ({ params }) => {
        const snapshot = servedSnapshot(engine);
        const groups = groupsOf(snapshot);
        const group = groups.find(({ name }) => name === params.group);
        if (group === undefined) {
          const names = groups.map(({ name }) => name);
          throw new HttpError(
            'notFound',
            `Group not found: ${names.length === 0 ? 'there are no groups' : `there are ${shorten(names.join(', '))}`}`,
          );
        }
        const { name, description, rows } = group;
        const head = JSON.stringify({ name, description }).slice(0, -1);
        const running = await marks(snapshot);
        return snapshotAnswer(snapshot, framed(`${head},"servers":[`, (await view(snapshot)).summaries(rows, running.rows), ']}'), running);
      },
    ),
    route(
      {
        ...facts,
        id: 'listTools',
        path: '/api/v1/tools',
        summary: 'List the tools of all servers, with the servers that have them',
        success: {
          ...tagged,
          description: 'All tools, sorted by name.',
          example: () => ({ tools: [{ name: 'get_forecast', servers: ['weather'] }], metadata: { total: 1 } }),
          schema: toolsSchema,
        },
        errors: ['notReady'],
      },
      async () => {
        const snapshot = servedSnapshot(engine);
        const { tools } = await view(snapshot);
        return snapshotAnswer(snapshot, JSON.stringify({ tools, metadata: { total: tools.length } }));
      },
    ),
    route(
      {
        ...facts,
        id: 'getCatalogHealth',
        path: '/api/v1/health',
        summary: 'Whether the process is alive',
        success: {
          status: 200,
          description: 'It is alive.',
          example: () => ({ status: 'healthy' }),
          schema: () => z.object({ status: z.literal('healthy') }),
        },
        errors: [],
      },
      () => jsonAnswer(200, { status: 'healthy' }),
    ),
  ];
}

function groupsSchema(): z.ZodType {
  const group = z.object({ name: z.string(), description: z.string().optional(), servers_count: z.int().min(0) });
  return z.object({ groups: z.array(group), metadata: z.object({ total: z.int().min(0) }) });
}

function groupSchema(): z.ZodType {
  return z.object({ name: z.string(), description: z.string().optional(), servers: z.array(summarySchema()) });
}

function toolsSchema(): z.ZodType {
  const tool = z.object({ name: z.string(), servers: z.array(z.string()) });
  return z.object({ tools: z.array(tool), metadata: z.object({ total: z.int().min(0) }) });
}
