import { expect, test } from '@jest/globals';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { readServerOptions } from '../options.ts';
import { testPort } from './testing.ts';

test.each<[basePath: string, path: string, status: number]>([
  ['/mcp', '/mcp/health', 200],
  ['/mcp', '/health', 200],
  ['/mcp', '/mcp/ping', 404],
  ['/mcp', '/mcp/v0/ping', 200],
  ['/mcp', '/mcp/registry/test/v0.1/ping/', 200],
  ['/mcp', '/mcp', 200],
  ['/mcp', '/mcp/', 200],
  ['/mcp', '/mcp?a=1', 200],
  ['/mcp', '/mcpx/health', 404],
  ['/mcp', '/mcp/mcp/health', 404],
  ['/team-a/mcp', '/team-a/mcp/openapi.json', 200],
  ['/registry', '/registry/v0.1/ping', 200],
  ['/registry', '/registry/test/v0.1/ping', 200],
  ['/registry', '/registry/registry/test/v0.1/ping', 200],
  ['/registry', '/registry/registry/other/v0.1/ping', 404],
  ['', '/mcp/health', 404],
])('with base path "%s" %s is answered with %i', async (basePath, path, status) => {
  await using port = await testPort([], 'both', 'error', basePath);
  expect((await fetch(`${port.url}${path}`)).status).toBe(status);
});

test.each(['/readiness', '/health'])(
  'base path %s does not hide what is there: readiness must not be that of the page',
  async (basePath) => {
    await using port = await testPort([], 'both', 'error', basePath);
    const [plain, below, elsewhere] = await Promise.all(
      [basePath, `${basePath}${basePath}`, '/version'].map(async (path) => (await fetch(`${port.url}${path}`)).json()),
    );
    expect(plain).toEqual(below);
    expect(plain).not.toHaveProperty('endpoints');
    expect(elsewhere).toBeDefined();
  },
);

test('the absolute form of a URL has the base path as well', async () => {
  await using port = await testPort([], 'both', 'error', '/mcp');
  const socket = connect(Number(new URL(port.url).port), '127.0.0.1');
  socket.write('GET http://registry.example/mcp/health HTTP/1.1\r\nHost: registry.example\r\nConnection: close\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1.1 200 OK\r\n/);
});

test.each<[string, basePath: string, header: string | undefined, prefix: string]>([
  ['without either', '', undefined, ''],
  ['with a base path', '/mcp', undefined, '/mcp'],
  ['with a header', '', '/team/mcp', '/team/mcp'],
  ['with both the header wins', '/mcp', '/outer/mcp', '/outer/mcp'],
  ['a slash at the end', '/mcp', '/x/', '/mcp'],
  ['no slash at the beginning', '/mcp', 'x', '/mcp'],
  ['two slashes, which name a host', '', '//evil.example', ''],
  ['a URL', '', 'https://evil.example', ''],
  ['a step up', '', '/a/../b', ''],
  ['a dot', '', '/./b', ''],
  ['markup', '', '/<script>', ''],
  ['percent-encoding', '', '/%2e%2e', ''],
  ['a list', '', '/a, /b', ''],
  ['200 characters', '', `/${'a'.repeat(199)}`, `/${'a'.repeat(199)}`],
  ['201 characters', '', `/${'a'.repeat(200)}`, ''],
])('links: %s', async (_, basePath, header, prefix) => {
  await using port = await testPort([], 'both', 'error', basePath);
  const headers: Record<string, string> = header === undefined ? {} : { 'X-Forwarded-Prefix': header };
  const get = (path: string): Promise<Response> => fetch(`${port.url}${path}`, { headers });
  const index = (await (await get('/')).json()) as { endpoints: string[] };
  expect(index.endpoints).toContain(`${prefix}/v0.1/servers`);
  expect(index.endpoints).toContain(`POST ${prefix}/v0.1/validate`);
  expect(index.endpoints).toContain(`${prefix}/registry/test/v0.1/servers`);
  expect(index.endpoints.join()).not.toContain('publish');
  const document = (await (await get('/openapi.json')).json()) as { servers: { url: string }[] };
  expect(document.servers[0]?.url).toBe(prefix === '' ? '/' : prefix);
  expect(await (await get('/docs')).text()).toContain(`<a href="${prefix}/openapi.json">`);
  expect((await get('/docs')).headers.get('vary')).toContain('X-Forwarded-Prefix');
  const sync = await fetch(`${port.url}/registry/sync`, { method: 'POST', headers });
  expect([sync.headers.get('location'), await sync.json()]).toEqual([
    `${prefix}/registry/status`,
    { status: 'accepted', statusUrl: `${prefix}/registry/status` },
  ]);
  expect(await (await get('/servers')).text()).toContain(`Did you mean '${prefix}/v0.1/servers'?`);
});

test('documents of many prefixes are not mixed up', async () => {
  await using port = await testPort();
  for (const prefix of ['/a', '/b', '/c', '/a', '/c']) {
    const document = (await (await fetch(`${port.url}/openapi.json`, { headers: { 'X-Forwarded-Prefix': prefix } })).json()) as {
      servers: unknown;
    };
    expect(document.servers).toMatchObject([{ url: prefix }]);
  }
});

test.each<[string | undefined, string | undefined]>([
  [undefined, undefined],
  ['/', undefined],
  ['/mcp', '/mcp'],
  ['/a/b~c_d.e-f', '/a/b~c_d.e-f'],
])('--base-path %s', (given, expected) => {
  const args = ['--config', 'x', ...(given === undefined ? [] : ['--base-path', given])];
  const read = readServerOptions(args, {});
  expect(read.kind === 'run' ? read.options.basePath : 'no run').toBe(expected);
});

test.each(['mcp', '/mcp/', '//mcp', '/a b', '/a/../b', '/%20', `/${'a'.repeat(200)}`])('--base-path "%s" is refused', (given) => {
  expect(() => readServerOptions(['--config', 'x'], { BASE_PATH: given })).toThrow(`--base-path is "${given}"; use a path such as /mcp`);
});
