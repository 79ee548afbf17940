/** Examples beyond the official API. Created on demand, so that documentation does not stay in memory. */
import { EXAMPLE_CURSOR } from './official-examples.ts';

/** What lists of ToolHive's own endpoints say of a server. */
export function exampleSummary(): Readonly<Record<string, unknown>> {
  return {
    name: 'weather',
    full_name: 'io.github.example/weather',
    title: 'Weather',
    description: 'Forecasts for any place',
    image: 'ghcr.io/example/weather:1.0.0',
    status: 'Active',
    tier: 'Community',
    transport: 'stdio',
    tools: ['get_forecast'],
    tags: ['weather'],
  };
}

/** A server in ToolHive's catalog format. */
export function exampleDetail(): Readonly<Record<string, unknown>> {
  const { full_name: _full, ...facts } = exampleSummary();
  return {
    ...facts,
    repository_url: 'https://github.com/example/weather',
    env_vars: [{ name: 'API_KEY', description: 'Key of the weather service', required: true, secret: true }],
    permissions: { network: { outbound: { allow_host: ['api.weather.example.com'], allow_port: [443] } } },
  };
}

/** A server that runs in the cluster. */
export function exampleDeployed(): Readonly<Record<string, unknown>> {
  return {
    name: 'weather-1',
    namespace: 'team-a',
    kind: 'MCPServer',
    server_name: 'weather',
    status: 'Running',
    ready: true,
    image: 'ghcr.io/example/weather:1.0.0',
    transport: 'stdio',
    endpoint_url: 'http://mcp-weather-1-proxy.team-a.svc.cluster.local:8080',
    catalog: { relation: 'outdated', server: 'io.github.example/weather', version: '1.0.0', latest_version: '1.1.0' },
  };
}

/** Where a server comes from. */
export function exampleOrigin(): Readonly<Record<string, unknown>> {
  return {
    server: 'io.github.example/weather',
    version: '1.0.0',
    source: { name: 'team', type: 'git', revision: '5a1f0c3de2b49876a0c1d2e3f4a5b6c7d8e9f0a1' },
    file: 'servers/weather.json',
    alsoIn: [{ source: 'community', version: '0.9.0' }],
  };
}

/** A skill or plugin. */
export function exampleExtra(name: string): Readonly<Record<string, unknown>> {
  return { namespace: 'io.github.example', name, description: 'What it is good for', version: '1.0.0', status: 'active' };
}

/** A page of skills or plugins. */
export function exampleExtras(kind: 'skill' | 'plugin', name: string): Readonly<Record<string, unknown>> {
  return { [`${kind}s`]: [exampleExtra(name)], metadata: { nextCursor: EXAMPLE_CURSOR, count: 1 } };
}

/** Counts of facets. */
export function exampleFacets(): Readonly<Record<string, unknown>> {
  return {
    facets: {
      tag: [{ value: 'weather', count: 2 }],
      tier: [{ value: 'Community', count: 3 }],
      transport: [
        { value: 'stdio', count: 2 },
        { value: 'streamable-http', count: 1 },
      ],
      registry_type: [{ value: 'oci', count: 3 }],
      status: [{ value: 'active', count: 3 }],
      source: [{ value: 'team', count: 3 }],
    },
    total: 3,
  };
}
