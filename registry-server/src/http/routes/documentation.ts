import { createHash } from 'node:crypto';
import { dump } from 'js-yaml';
import { z } from 'zod';
import { JSON_TYPE, jsonAnswer, NO_CACHE, type Answer } from '../chain/answer.ts';
import { openApiDocument } from '../openapi/document.ts';
import { scopedPath } from '../routing/aliases.ts';
import type { RegistryDeps } from './deps.ts';
import { route, type AnyRoute, type Route } from './route.ts';

/** What the table says of itself. */
export function documentationRoutes({ engine }: Pick<RegistryDeps, 'engine'>): Route[] {
  const describe = (routes: readonly AnyRoute[]): unknown => openApiDocument(routes, engine.registry().metadata.name);
  const asJson = keptFor((routes) => documentAnswer(JSON_TYPE, JSON.stringify(describe(routes))));
  // The media type of RFC 9512.
  const asYaml = keptFor((routes) => documentAnswer('application/yaml', dump(describe(routes), { noRefs: true, lineWidth: 120 })));
  const facts = { methods: ['GET'], ports: ['public'], tag: 'documentation', errors: [] } as const;
  return [
    route(
      {
        ...facts,
        id: 'getIndex',
        path: '/',
        summary: 'Name of the registry and its endpoints',
        success: {
          status: 200,
          description: 'The endpoints of this port.',
          schema: () => z.object({ registry: z.string(), displayName: z.string(), endpoints: z.array(z.string()) }),
        },
      },
      (_, { routes }) => {
        const { metadata, spec } = engine.registry();
        return jsonAnswer(200, { registry: metadata.name, displayName: spec.displayName ?? metadata.name, endpoints: endpointsOf(routes) });
      },
    ),
    route(
      {
        ...facts,
        id: 'getOpenApiJson',
        path: '/openapi.json',
        summary: 'This API as an OpenAPI document',
        success: { status: 200, description: 'OpenAPI 3.1 in JSON.', tagged: true },
      },
      (_, { routes }) => asJson(routes),
    ),
    route(
      {
        ...facts,
        id: 'getOpenApiYaml',
        path: '/openapi.yaml',
        summary: 'This API as an OpenAPI document',
        success: { status: 200, description: 'OpenAPI 3.1 in YAML.', contentType: 'application/yaml', tagged: true },
      },
      (_, { routes }) => asYaml(routes),
    ),
  ];

  function endpointsOf(routes: readonly AnyRoute[]): string[] {
    const paths = routes.map(({ methods: [method], path }) => (method === 'GET' ? path : `${method} ${path}`));
    const list = routes.find(({ tag }) => tag === 'catalog');
    return list === undefined ? paths : [...paths, scopedPath(list.path, engine.registry().metadata.name)];
  }
}

/** Makes an answer with the first request of a port, and keeps it. */
function keptFor(make: (routes: readonly AnyRoute[]) => Answer): (routes: readonly AnyRoute[]) => Answer {
  const kept = new WeakMap<readonly AnyRoute[], Answer>();
  return (routes) => {
    const answer = kept.get(routes) ?? make(routes);
    kept.set(routes, answer);
    return answer;
  };
}

function documentAnswer(contentType: string, text: string): Answer {
  const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
  return { status: 200, contentType, headers: NO_CACHE, etag, body: text };
}
