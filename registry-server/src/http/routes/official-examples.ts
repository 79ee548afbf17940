/** Examples for the official API. Created on demand, so that documentation does not stay in memory. */

/** A cursor as `nextCursor` has it. */
export const EXAMPLE_CURSOR = 'aW8uZ2l0aHViLmV4YW1wbGUvd2VhdGhlcgoxLjAuMA';

/** A server.json with one remote and one package. */
export function exampleServerJson(): Readonly<Record<string, unknown>> {
  return {
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: 'io.github.example/weather',
    title: 'Weather',
    description: 'Forecasts for any place',
    version: '1.0.0',
    repository: { url: 'https://github.com/example/weather', source: 'github' },
    packages: [{ registryType: 'npm', identifier: '@example/weather', version: '1.0.0', transport: { type: 'stdio' } }],
    remotes: [{ type: 'streamable-http', url: 'https://weather.example.com/mcp' }],
  };
}

/** An item of the list. */
export function exampleItem(): Readonly<Record<string, unknown>> {
  return {
    server: exampleServerJson(),
    _meta: {
      'io.modelcontextprotocol.registry/official': {
        status: 'active',
        statusChangedAt: '2026-11-21T12:35:46.171Z',
        publishedAt: '2026-11-21T12:35:46.171Z',
        updatedAt: '2026-11-21T12:35:46.171Z',
        isLatest: true,
      },
    },
  };
}

/** A page of the list that another one follows. */
export function examplePage(): Readonly<Record<string, unknown>> {
  return { servers: [exampleItem()], metadata: { nextCursor: EXAMPLE_CURSOR, count: 1 } };
}

/** All versions of a server. */
export function exampleVersions(): Readonly<Record<string, unknown>> {
  return { servers: [exampleItem()], metadata: { count: 1 } };
}
