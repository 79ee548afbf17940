import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import type { RunningServer } from '../server.ts';
import { catalog, eventually, manifest, ONE_CONFIGMAP, serverFor, temporaryFolder, type Folder } from '../testing.ts';

const upstream = [
  { server: { name: 'com.example/multi', description: 'Several versions', version: '1.0.0' }, _meta: official('2026-01-01T00:00:00Z') },
  { server: { name: 'com.example/multi', description: 'Several versions', version: '1.1.0+b1' }, _meta: official('2026-02-01T00:00:00Z') },
  { server: { name: 'com.example/gone', description: 'Deleted', version: '1.0.0' }, _meta: official('2026-03-01T00:00:00Z', 'deleted') },
  {
    server: { name: 'com.example/Weather', title: 'Sun & Rain', description: 'Forecasts', version: '2.0.0' },
    _meta: official('2026-01-01T00:00:00Z'),
  },
];

function official(time: string, status = 'active'): unknown {
  return { 'io.modelcontextprotocol.registry/official': { status, publishedAt: time, updatedAt: time } };
}

let folder: Folder;
let server: RunningServer;

beforeAll(async () => {
  folder = await temporaryFolder();
  const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': upstream } }));
  server = await serverFor(folder, config);
  await eventually(
    () => fetch(`${server.url}/readiness`),
    (response) => response.status === 200,
  );
});

afterAll(async () => {
  await server.stop();
  await folder[Symbol.asyncDispose]();
});

interface ListBody {
  servers: { server: { name: string; version: string }; _meta: Record<string, Record<string, unknown>> }[];
  metadata: { count: number; nextCursor?: string };
}

async function list(path: string): Promise<ListBody> {
  const response = await fetch(`${server.url}${path}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('application/json');
  return (await response.json()) as ListBody;
}

describe('GET /v0.1/servers', () => {
  test.each<[string, string[]]>([
    ['/v0.1/servers', ['com.example/Weather@2.0.0', 'com.example/multi@1.0.0', 'com.example/multi@1.1.0+b1']],
    ['/v0/servers', ['com.example/Weather@2.0.0', 'com.example/multi@1.0.0', 'com.example/multi@1.1.0+b1']],
    ['/registry/test/v0.1/servers', ['com.example/Weather@2.0.0', 'com.example/multi@1.0.0', 'com.example/multi@1.1.0+b1']],
    ['/v0.1/servers/', ['com.example/Weather@2.0.0', 'com.example/multi@1.0.0', 'com.example/multi@1.1.0+b1']],
    ['/v0.1/servers?version=latest', ['com.example/Weather@2.0.0', 'com.example/multi@1.1.0+b1']],
    ['/v0.1/servers?version=1.0.0', ['com.example/multi@1.0.0']],
    ['/v0.1/servers?search=weather', ['com.example/Weather@2.0.0']],
    ['/v0.1/servers?search=sun+%26', ['com.example/Weather@2.0.0']],
    ['/v0.1/servers?search=forecast&limit=50&version=latest', ['com.example/Weather@2.0.0']],
    ['/v0.1/servers?search=%25', []],
    ['/v0.1/servers?search=%0A', []],
    ['/v0.1/servers?search=multi%09several', []],
    ['/v0.1/servers?updated_since=2026-01-15T00:00:00Z', ['com.example/gone@1.0.0', 'com.example/multi@1.1.0+b1']],
    ['/v0.1/servers?updated_since=2026-01-15T01:00:00%2B01:00', ['com.example/gone@1.0.0', 'com.example/multi@1.1.0+b1']],
    ['/v0.1/servers?include_deleted=true&search=gone', ['com.example/gone@1.0.0']],
    ['/v0.1/servers?unknown=1&limit=', ['com.example/Weather@2.0.0', 'com.example/multi@1.0.0', 'com.example/multi@1.1.0+b1']],
  ])('%s', async (path, expected) => {
    const body = await list(path);
    expect(body.servers.map(({ server: { name, version } }) => `${name}@${version}`)).toEqual(expected);
    expect(body.metadata.count).toBe(expected.length);
  });

  test('pages follow each other by a cursor that needs no encoding', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const body = await list(`/v0.1/servers?limit=1${cursor}`);
      seen.push(...body.servers.map(({ server: { name, version } }) => `${name}@${version}`));
      if (body.metadata.nextCursor !== undefined) expect(body.metadata.nextCursor).toMatch(/^[A-Za-z0-9_-]+$/);
      cursor = body.metadata.nextCursor === undefined ? '' : `&cursor=${body.metadata.nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(['com.example/Weather@2.0.0', 'com.example/multi@1.0.0', 'com.example/multi@1.1.0+b1']);
  });

  test('every item has the official _meta, complete', async () => {
    for (const item of (await list('/v0.1/servers')).servers) {
      expect(Object.keys(item._meta['io.modelcontextprotocol.registry/official'] ?? {}).sort()).toEqual([
        'isLatest',
        'publishedAt',
        'status',
        'statusChangedAt',
        'updatedAt',
      ]);
    }
  });
});

describe('one server', () => {
  test.each<[string, string]>([
    ['/v0.1/servers/com.example%2Fmulti/versions/latest', '1.1.0+b1'],
    ['/v0.1/servers/com.example/multi/versions/latest', '1.1.0+b1'],
    ['/v0.1/servers/com.example%2Fmulti/versions/1.0.0', '1.0.0'],
    ['/v0.1/servers/com.example%2Fmulti/versions/1.1.0%2Bb1', '1.1.0+b1'],
    ['/v0.1/servers/com.example%2Fmulti/versions/1.1.0+b1/', '1.1.0+b1'],
    ['/v0/servers/com.example%2FWeather/versions/latest', '2.0.0'],
    ['/v0.1/servers/com.example%2Fgone/versions/1.0.0?include_deleted=true', '1.0.0'],
  ])('%s is version %s', async (path, version) => {
    const response = await fetch(`${server.url}${path}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ server: { version }, _meta: { 'io.modelcontextprotocol.registry/official': {} } });
  });

  test.each(['1', 't', 'T', 'true', 'TRUE', 'True'])('include_deleted=%s shows what is deleted', async (word) => {
    expect((await fetch(`${server.url}/v0.1/servers/com.example%2Fgone/versions/1.0.0?include_deleted=${word}`)).status).toBe(200);
  });

  test.each(['0', 'f', 'F', 'false', 'FALSE', 'False'])('include_deleted=%s does not', async (word) => {
    expect((await fetch(`${server.url}/v0.1/servers/com.example%2Fgone/versions/1.0.0?include_deleted=${word}`)).status).toBe(404);
  });

  test('versions, most recently published first', async () => {
    const body = await list('/v0.1/servers/com.example%2Fmulti/versions');
    expect(body.servers.map((item) => item.server.version)).toEqual(['1.1.0+b1', '1.0.0']);
    expect(body.metadata).toEqual({ count: 2 });
  });
});

describe('what is refused', () => {
  test.each<[method: string, path: string, status: number, detail: string]>([
    ['GET', '/v0.1/servers?limit=0', 422, 'limit is "0"; use a whole number from 1 to 100'],
    ['GET', '/v0.1/servers?limit=-1', 422, 'limit is "-1"'],
    ['GET', '/v0.1/servers?limit=101', 422, 'limit is "101"'],
    ['GET', '/v0.1/servers?limit=abc', 422, 'limit is "abc"'],
    ['GET', '/v0.1/servers?limit=1.5', 422, 'limit is "1.5"'],
    ['GET', '/v0.1/servers?cursor=a:b', 400, 'cursor "a:b" is not one of this API'],
    ['GET', '/v0.1/servers?cursor=abcd', 400, 'metadata.nextCursor'],
    ['GET', '/v0.1/servers?updated_since=yesterday', 400, 'Invalid updated_since format: "yesterday"'],
    ['GET', '/v0.1/servers?updated_since=2026-13-45T00:00:00Z', 400, 'Invalid updated_since format'],
    ['GET', '/v0.1/servers?updated_since=2025-02-30T00:00:00Z', 400, 'Invalid updated_since format'],
    ['GET', '/v0.1/servers?updated_since=2025-02-01T24:00:00Z', 400, 'Invalid updated_since format'],
    ['GET', '/v0.1/servers?search=a%00', 400, 'search holds a NUL character'],
    ['GET', '/v0.1/servers?updated_since=2026-01-01T00:00:00Z&include_deleted=false', 400, 'Cannot set include_deleted=false'],
    ['GET', '/v0.1/servers?include_deleted=maybe', 422, 'use true or false'],
    ['GET', `/v0.1/servers?search=${'x'.repeat(501)}`, 422, 'at most 500'],
    ['GET', '/v0.1/servers/com.example%2Fnobody/versions', 404, 'Server not found'],
    ['GET', '/v0.1/servers/com.example%2Fnobody/versions/latest', 404, 'Server not found'],
    ['GET', '/v0.1/servers/com.example%2Fmulti/versions/9.9.9', 404, 'Server not found'],
    ['GET', '/v0.1/servers/com.example%2Fgone/versions/1.0.0', 404, 'Server not found'],
    ['GET', '/v0.1/servers/com.example%2Fgone/versions/latest', 404, 'Server not found'],
    ['GET', '/v0.1/servers/com.example%2Fmulti', 404, '/v0.1/servers/com.example%2Fmulti/versions/latest'],
    ['GET', '/v0.1/servers/%20/versions', 400, 'the server name is empty'],
    ['GET', '/v0.1/servers/a%00b/versions', 400, 'NUL'],
    ['GET', '/v0.1/servers/%zz/versions', 400, 'percent-encoding'],
    ['GET', '/registry/other/v0.1/servers', 404, 'this server serves "test"'],
    ['GET', '/v0.2/servers', 404, 'Endpoint not found'],
    ['GET', '/v0.1/servers?include_deleted=yes', 422, 'use true or false'],
    ['GET', '/v0.1/servers?include_deleted=tRUE', 422, 'use true or false'],
    ['GET', '/v0.1/servers?include_deleted=01', 422, 'use true or false'],
    ['GET', '/v0.1/servers/com.example%2Fgone/versions/1.0.0?include_deleted=F', 404, 'Server not found'],
    ['POST', '/v0.1/publish', 501, 'Publishing is not supported by this registry'],
    ['PUT', '/v0.1/servers/com.example%2Fmulti/versions/1.0.0', 501, 'Updates are not supported by this registry'],
    ['DELETE', '/v0.1/servers/com.example%2Fmulti/versions/1.0.0', 501, 'Deletion is not supported by this registry'],
    ['DELETE', '/v0/servers/com.example/multi/versions/1.1.0%2Bb1/', 501, 'Deletion is not supported by this registry'],
    ['PATCH', '/v0.1/servers/com.example%2Fmulti/versions/1.0.0/status', 501, 'Status updates are not supported by this registry'],
    ['PATCH', '/registry/test/v0.1/servers/com.example%2Fmulti/status', 501, 'Status updates are not supported by this registry'],
    ['PUT', '/v0.1/servers/%zz/versions/1.0.0', 400, 'percent-encoding'],
    ['POST', '/v0.1/servers/com.example%2Fmulti/versions/1.0.0', 405, 'read-only'],
    ['GET', '/v0.1/publish', 405, 'this path has no operation'],
    ['PUT', '/v0.1/servers/com.example%2Fmulti/status', 405, 'this path has no operation'],
    ['GET', '/servers', 404, "Endpoint not found. Did you mean '/v0.1/servers'?"],
    ['GET', '/v1/servers/com.example%2Fmulti/versions', 404, "Did you mean '/v0.1/servers/com.example%2Fmulti/versions'?"],
    ['GET', '/api/v0.1/servers', 404, "Did you mean '/v0.1/servers'?"],
    ['GET', '/Docs', 404, "Did you mean '/docs'?"],
    ['GET', '/ping', 404, "Did you mean '/v0.1/ping'?"],
    ['GET', '/nowhere', 404, 'Endpoint not found: /nowhere. GET / lists what there is'],
    ['GET', `/${'a/'.repeat(4000)}servers`, 404, 'Endpoint not found'],
    ['POST', '/v0.1/servers', 405, 'POST is not supported'],
    ['POST', '/health', 405, 'POST is not supported on /health; use GET, HEAD, OPTIONS'],
    ['GET', '/registry/sync', 405, 'use POST, PUT, OPTIONS'],
    ['GET', `/${'x'.repeat(9000)}`, 414, 'more than 8192 characters'],
    ['GET', '/registry/status?wait=soon', 422, 'wait is "soon"'],
  ])('%s %s: %i', async (method, path, status, detail) => {
    const response = await fetch(`${server.url}${path}`, { method });
    const body = (await response.json()) as Record<string, unknown>;
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(body).toMatchObject({ status, title: expect.any(String), error: body['detail'] });
    expect(body['detail']).toContain(detail);
    if (status === 405) expect(response.headers.get('allow')).toContain('OPTIONS');
  });

  test.each([
    ['a head that is too large', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(70_000)}\r\n\r\n`, '431'],
    ['no HTTP at all', 'hello\r\n\r\n', '400 Bad Request'],
    ['a method that nobody knows', 'FOO /v0.1/servers HTTP/1.1\r\nHost: a\r\n\r\n', '501 Not Implemented'],
    ['a method that is not ours', 'PROPFIND /v0.1/servers HTTP/1.1\r\nHost: a\r\n\r\n', '405 Method Not Allowed'],
    ['the start of TLS', '\u0016\u0003\u0001', '400 Bad Request'],
  ])('%s is answered, not dropped', async (_, bytes, status) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const answer = await new Promise<string>((resolve, reject) => {
      socket.on('data', (chunk) => resolve(chunk.toString()));
      socket.on('error', reject);
      socket.write(bytes);
    });
    socket.destroy();
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}`));
    expect(answer).toContain('"detail"');
    expect(answer).toContain('\r\nAccess-Control-Allow-Origin: *\r\n');
  });
});

describe('for browsers and caches', () => {
  test('any origin may read', async () => {
    const response = await fetch(`${server.url}/v0.1/servers`, { headers: { Origin: 'vscode-file://vscode-app' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test.each([
    ['/v0.1/servers', 'GET, HEAD, OPTIONS'],
    ['/v0.1/servers/com.example%2Fmulti/versions/latest', 'GET, HEAD, OPTIONS'],
    ['/v0.1/publish', 'OPTIONS'],
    ['/v0.1/validate', 'POST, OPTIONS'],
    ['/health', 'GET, HEAD, OPTIONS'],
  ])('OPTIONS %s names what is offered', async (path, methods) => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'OPTIONS',
      headers: { Origin: 'vscode-file://x', 'Access-Control-Request-Method': 'GET' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-methods')).toBe(methods);
    expect(response.headers.get('allow')).toBe(methods);
    expect(response.headers.get('access-control-allow-headers')).toContain('Authorization');
  });

  test.each(['/v0.1/servers?limit=1', '/v0.1/servers/com.example%2Fmulti/versions/latest', '/registry/status'])(
    '%s answers 304 while nothing changed',
    async (path) => {
      const etag = (await fetch(`${server.url}${path}`)).headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[0-9a-f]+(?:-gzip|-br|-zstd)?"$/);
      for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        expect((await fetch(`${server.url}${path}`, { headers: { 'If-None-Match': tag } })).status).toBe(304);
      }
      expect((await fetch(`${server.url}${path}`, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
    },
  );

  test.each(['/v0.1/servers', '/', '/health'])('HEAD %s has headers and no body', async (path) => {
    const response = await fetch(`${server.url}${path}`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0);
    expect(await response.text()).toBe('');
  });
});

describe('operations', () => {
  test.each<[string, unknown]>([
    ['/health', { status: 'healthy' }],
    ['/readiness', { status: 'ready' }],
    ['/v0.1/health', { status: 'ok' }],
    ['/v0/health', { status: 'ok' }],
    ['/v0.1/ping', { pong: true }],
    ['/registry/test/v0.1/ping', { pong: true }],
    ['/v0.1/version', { version: expect.any(String), git_commit: 'unknown', build_time: 'unknown' }],
    [
      '/version',
      { version: expect.any(String), commit: 'unknown', buildTime: 'unknown', node: process.version, platform: expect.any(String) },
    ],
    ['/', { registry: 'test', displayName: 'test', endpoints: expect.arrayContaining(['/v0.1/servers', '/metrics']) }],
  ])('%s', async (path, expected) => {
    const response = await fetch(`${server.url}${path}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(expected);
  });

  test('/metrics has the five names that users were promised', async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    for (const line of [
      'mcpregistry_sync_total{source="default",result="success",registry="test"}',
      'mcpregistry_sync_duration_seconds_count{registry="test"}',
      '# TYPE mcpregistry_sync_errors_total counter',
      'mcpregistry_servers_total{registry="test"} 2',
      'mcpregistry_deployed_servers_total{registry="test"} 0',
    ]) {
      expect(text).toContain(line);
    }
  });

  test('with an internal port, operations leave the public one', async () => {
    await using other = await temporaryFolder();
    const config = await other.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
    await using split = await serverFor(other, config, { internal: true });
    const statusOf = async (base: string, path: string, method = 'GET'): Promise<number> =>
      (await fetch(`${base}${path}`, { method })).status;
    await eventually(
      () => statusOf(split.internalUrl, '/readiness'),
      (status) => status === 200,
    );
    expect(split.internalUrl).not.toBe(split.url);
    for (const path of ['/health', '/readiness', '/version', '/registry/status']) {
      expect([path, await statusOf(split.url, path), await statusOf(split.internalUrl, path)]).toEqual([path, 200, 200]);
    }
    expect([await statusOf(split.url, '/metrics'), await statusOf(split.internalUrl, '/metrics')]).toEqual([404, 200]);
    expect(await statusOf(split.url, '/registry/sync', 'POST')).toBe(404);
    await eventually(
      () => statusOf(split.internalUrl, '/registry/sync', 'POST'),
      (status) => status === 202,
    );
    expect([await statusOf(split.url, '/v0.1/servers'), await statusOf(split.internalUrl, '/v0.1/servers')]).toEqual([200, 404]);
  });
});

describe('two ways to write the same', () => {
  test.each<[string, target: string, status: string]>([
    ['the absolute form of a catalog path', 'http://registry.example/v0.1/servers', '200'],
    ['the absolute form of another path', 'http://registry.example/health', '200'],
    ['the absolute form without a path', 'http://registry.example', '200'],
    ['a fragment behind a catalog path', '/v0.1/servers#top', '200'],
    ['a fragment behind another path', '/health#top', '200'],
    ['bad percent-encoding in a catalog path', '/v0.1/servers/%zz/versions', '400'],
    ['bad percent-encoding in another path', '/%zz', '404'],
  ])('%s', async (_, target, status) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const answer = await new Promise<string>((resolve, reject) => {
      socket.on('data', (chunk) => resolve(chunk.toString()));
      socket.on('error', reject);
      socket.write(`GET ${target} HTTP/1.1\r\nHost: registry.example\r\nConnection: close\r\n\r\n`);
    });
    socket.destroy();
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});
