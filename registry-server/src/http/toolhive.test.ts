import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { eventually, manifest, serverFor, servingFiles, statusOf, temporaryFolder } from '../testing.ts';

const LEGACY = new URL('../../../catalog/testdata/toolhive-legacy-2025-10-22.json', import.meta.url);

interface Legacy {
  readonly servers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly remote_servers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const legacy = JSON.parse(readFileSync(LEGACY, 'utf8')) as Legacy;
const all = Object.entries({ ...legacy.servers, ...legacy.remote_servers });

/** Two servers with one short name, one that only npm has, one called as a path, and a group. */
const others = {
  data: {
    servers: [
      { name: 'com.example/twin', description: 'One', version: '1.0.0', packages: [oci('one')] },
      { name: 'com.example/twin', description: 'One, newer', version: '2.0.0', packages: [oci('one')] },
      { name: 'org.example/twin', description: 'Two', version: '1.0.0', packages: [oci('two')] },
      { name: 'com.example/deployed', description: 'Called as a path', version: '1.0.0', packages: [oci('three')] },
      {
        name: 'com.example/npm',
        description: 'Runs by npx',
        version: '1.0.0',
        packages: [{ registryType: 'npm', identifier: 'a', transport: { type: 'stdio' } }],
      },
    ],
    groups: [
      {
        name: 'pair',
        description: 'Both',
        servers: [
          { name: 'com.example/twin', description: 'One', version: '1.0.0' },
          { name: 'io.example/only', description: 'In the group only', version: '1' },
        ],
      },
      { name: 'shadowed', servers: [{ name: 'io.github.stacklok/github', description: 'Of another source', version: '9' }] },
    ],
  },
};

function oci(name: string): object {
  return { registryType: 'oci', identifier: `example.com/${name}:1`, transport: { type: 'stdio' } };
}

let server: Awaited<ReturnType<typeof servingFiles>>;

beforeAll(async () => {
  server = await servingFiles({ legacy, others }, { displayName: 'Ours' });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

async function get<T>(path: string, status = 200): Promise<T> {
  const response = await fetch(`${server.url}${path}`);
  expect([path, response.status]).toEqual([path, status]);
  return (await response.json()) as T;
}

interface Summary {
  readonly name: string;
  readonly tier: string;
  readonly status: string;
  readonly transport: string;
  readonly tags: readonly string[];
  readonly tools: readonly string[];
}

async function names(path: string): Promise<string[]> {
  return (await get<{ servers: Summary[] }>(path)).servers.map(({ name }) => name);
}

describe('/api/v1/servers', () => {
  test('has every server with the words of its catalog', async () => {
    const { servers, metadata } = await get<{ servers: Summary[]; metadata: object }>('/api/v1/servers');
    expect(servers).toHaveLength(all.length + 5);
    expect(metadata).toEqual({ total: servers.length, registry_version: '1.0.0', last_updated: expect.stringMatching(/^2025-10-22T/) });
    for (const [name, value] of all) {
      const found = servers.find((one) => one.name === name);
      const { description, image, url, tier, status, transport, tools = [], tags = [] } = value;
      expect(found).toMatchObject({ description, tier, status, transport, tools, tags, ...(image === undefined ? { url } : { image }) });
    }
  });

  test.each([
    ['tier=Official'],
    ['tier=official&transport=sse'],
    ['tags=database'],
    ['tag=database&tags=sql'],
    ['tags=database,sql'],
    ['status=Deprecated'],
    ['status=Active,deprecated'],
    ['search=github&tier=Official'],
  ])('%s', async (query) => {
    const wanted = new URLSearchParams(query);
    const has = (one: Summary, key: string): boolean => {
      const values = (wanted.get(key) ?? '').toLowerCase().split(',');
      const own = key.startsWith('tag') ? one.tags : [String(one[key as keyof Summary])];
      return own.some((value) => values.includes(value.toLowerCase()));
    };
    const { servers } = await get<{ servers: (Summary & { title?: string; description: string })[] }>('/api/v1/servers');
    const search = wanted.get('search');
    const full = (one: (typeof servers)[number]): string =>
      `io.github.stacklok/${one.name} ${one.title ?? ''} ${one.description}`.toLowerCase();
    const expected = servers.filter(
      (one) => [...wanted.keys()].every((key) => key === 'search' || has(one, key)) && (search === null || full(one).includes(search)),
    );
    const found = await names(`/api/v1/servers?${query}`);
    expect(found).toEqual(expected.map(({ name }) => name));
    if (query !== 'status=Deprecated') expect(found).not.toEqual([]);
  });

  test.each(['github', 'io.github.stacklok%2Fgithub', 'io.github.stacklok/github'])('one, by the name %s', async (name) => {
    const { name: shown, ...found } = await get<Record<string, unknown>>(`/api/v1/servers/${name}`);
    expect(shown).toBe('github');
    expect(found).toEqual(legacy.servers['github']);
  });

  test('servers that share a short name go by their full one', async () => {
    expect(await names('/api/v1/servers?search=twin')).toEqual(['com.example/twin', 'org.example/twin']);
    const { error } = await get<{ error: string }>('/api/v1/servers/twin', 404);
    expect(error).toBe('Server not found: several servers are called "twin"; use one of com.example/twin, org.example/twin');
    expect(await get('/api/v1/servers/org.example%2Ftwin')).toMatchObject({ name: 'org.example/twin', description: 'Two' });
  });

  test('a server without an image or a remote is there with what there is', async () => {
    expect(await get('/api/v1/servers/npm')).toEqual({
      name: 'npm',
      description: 'Runs by npx',
      transport: 'stdio',
      status: 'Active',
      packages: [{ registryType: 'npm', identifier: 'a', transport: { type: 'stdio' } }],
    });
  });

  test.each([
    ['/api/v1/servers/none', 404, 'Server not found'],
    ['/api/v1/groups/none', 404, 'Group not found: there are pair, shadowed'],
    [`/api/v1/servers?tags=${'a,'.repeat(60)}`, 422, 'tags has 60 values'],
    ['/api/v1/registry/servers?format=xml', 400, 'format is "xml"; use toolhive or upstream'],
    ['/api/v1/registry/servers/none', 404, 'Server not found'],
  ])('%s: %i', async (path, status, message) => {
    expect((await get<{ error: string }>(path, status)).error).toContain(message);
  });
});

describe('groups, tools and health', () => {
  test('groups have the servers that are served from their source', async () => {
    expect(await get('/api/v1/groups')).toEqual({
      groups: [
        { name: 'pair', description: 'Both', servers_count: 2 },
        { name: 'shadowed', servers_count: 0 },
      ],
      metadata: { total: 2 },
    });
    expect(await get('/api/v1/groups/pair')).toMatchObject({
      name: 'pair',
      description: 'Both',
      servers: [{ name: 'com.example/twin', description: 'One, newer' }, { name: 'only' }],
    });
    expect(await get('/api/v1/groups/shadowed')).toEqual({ name: 'shadowed', servers: [] });
  });

  test('tools name the servers that have them', async () => {
    const { tools, metadata } = await get<{ tools: { name: string; servers: string[] }[]; metadata: object }>('/api/v1/tools');
    const expected = new Map<string, string[]>();
    for (const [name, value] of all) {
      for (const tool of (value['tools'] as string[] | undefined) ?? []) expected.set(tool, [...(expected.get(tool) ?? []), name]);
    }
    expect(metadata).toEqual({ total: expected.size });
    expect(new Map(tools.map((tool) => [tool.name, tool.servers.toSorted()]))).toEqual(
      new Map([...expected].map(([tool, servers]) => [tool, servers.toSorted()])),
    );
  });

  test('health', async () => {
    expect(await get('/api/v1/health')).toEqual({ status: 'healthy' });
  });
});

describe('/api/v1/registry', () => {
  test('info', async () => {
    expect(await get('/api/v1/registry/info')).toEqual({
      name: 'test',
      display_name: 'Ours',
      version: '1.0.0',
      last_updated: expect.stringMatching(/^2025-10-22T/),
      source: 'legacy, others',
      total_servers: all.length + 5,
    });
  });

  test('the same servers in both formats', async () => {
    const toolhive = await get<{ servers: Summary[]; total: number }>('/api/v1/registry/servers');
    const upstream = await get<{ servers: { server: { name: string } }[]; total: number }>('/api/v1/registry/servers?format=upstream');
    expect(toolhive.total).toBe(toolhive.servers.length);
    expect(upstream.total).toBe(toolhive.total);
    const short = (name: string): string => (/\/(?:twin|deployed)$/.test(name) ? name : name.slice(name.lastIndexOf('/') + 1));
    expect(upstream.servers.map((item) => short(item.server.name))).toEqual(toolhive.servers.map(({ name }) => name));
  });

  test('one in both formats', async () => {
    expect(await get('/api/v1/registry/servers/github?format=toolhive')).toEqual({ name: 'github', ...legacy.servers['github'] });
    const item = await get('/api/v1/registry/servers/github?format=upstream');
    expect(item).toEqual(await get('/v0.1/servers/io.github.stacklok%2Fgithub/versions/latest'));
  });

  test('"deployed" is a path, and a server of that name is reached by its full one', async () => {
    expect(await get('/api/v1/registry/servers/deployed')).toEqual([]);
    expect(await get('/api/v1/registry/servers/deployed/none')).toEqual([]);
    expect(await get('/api/v1/registry/servers/com.example%2Fdeployed')).toMatchObject({ description: 'Called as a path' });
    expect(await names('/api/v1/registry/servers?search=com.example/deployed')).toEqual(['com.example/deployed']);
  });

  test.each(['/api/v1/servers', '/api/v1/servers/github', '/api/v1/groups', '/api/v1/tools', '/api/v1/registry/servers'])(
    '%s is answered with 304 while nothing has changed',
    async (path) => {
      const etag = (await fetch(`${server.url}${path}`)).headers.get('etag') ?? '';
      expect((await fetch(`${server.url}${path}`, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    },
  );
});

describe('what publishers write in their own way', () => {
  const publisher = (facts: object): object => ({
    'io.modelcontextprotocol.registry/publisher-provided': { 'io.github.stacklok': { any: facts } },
  });
  const one = (name: string, facts: object, type = 'sse'): object => ({
    name: `com.example/${name}`,
    description: name,
    version: '1.0.0',
    remotes: [{ type, url: `https://${name}.example.com` }],
    _meta: publisher(facts),
  });

  test('breaks no list', async () => {
    await using odd = await servingFiles({
      odd: [one('odd', { tier: 5, tools: 'none', tags: [1, null, 'fine'] }), one('good', { tier: 'Official' })],
    });
    const { servers } = (await (await fetch(`${odd.url}/api/v1/servers`)).json()) as { servers: Summary[] };
    expect(servers).toMatchObject([
      { name: 'good', tier: 'Official' },
      { name: 'odd', tools: [], tags: ['fine'] },
    ]);
    expect(servers[1]?.tier).toBeUndefined();
    expect(await (await fetch(`${odd.url}/api/v1/servers/odd`)).json()).toMatchObject({ tools: [], tags: ['fine'] });
  });

  test('is one value of a facet in whatever case', async () => {
    await using cased = await servingFiles({
      cased: [one('a', { tags: ['Database', 'database'] }), one('b', { tags: ['DATABASE'] }, 'SSE'), one('c', { tags: ['database'] })],
    });
    const { facets } = (await (await fetch(`${cased.url}/api/v1/facets`)).json()) as {
      facets: Record<string, { value: string; count: number }[]>;
    };
    expect([facets['tag'], facets['transport']]).toEqual([[{ value: 'Database', count: 3 }], [{ value: 'sse', count: 3 }]]);
  });
});

test('before there are data it answers 503', async () => {
  await using other = await temporaryFolder();
  const source = { name: 'a', type: 'file', file: { path: 'none.json' } };
  await using waiting = await serverFor(other, await other.write('registry.yaml', manifest({ sources: [source] })));
  for (const path of ['servers', 'servers/a', 'groups', 'tools', 'registry/info', 'registry/servers', 'facets']) {
    expect([path, (await fetch(`${waiting.url}/api/v1/${path}`)).status]).toEqual([path, 503]);
  }
});

describe('deployed servers', () => {
  const weather = {
    name: 'weather-1',
    namespace: 'team',
    server_name: 'weather',
    status: 'Running',
    ready: true,
    image: 'example.com/w:1',
  };

  test('come from the mounted file, and follow it', async () => {
    await using own = await temporaryFolder();
    const log: string[] = [];
    const sink = new Writable({ write: (chunk: Buffer, _encoding, done) => (log.push(chunk.toString()), done()) });
    await own.write('deployed/servers.json', JSON.stringify({ servers: [weather] }));
    await own.write('a.json', '[]');
    const config = await own.write('registry.yaml', manifest({ sources: [{ name: 'a', type: 'file', file: { path: 'a.json' } }] }));
    await using running = await serverFor(own, config, { logger: pino({ level: 'warn' }, sink) });
    const deployed = async (name = ''): Promise<unknown> => (await fetch(`${running.url}/api/v1/registry/servers/deployed${name}`)).json();
    expect(await deployed()).toEqual([{ ...weather, kind: 'MCPServer', catalog: { relation: 'notInCatalog' } }]);
    for (const name of ['/weather', '/weather-1']) expect(await deployed(name)).toHaveLength(1);
    expect(await deployed('/other')).toEqual([]);
    const status = await statusOf(running.url);
    expect([status.deployedServerCount, status.files['servers.json']]).toEqual([1, expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(await (await fetch(`${running.url}/metrics`)).text()).toContain('mcpregistry_deployed_servers_total{registry="test"} 1');

    await own.write('deployed/servers.json', '{"servers":[{}]}');
    await eventually(
      () => log,
      (lines) => lines.some((line) => line.includes('the list of deployed servers cannot be used; the previous one stays in use')),
    );
    expect(await deployed('/weather')).toHaveLength(1);

    await own.write(
      'deployed/servers.json',
      JSON.stringify({ servers: [weather, { ...weather, name: 'weather-2', kind: 'MCPRemoteProxy' }] }),
    );
    await eventually(
      () => deployed('/weather'),
      (servers) => (servers as unknown[]).length === 2,
    );
    await rm(`${own.path}/deployed/servers.json`);
    await eventually(
      () => statusOf(running.url),
      ({ deployedServerCount }) => deployedServerCount === 0,
    );
  });

  test('are held against the catalog, and marked in lists', async () => {
    const entry = (name: string, version: string, rest: object): object => ({ name, version, description: 'x', ...rest });
    const official = (status: string): object => ({ _meta: { 'io.modelcontextprotocol.registry/official': { status } } });
    const items = [
      { server: entry('a/one', '1.0.0', { packages: [oci('one')] }) },
      { server: entry('a/one', '2.0.0', { packages: [{ ...oci('one'), identifier: 'example.com/one:2' }] }) },
      { server: entry('a/remote', '1.0.0', { remotes: [{ type: 'sse', url: 'https://remote.example.com/mcp' }] }) },
      { server: entry('a/npm', '1.0.0', { packages: [{ registryType: 'npm', identifier: '@a/npm', transport: { type: 'stdio' } }] }) },
      { server: entry('a/old', '1.0.0', { packages: [oci('old')] }), ...official('deprecated') },
      { server: entry('a/gone', '1.0.0', { packages: [oci('gone')] }), ...official('deleted') },
      { server: entry('a/shared', '1.0.0', { packages: [oci('shared')] }) },
      { server: entry('b/shared-too', '1.0.0', { packages: [oci('shared')] }) },
      { server: entry('b/idle', '1.0.0', { packages: [oci('idle')] }) },
    ];
    const runs = (name: string, rest: object): object => ({ name, namespace: 'team', status: 'Running', ready: true, ...rest });
    const cases: readonly [name: string, rest: object, catalog: object][] = [
      ['outdated', { image: 'example.com/one:1' }, { relation: 'outdated', server: 'a/one', version: '1.0.0', latest_version: '2.0.0' }],
      ['current', { image: 'example.com/one:2' }, { relation: 'current', server: 'a/one', version: '2.0.0', latest_version: '2.0.0' }],
      [
        'remote',
        { url: 'https://Remote.example.com/mcp/' },
        { relation: 'current', server: 'a/remote', version: '1.0.0', latest_version: '1.0.0' },
      ],
      ['npm', { package: 'npm @a/npm' }, { relation: 'current', server: 'a/npm', version: '1.0.0', latest_version: '1.0.0' }],
      [
        'deprecated',
        { image: 'example.com/old:1' },
        { relation: 'deprecated', server: 'a/old', version: '1.0.0', latest_version: '1.0.0' },
      ],
      ['deleted', { image: 'example.com/gone:1' }, { relation: 'deleted', server: 'a/gone', version: '1.0.0' }],
      ['none', { image: 'example.com/one:3' }, { relation: 'notInCatalog' }],
      [
        'labelled',
        { image: 'example.com/shared:1', server_name: 'shared-too' },
        { relation: 'current', server: 'b/shared-too', version: '1.0.0', latest_version: '1.0.0' },
      ],
      ['nothing', { server_name: 'idle' }, { relation: 'notInCatalog' }],
    ];
    await using own = await temporaryFolder();
    await own.write('a.json', JSON.stringify({ servers: items }));
    // The folder is there from the start, as a mounted one is.
    await own.write('deployed/.keep', '');
    const config = await own.write('registry.yaml', manifest({ sources: [{ name: 'a', type: 'file', file: { path: 'a.json' } }] }));
    await using running = await serverFor(own, config);
    await eventually(
      () => statusOf(running.url),
      ({ serverCount }) => serverCount > 0,
    );
    const list = async (path: string): Promise<{ tag: string | undefined; marked: string[]; all: number }> => {
      const response = await fetch(`${running.url}${path}`);
      const { servers } = (await response.json()) as { servers: { name: string; deployed?: boolean }[] };
      const marked = servers.filter((one) => one.deployed === true).map(({ name }) => name);
      return { tag: response.headers.get('etag')?.replace('-gzip', ''), marked, all: servers.length };
    };
    const before = await list('/api/v1/servers');
    expect(before).toMatchObject({ marked: [], all: 7 });
    await own.write('deployed/servers.json', JSON.stringify({ servers: cases.map(([name, rest]) => runs(name, rest)) }));
    await eventually(
      () => statusOf(running.url),
      ({ deployedServerCount }) => deployedServerCount === cases.length,
    );
    const answer = (await (await fetch(`${running.url}/api/v1/registry/servers/deployed`)).json()) as { name: string; catalog: object }[];
    expect(answer.map(({ name, catalog }) => [name, catalog])).toEqual(cases.map(([name, , catalog]) => [name, catalog]));
    const byEntry = await fetch(`${running.url}/api/v1/registry/servers/deployed/a%2Fone`);
    expect(((await byEntry.json()) as { name: string }[]).map(({ name }) => name)).toEqual(['outdated', 'current']);
    const marked = ['npm', 'old', 'one', 'remote', 'shared-too'];
    for (const path of ['/api/v1/servers', '/api/v1/registry/servers', '/api/v1/servers?limit=100', '/api/v1/servers?q=x&limit=100']) {
      const now = await list(path);
      expect([path, now.marked.toSorted(), now.all]).toEqual([path, marked, 7]);
      expect(now.tag).not.toBe(before.tag);
    }
    expect(await list('/api/v1/registry/servers?format=upstream')).toMatchObject({ tag: before.tag, marked: [] });
    for (const question of ['', '&q=x', '&sort=updated', '&q=x&sort=name']) {
      const running = await list(`/api/v1/servers?deployed=true&limit=100${question}`);
      expect([question, running.marked.toSorted(), running.all]).toEqual([question, marked, 5]);
      expect([question, await list(`/api/v1/servers?deployed=false&limit=100${question}`)]).toMatchObject([
        question,
        { marked: [], all: 2 },
      ]);
    }
  });
});
