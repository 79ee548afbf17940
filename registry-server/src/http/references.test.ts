import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registryExplainSchema, registryImagesSchema, type RegistryExplain } from '@toolhive-registry/api';
import { eventually, manifest, serverFor, servingFiles, temporaryFolder } from '../testing.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function server(name: string, version: string, rest: object): object {
  return { name, version, description: `Does ${name}`, ...rest };
}

function oci(identifier: string, rest: object = {}): object {
  return { registryType: 'oci', identifier, transport: { type: 'stdio' }, ...rest };
}

const first = {
  data: {
    servers: [
      server('com.example/weather', '1.0.0', { packages: [oci('ghcr.io/example/weather:1.0.0')] }),
      server('com.example/weather', '1.1.0', { packages: [oci('ghcr.io/example/weather:1.1.0')] }),
      server('com.example/pinned', '1.0.0', { packages: [oci(`example/pinned:1@${DIGEST}`)] }),
      server('com.example/remote', '1.0.0', { remotes: [{ type: 'sse', url: 'https://Remote.example.com/mcp/' }] }),
      server('com.example/tenants', '1.0.0', { remotes: [{ type: 'sse', url: 'https://{tenant}.example.com/mcp' }] }),
      server('com.example/any', '1.0.0', { remotes: [{ type: 'sse', url: 'https://{host}/mcp' }] }),
      server('com.example/npm', '1.0.0', { packages: [{ registryType: 'npm', identifier: '@example/npm', transport: { type: 'stdio' } }] }),
      server('com.example/secret', '1.0.0', { packages: [oci('ghcr.io/example/secret:1')] }),
      { name: 'com.example/broken', version: '1.0.0', description: '', packages: [oci('ghcr.io/example/broken:1')] },
    ],
    groups: [
      {
        name: 'pair',
        description: 'In a group only',
        servers: [server('com.example/grouped', '1.0.0', { packages: [oci('ghcr.io/example/grouped:1')] })],
      },
    ],
  },
};
const second = {
  data: { servers: [server('com.example/weather', '9.0.0', { packages: [oci('ghcr.io/example/weather:9.0.0')] })] },
};

let registry: Awaited<ReturnType<typeof servingFiles>>;

beforeAll(async () => {
  registry = await servingFiles({ first, second }, { enforceServers: true, filter: { names: { exclude: ['*/secret'] } } });
});
afterAll(async () => registry?.[Symbol.asyncDispose]());

async function get(path: string): Promise<{ status: number; body: unknown; etag: string | null }> {
  const response = await fetch(`${registry.internalUrl}${path}`);
  return { status: response.status, body: await response.json(), etag: response.headers.get('etag') };
}

async function explain(kind: string, text: string): Promise<RegistryExplain> {
  const { status, body } = await get(`/registry/explain?${new URLSearchParams({ [kind]: text }).toString()}`);
  expect(status).toBe(200);
  return registryExplainSchema.parse(body);
}

test('every image, URL and package of the catalog, in the form that is compared', async () => {
  const { body, etag } = await get('/registry/images');
  expect(registryImagesSchema.parse(body)).toEqual({
    registry: { name: 'test', namespace: 'default' },
    snapshotHash: registry.engine.snapshot()?.header.hash,
    images: [
      `docker.io/example/pinned@${DIGEST}`,
      'ghcr.io/example/grouped:1',
      'ghcr.io/example/weather:1.0.0',
      'ghcr.io/example/weather:1.1.0',
    ],
    urls: ['https://remote.example.com/mcp'],
    urlTemplates: [{ template: 'https://{tenant}.example.com/mcp', pattern: String.raw`^https://[a-z0-9._-]+\.example\.com/mcp$` }],
    packages: ['npm @example/npm'],
    unusable: {
      count: 1,
      first: [
        {
          server: 'com.example/any',
          version: '1.0.0',
          reference: 'https://{host}/mcp',
          why: expect.stringContaining('its host is not fixed'),
        },
      ],
    },
  });
  const again = await fetch(`${registry.internalUrl}/registry/images`, { headers: { 'if-none-match': etag ?? '' } });
  expect(again.status).toBe(304);
});

test.each<[kind: string, text: string, verdict: Partial<Record<keyof RegistryExplain, unknown>>]>([
  [
    'image',
    'ghcr.io/example/weather:1.0.0',
    {
      allowed: true,
      rule: 'listed',
      sentence: 'image ghcr.io/example/weather:1.0.0 is in the catalog, by com.example/weather 1.0.0 of source "first"',
    },
  ],
  ['image', 'ghcr.io/example/grouped:1', { allowed: true, rule: 'listed' }],
  ['image', `example/pinned:7@${DIGEST}`, { allowed: true, rule: 'listed' }],
  ['url', 'HTTPS://remote.example.com:443/mcp?x=y', { allowed: true, rule: 'listed' }],
  [
    'url',
    'https://a.example.com/mcp',
    {
      allowed: true,
      rule: 'template',
      sentence: 'URL https://a.example.com/mcp is in the catalog, by the URL template of com.example/tenants 1.0.0 of source "first"',
    },
  ],
  ['package', 'npm  @example/npm@1.0.0', { allowed: true, rule: 'listed' }],
  ['package', 'npm @example/npm', { allowed: true, rule: 'listed' }],
  [
    'server',
    'com.example/weather',
    {
      allowed: true,
      rule: 'listed',
      sentence: 'server com.example/weather is in the catalog, with com.example/weather 1.0.0 of source "first" and 1 more',
    },
  ],
  [
    'image',
    'ghcr.io/example/weather:2.0.0',
    {
      allowed: false,
      rule: 'otherTag',
      sentence:
        'image ghcr.io/example/weather:2.0.0 is not in the catalog: the tag differs: it is 2.0.0, and the catalog has :1.0.0, :1.1.0',
      nearest: ['ghcr.io/example/weather:1.0.0', 'ghcr.io/example/weather:1.1.0'],
    },
  ],
  [
    'image',
    'example/pinned:1',
    {
      allowed: false,
      rule: 'otherDigest',
      sentence: `image example/pinned:1 is not in the catalog: the catalog has this image only by digest: @${DIGEST}`,
    },
  ],
  [
    'image',
    `ghcr.io/example/weather:1.0.0@${DIGEST}`,
    { allowed: false, rule: 'otherDigest', sentence: expect.stringContaining('does not have the digest sha256:aaa') },
  ],
  [
    'image',
    'ghcr.io/example/secret:1',
    {
      allowed: false,
      rule: 'filtered',
      sentence:
        'image ghcr.io/example/secret:1 is not in the catalog: source "first" has it with com.example/secret 1.0.0, and a filter leaves that out (name excluded by "*/secret"); change spec.filter or the source\'s filter',
    },
  ],
  [
    'image',
    'ghcr.io/example/weather:9.0.0',
    {
      allowed: false,
      rule: 'shadowed',
      sentence: expect.stringContaining('source "second" has it with com.example/weather 9.0.0, and source "first" comes earlier'),
    },
  ],
  [
    'image',
    'ghcr.io/example/broken:1',
    { allowed: false, rule: 'leftOut', sentence: expect.stringContaining('that entry cannot be served ("description" is empty') },
  ],
  ['server', 'com.example/secret', { allowed: false, rule: 'filtered' }],
  [
    'image',
    'ghcr.io/exampel/weather:1.0.0',
    {
      allowed: false,
      rule: 'notInCatalog',
      sentence: 'image ghcr.io/exampel/weather:1.0.0 is not in the catalog: no source has it; did you mean ghcr.io/example/weather:1.0.0?',
    },
  ],
  [
    'image',
    'quay.io/other/weather:7',
    { allowed: false, rule: 'notInCatalog', nearest: ['ghcr.io/example/weather:1.0.0', 'ghcr.io/example/weather:1.1.0'] },
  ],
  [
    'image',
    'nothing/like-it',
    { allowed: false, rule: 'notInCatalog', sentence: 'image nothing/like-it is not in the catalog: no source has it', nearest: [] },
  ],
  ['url', 'https://any.example.org/mcp', { allowed: false, rule: 'notInCatalog' }],
  ['url', 'https://user@remote.example.com/mcp', { allowed: false, rule: 'notComparable' }],
  ['package', 'npm evil', { allowed: false, rule: 'notInCatalog' }],
])('explains %s %s', async (kind, text, verdict) => {
  expect(await explain(kind, text)).toMatchObject({ enforcement: 'enforce', ...verdict });
});

test('explains an image of a version that was deleted', async () => {
  await using folder = await temporaryFolder();
  const write = (...servers: object[]): Promise<string> => folder.write('servers.json', JSON.stringify({ data: { servers } }));
  const kept = server('com.example/kept', '1.0.0', { packages: [oci('ghcr.io/example/kept:1')] });
  await write(kept, server('com.example/gone', '1.0.0', { packages: [oci('ghcr.io/example/gone:1')] }));
  const source = { type: 'file', file: { path: 'servers.json' } };
  await using running = await serverFor(folder, await folder.write('registry.yaml', manifest({ source })));
  const answer = async (): Promise<RegistryExplain> =>
    (await (await fetch(`${running.internalUrl}/registry/explain?image=ghcr.io/example/gone:1`)).json()) as RegistryExplain;
  await eventually(answer, ({ rule }) => rule === 'listed');
  await write(kept);
  expect(await eventually(answer, ({ rule }) => rule === 'deleted')).toMatchObject({
    allowed: false,
    sentence: 'image ghcr.io/example/gone:1 was in the catalog with com.example/gone 1.0.0, a version that has been deleted',
  });
});

test.each([
  ['', 400, 'name exactly one of image, url, package, server'],
  ['?image=', 400, 'name exactly one of'],
  ['?image=a&url=b', 400, 'name exactly one of'],
  [`?image=${'x'.repeat(2_001)}`, 422, 'image has 2001 characters; at most 2000 are allowed'],
])('refuses the question %s', async (query, status, detail) => {
  const answer = await get(`/registry/explain${query}`);
  expect(answer).toMatchObject({ status, body: { detail: expect.stringContaining(detail) } });
});

test('the real catalog of ToolHive: each of its images and URLs is admitted by its entry', async () => {
  const file = new URL('../../../catalog/testdata/toolhive-legacy-2025-10-22.json', import.meta.url);
  const legacy = JSON.parse(readFileSync(file, 'utf8')) as Record<
    'servers' | 'remote_servers',
    Record<string, { image?: string; url?: string }>
  >;
  await using real = await servingFiles({ legacy });
  const entries = Object.values({ ...legacy.servers, ...legacy.remote_servers });
  expect(entries.length).toBeGreaterThan(80);
  for (const { image, url } of entries) {
    const query = new URLSearchParams(image === undefined ? { url: url ?? '' } : { image }).toString();
    const answer = (await (await fetch(`${real.internalUrl}/registry/explain?${query}`)).json()) as RegistryExplain;
    expect([image ?? url, answer.allowed]).toEqual([image ?? url, true]);
  }
});
