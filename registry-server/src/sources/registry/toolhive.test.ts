import { describe, expect, test } from '@jest/globals';
import { readSource } from '@toolhive-registry/catalog';
import { httpHost, reply } from '../../outbound/testing.ts';
import { askSource, COMMON, surroundingsOf, validatorOf } from '../testing.ts';
import { registryType } from './registry.ts';

/** Servers as ToolHive's registry API of autumn 2025 reports them: `GET /v0/servers/{name}`. */
const DETAILS: Readonly<Record<string, object>> = {
  fetch: {
    name: 'fetch',
    description: 'Fetches pages',
    tier: 'Community',
    status: 'Active',
    transport: 'streamable-http',
    tools: ['fetch'],
    env_vars: [{ name: 'TOKEN', description: 'A token', required: true, default: '', secret: true }],
    permissions: { network: { outbound: { insecure_allow_all: true } } },
    metadata: { stars: 7, pulls: 8, last_updated: '2025-10-01T00:00:00Z', target_port: 8080, docker_tags: ['latest'] },
    repository_url: 'https://github.com/example/fetch',
    tags: ['web'],
    image: 'example.com/fetch:1',
  },
  'io.test/remote': {
    name: 'io.test/remote',
    description: 'Far away',
    tier: 'Official',
    status: 'Active',
    transport: 'sse',
    tools: ['look'],
    metadata: { url: 'https://remote.test/sse', headers_count: 0, oauth_enabled: false },
  },
};

function startToolhive(state: { lastUpdated: string; gone?: string }) {
  let atOnce = 0;
  const most = { atOnce: 0 };
  const names = [...Object.keys(DETAILS), ...Array.from({ length: 30 }, (_, index) => `more-${index}`)];
  const host = httpHost((req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '', 'http://host');
    const json = (value: unknown): void => reply(res, 200, JSON.stringify(value), { 'content-type': 'application/json' });
    if (pathname === '/v0/info')
      return json({ version: '1.0.0', last_updated: state.lastUpdated, source: 'configmap:ns/name', total_servers: names.length });
    if (pathname === '/v0/servers' && searchParams.get('format') === 'toolhive')
      return json({ servers: names.map((name) => ({ name, description: 'x', tools_count: 1 })), total: names.length });
    const name = decodeURIComponent(pathname.replace('/v0/servers/', ''));
    if (!pathname.startsWith('/v0/servers/') || !names.includes(name) || name === state.gone)
      return reply(res, 404, '{"error":"Server not found"}');
    atOnce += 1;
    most.atOnce = Math.max(most.atOnce, atOnce);
    return void setTimeout(() => {
      atOnce -= 1;
      json(DETAILS[name] ?? { ...DETAILS['fetch'], name });
    }, 5);
  });
  return { host, most };
}

describe("ToolHive's registry API before November 2025", () => {
  test.each(['', '/v0'])('is read server by server, at most ten at once, from an endpoint "%s"', async (path) => {
    const state = { lastUpdated: '2025-10-01T00:00:00Z', gone: 'more-3' };
    const { host: starting, most } = startToolhive(state);
    await using host = await starting;
    const source = registryType.create({ ...COMMON, type: 'registry', registry: { endpoint: `${host.url}${path}` } }, surroundingsOf());
    const { answer, saved = '' } = await askSource(source);
    expect(most.atOnce).toBe(10);
    const catalog = JSON.parse(saved) as { servers: Record<string, object>; remote_servers: Record<string, object> };
    expect(Object.keys(catalog.servers)).toHaveLength(30);
    expect(catalog.servers['fetch']).toMatchObject({ ...DETAILS['fetch'], target_port: 8080, docker_tags: ['latest'] });
    expect(catalog.remote_servers).toMatchObject({ 'io.test/remote': { url: 'https://remote.test/sse', transport: 'sse' } });
    const draft = readSource({ name: 'test', format: 'auto', filters: [] }, { bytes: Buffer.from(saved) }, { now: 0 });
    expect([draft.info.format, draft.rows.length, draft.findings.counts.leftOut]).toEqual(['toolhive', 31, 0]);

    host.requests.length = 0;
    const known = validatorOf(answer) ?? '';
    expect((await askSource(source, { known })).answer).toEqual({ unchanged: true });
    expect(host.requests.map(({ url }) => url)).toEqual(['/v0/info']);
    state.lastUpdated = '2025-10-02T00:00:00Z';
    expect((await askSource(source, { known })).answer).toMatchObject({ unchanged: false });
    await source.close?.();
  });
});
