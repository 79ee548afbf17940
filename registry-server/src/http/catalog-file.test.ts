import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { eventually, has, manifest, serverFor, serverNames, servingFiles, temporaryFolder } from '../testing.ts';

function testdata(name: string): string {
  return readFileSync(new URL(`../../../catalog/testdata/${name}`, import.meta.url), 'utf8');
}

const TODAY = testdata('toolhive-catalog-2026-08-24.json');
const LEGACY = testdata('toolhive-legacy-2025-10-22.json');

let server: Awaited<ReturnType<typeof servingFiles>>;

interface Named {
  readonly name: string;
}

interface UpstreamFile {
  readonly version: string;
  readonly meta: { readonly last_updated: string };
  readonly data: { readonly servers: Named[]; readonly skills: Named[]; readonly groups?: { name: string; servers: Named[] }[] };
}

interface ToolhiveFile {
  readonly last_updated: string;
  readonly servers: Readonly<Record<string, unknown>>;
  readonly remote_servers: Readonly<Record<string, unknown>>;
  readonly groups: readonly { readonly name: string; readonly servers: object; readonly remote_servers: object }[];
}

const byName = (a: Named, b: Named): number => (a.name < b.name ? -1 : 1);

beforeAll(async () => {
  server = await servingFiles({ today: TODAY });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

test.each(['/registry.json', '/registry.json?format=upstream', '/registry/test/registry.json'])(
  "ToolHive's catalog of today comes back as it is: %s",
  async (path) => {
    const original = JSON.parse(TODAY) as UpstreamFile;
    const file = (await (await fetch(`${server.url}${path}`)).json()) as UpstreamFile;
    expect({ ...file, data: { servers: [...file.data.servers].sort(byName), skills: [...file.data.skills].sort(byName) } }).toEqual({
      ...original,
      data: { servers: original.data.servers.toSorted(byName), skills: original.data.skills.toSorted(byName) },
    });
  },
);

test.each([
  ['/registry.json?format=xml', 400, 'format is "xml"; use upstream, toolhive or official'],
  ['/registry.json?format=docker', 400, 'or ask for /registry.yaml'],
  ['/registry/other/registry.json', 404, 'this server serves "test"'],
  ['/registry/other/openapi.yaml', 404, 'this server serves "test"'],
])('%s: %i', async (path, status, message) => {
  const response = await fetch(`${server.url}${path}`);
  const { error } = (await response.json()) as { error: string };
  expect([response.status, error]).toEqual([status, expect.stringContaining(message)]);
});

test('the OpenAPI document is below the name of the registry, too', async () => {
  expect((await fetch(`${server.url}/registry/test/openapi.yaml`)).status).toBe(200);
});

test('it is sent in gzip or as it is, with its length, and answered with 304', async () => {
  const ask = (headers: Record<string, string>, method = 'GET'): Promise<Response> =>
    fetch(`${server.url}/registry.json`, { headers, method });
  const plain = await ask({ 'Accept-Encoding': 'identity' });
  const text = await plain.text();
  expect(plain.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
  const packed = await ask({ 'Accept-Encoding': 'gzip' });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(Number(packed.headers.get('content-length'))).toBeLessThan(text.length / 3);
  expect(await packed.text()).toBe(text);
  for (const answer of [plain, packed]) {
    expect((await ask({ 'If-None-Match': answer.headers.get('etag') ?? '' })).status).toBe(304);
  }
  expect((await ask({ 'Accept-Encoding': 'identity' }, 'HEAD')).headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
});

test.each<[accepted: string, encoding: string | null]>([
  ['gzip, deflate, br, zstd', 'gzip'],
  ['zstd, br, gzip;q=0.1', 'gzip'],
  ['zstd, br', null],
  ['zstd, gzip;q=0', null],
])('of the encodings in %s it has %s', async (accepted, encoding) => {
  const answer = await fetch(`${server.url}/registry.json`, { method: 'HEAD', headers: { 'Accept-Encoding': accepted } });
  expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, encoding]);
});

test("ToolHive's catalog before February 2026 comes back as it is, with groups", async () => {
  const legacy = JSON.parse(LEGACY) as ToolhiveFile;
  const grouped = {
    image: 'example.com/grouped:1',
    description: 'In a group only',
    transport: 'stdio',
    tier: 'Community',
    status: 'Active',
    tools: ['a'],
  };
  const groups = [{ name: 'few', description: 'A few', servers: { grouped }, remote_servers: {} }];
  await using own = await servingFiles({ legacy: { ...legacy, groups } });
  const file = (await (await fetch(`${own.url}/registry.json?format=toolhive`)).json()) as ToolhiveFile;
  expect(file).toEqual({ ...legacy, groups });
  const upstream = (await (await fetch(`${own.url}/registry.json`)).json()) as UpstreamFile;
  expect(upstream.data.groups).toMatchObject([{ name: 'few', servers: [{ name: 'io.github.stacklok/grouped' }] }]);
});

test.each(['/registry.yaml', '/registry/test/registry.yaml'])("a catalog of Docker's comes back as it is: %s", async (path) => {
  const registry = { abc: { title: 'A', description: 'b', type: 'server', image: 'mcp/a', tools: [{ name: 'c' }], unknown: { d: 1 } } };
  await using own = await servingFiles({ docker: { version: 3, name: 'x', displayName: 'X', registry } });
  const response = await fetch(`${own.url}${path}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/yaml']);
  expect(load(await response.text())).toEqual({ version: 3, name: 'test', displayName: 'test', registry });
});

test('as one answer of the official API it has every version', async () => {
  const one = (version: string): object => ({ name: 'com.example/a', description: 'd', version });
  await using own = await servingFiles({ a: [one('1.0.0'), one('2.0.0')] });
  const file = (await (await fetch(`${own.url}/registry.json?format=official`)).json()) as { servers: object[]; metadata: object };
  const list = (await (await fetch(`${own.url}/v0.1/servers`)).json()) as { servers: object[] };
  expect(file).toEqual({ servers: list.servers, metadata: { count: 2 } });
});

test('servers that share a key have keys of their own', async () => {
  const image = (name: string): object => ({ registryType: 'oci', identifier: `example.com/${name}:1`, transport: { type: 'stdio' } });
  const one = (name: string): object => ({ name, description: name, version: '1.0.0', packages: [image(name)] });
  await using own = await servingFiles({ a: [one('com.example/xyz'), one('org.example/xyz'), one('com.example/abc')] });
  const file = (await (await fetch(`${own.url}/registry.json?format=toolhive`)).json()) as ToolhiveFile;
  expect(Object.keys(file.servers)).toEqual(['abc', 'com-example-xyz', 'org-example-xyz']);
});

test('a server of another namespace keeps its name in either form, and one that is deprecated its status', async () => {
  const image = { registryType: 'oci', identifier: 'example.com/x:1', transport: { type: 'stdio' } };
  const official = { 'io.modelcontextprotocol.registry/official': { status: 'deprecated' } };
  const server = { name: 'com.example/x', description: 'd', version: '1.0.0', packages: [image] };
  await using own = await servingFiles({ a: { servers: [{ server, _meta: official }] } });
  for (const format of ['upstream', 'toolhive']) {
    const file = await (await fetch(`${own.url}/registry.json?format=${format}`)).text();
    await using again = await servingFiles({ file });
    const { servers } = (await (await fetch(`${again.url}/v0.1/servers`)).json()) as { servers: { server: Named; _meta: object }[] };
    expect([format, servers.map((item) => item.server.name)]).toEqual([format, ['com.example/x']]);
    expect(servers[0]?._meta).toMatchObject(official);
  }
});

test('it is whole while the catalog changes again and again', async () => {
  await using own = await temporaryFolder();
  const write = (count: number): Promise<string> =>
    own.write(
      'a.json',
      JSON.stringify(
        Array.from({ length: 400 }, (_, index) => ({ name: `a/${index}`, version: `${count}.0.0`, description: 'd'.repeat(200) })),
      ),
    );
  await write(0);
  const sources = [{ name: 'a', type: 'file', file: { path: 'a.json' } }];
  await using running = await serverFor(own, await own.write('registry.yaml', manifest({ sources })));
  await eventually(
    () => fetch(`${running.url}/readiness`),
    ({ status }) => status === 200,
  );
  const stop = new AbortController();
  const readers = ['upstream', 'toolhive'].flatMap((format) =>
    ['gzip', 'identity'].map(async (encoding) => {
      let read = 0;
      while (!stop.signal.aborted) {
        const response = await fetch(`${running.url}/registry.json?format=${format}`, { headers: { 'Accept-Encoding': encoding } });
        expect([format, encoding, response.status]).toEqual([format, encoding, 200]);
        await response.json();
        read += 1;
      }
      return read;
    }),
  );
  for (let count = 1; count <= 12; count += 1) {
    await write(count);
    await eventually(
      async () =>
        ((await (await fetch(`${running.url}/v0.1/servers?limit=1`)).json()) as { servers: { server: { version: string } }[] }).servers[0]
          ?.server.version,
      (version) => version === `${count}.0.0`,
    );
  }
  stop.abort();
  for (const read of await Promise.all(readers)) expect(read).toBeGreaterThan(0);
}, 60_000);

test('it follows the catalog, and files of long before are removed', async () => {
  await using own = await temporaryFolder();
  const write = (names: readonly string[]): Promise<string> =>
    own.write('a.json', JSON.stringify({ servers: Object.fromEntries(names.map((name) => [name, { image: 'a:1', description: 'd' }])) }));
  await write(['a']);
  const sources = [{ name: 'a', type: 'file', file: { path: 'a.json' } }];
  await using running = await serverFor(own, await own.write('registry.yaml', manifest({ sources })));
  for (const names of [['a'], ['a', 'b'], ['b'], ['b', 'c']]) {
    await write(names);
    await eventually(() => serverNames(running.url), has(...names));
    const file = (await (await fetch(`${running.url}/registry.json`)).json()) as UpstreamFile;
    expect(file.data.servers.map(({ name }) => name)).toEqual(names.map((name) => `io.github.stacklok/${name}`));
  }
  // Plain and packed, of three catalogs.
  await eventually(
    () => readdir(`${own.path}/storage/files`),
    ({ length }) => length === 6,
  );
});
