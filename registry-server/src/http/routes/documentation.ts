import { dump } from 'js-yaml';
import { z } from 'zod';
import { JSON_TYPE, jsonAnswer, NO_CACHE, strongEtag, type Answer } from '../chain/answer.ts';
import { prefersPage } from '../input/accept.ts';
import { openApiDocument, type OpenApiDocument } from '../openapi/document.ts';
import { documentationPage, pageHeaders } from '../page/page.ts';
import { scopedPath } from '../routing/aliases.ts';
import { VARY_ON_PAGE } from '../ui/headers.ts';
import type { RegistryDeps } from './deps.ts';
import { isListed, isOffered, route, type AnyRoute, type RequestContext, type Route } from './route.ts';

/** Links in these answers begin with what the header says. */
const VARY = { Vary: 'X-Forwarded-Prefix' } as const;

/** The media type of pages. */
const PAGE_TYPE = 'text/html';

/** Maximum number of prefixes for which an answer of a port is kept: the usual one, and another. They come from outside. */
const MAX_PREFIXES = 2;

/** Documentation of the routes, and the page for browsers. */
export function documentationRoutes({ engine, page }: Pick<RegistryDeps, 'engine' | 'page'>): Route[] {
  const describe = ({ routes, prefix }: PortView): OpenApiDocument => openApiDocument(routes, engine.registry().metadata.name, prefix);
  const asJson = keptFor((view) => documentAnswer(JSON_TYPE, JSON.stringify(describe(view))));
  // The media type of RFC 9512.
  const asYaml = keptFor((view) => documentAnswer('application/yaml', dump(describe(view), { noRefs: true, lineWidth: 120 })));
  const asPage = keptFor((view) =>
    documentAnswer('text/html; charset=utf-8', documentationPage(describe(view), view.prefix), pageHeaders()),
  );
  const facts = { methods: ['GET'], ports: ['public'], tag: 'documentation', errors: [] } as const;
  return [
    route(
      {
        ...facts,
        id: 'getIndex',
        path: '/',
        summary: `Name of the registry and its endpoints${page === undefined ? '' : ', or, for browsers, the page that shows the catalog'}`,
        success: {
          status: 200,
          description: `The endpoints of this port${page === undefined ? '' : ', or the page where Accept names text/html and wants it no less than JSON'}.`,
          ...(page === undefined ? {} : { alternatives: [PAGE_TYPE], tagged: true }),
          schema: () =>
            z.object({ registry: z.string(), displayName: z.string(), endpoints: z.array(z.string()) }).meta({ title: 'Index' }),
          example: () => ({ registry: 'example', displayName: 'Example', endpoints: ['/v0.1/servers', 'POST /v0.1/validate'] }),
        },
      },
      async (_, view) => {
        const shown = page !== undefined && prefersPage(view.accept) ? await page() : undefined;
        if (shown !== undefined) return shown.document(view.prefix);
        const { metadata, spec } = engine.registry();
        const body = { registry: metadata.name, displayName: spec.displayName ?? metadata.name, endpoints: endpointsOf(view) };
        return jsonAnswer(200, body, page === undefined ? VARY : VARY_ON_PAGE);
      },
    ),
    route(
      {
        ...facts,
        id: 'getDocumentation',
        path: '/docs',
        summary: 'This API as a readable page',
        success: { status: 200, description: 'A page without scripts.', contentType: PAGE_TYPE, tagged: true },
      },
      (_, view) => asPage(view),
    ),
    route(
      {
        ...facts,
        id: 'getOpenApiJson',
        path: '/openapi.json',
        summary: 'This API as an OpenAPI document',
        success: {
          status: 200,
          description: 'OpenAPI 3.1 in JSON.',
          tagged: true,
          schema: () => z.looseObject({ openapi: z.string() }).meta({ title: 'OpenApiDocument' }),
          example: () => ({ openapi: '3.1.1', info: { title: 'MCP registry example', version: '1.0.0' } }),
        },
      },
      (_, view) => asJson(view),
    ),
    route(
      {
        ...facts,
        id: 'getOpenApiYaml',
        path: '/openapi.yaml',
        summary: 'This API as an OpenAPI document in YAML',
        success: {
          status: 200,
          description: 'OpenAPI 3.1 in YAML.',
          contentType: 'application/yaml',
          tagged: true,
          example: () => 'openapi: 3.1.1\ninfo:\n  title: MCP registry example\n  version: 1.0.0\n',
        },
      },
      (_, view) => asYaml(view),
    ),
  ];

  function endpointsOf({ routes, prefix }: PortView): string[] {
    const paths = routes
      .filter((row) => isOffered(row) && isListed(row))
      .map(({ methods: [method], path }) => (method === 'GET' ? `${prefix}${path}` : `${method} ${prefix}${path}`));
    const list = routes.find(({ tag }) => tag === 'catalog');
    return list === undefined ? paths : [...paths, `${prefix}${scopedPath(list.path, engine.registry().metadata.name)}`];
  }
}

/** A port, as a client sees it. */
type PortView = Pick<RequestContext, 'routes' | 'prefix'>;

/** Creates an answer at the first request of a port and a prefix, and caches it. */
function keptFor(make: (view: PortView) => Answer): (view: PortView) => Answer {
  const kept = new WeakMap<readonly AnyRoute[], Map<string, Answer>>();
  return (view) => {
    const answers = kept.get(view.routes) ?? new Map<string, Answer>();
    kept.set(view.routes, answers);
    const answer = answers.get(view.prefix) ?? make(view);
    answers.delete(view.prefix);
    answers.set(view.prefix, answer);
    const [oldest] = answers.keys();
    if (answers.size > MAX_PREFIXES && oldest !== undefined) answers.delete(oldest);
    return answer;
  };
}

function documentAnswer(contentType: string, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, contentType, headers: { ...NO_CACHE, ...VARY, ...headers }, etag: strongEtag(text), body: text };
}
