/** Requests as clients send them, read in their sources, against a server with a dump of the official registry. One request a line. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { resolve } from 'node:path';
import type { RunningServer } from '../server.ts';
import { eventually, manifest, ONE_CONFIGMAP, serverFor, temporaryFolder, type Folder } from '../testing.ts';

const DUMP = resolve(import.meta.dirname, '../../../catalog/testdata/official-registry-dump-2026-02-06.json');
const ONE = '/v0.1/servers/com.redpanda%2Fdocs-mcp';
const ITEM = { server: { name: 'com.redpanda/docs-mcp' }, _meta: { 'io.modelcontextprotocol.registry/official': { isLatest: true } } };

let folder: Folder;
let server: RunningServer;

beforeAll(async () => {
  folder = await temporaryFolder();
  const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: DUMP } } }));
  server = await serverFor(folder, config);
  await eventually(
    async () => (await fetch(`${server.url}/readiness`)).status,
    (status) => status === 200,
    15_000,
  );
});

afterAll(async () => {
  await server.stop();
  await folder[Symbol.asyncDispose]();
});

const page = (count: number): unknown => ({
  servers: expect.arrayContaining([
    {
      server: expect.objectContaining({ name: expect.any(String), description: expect.any(String), version: expect.any(String) }),
      _meta: expect.anything(),
    },
  ]),
  metadata: { count, nextCursor: expect.stringMatching(/^[\w-]+$/) },
});
const none = { servers: [], metadata: { count: 0 } };

describe('what clients ask', () => {
  test.each<[client: string, request: string, status: number, body: unknown]>([
    ['VS Code, which version', 'GET /v0.1/servers?limit=1', 200, page(1)],
    ['VS Code, the older version', 'GET /v0/servers?limit=1', 200, page(1)],
    ['VS Code, the gallery', 'GET /v0.1/servers?limit=50&version=latest', 200, page(50)],
    ['VS Code, a search', 'GET /v0.1/servers?limit=50&version=latest&search=redpanda', 200, { metadata: { count: 1 } }],
    ['VS Code, an install', `GET ${ONE}/versions/latest`, 200, ITEM],
    ['VS Code, one that is not there', 'GET /v0.1/servers/com.example%2Fnone/versions/latest', 404, { error: 'Server not found' }],
    ['GitHub Copilot, a version', `GET ${ONE}/versions/2025.11.26%2Bpr150-394827a`, 200, ITEM],
    ['GitHub Copilot CLI, without the version', 'GET /servers', 404, { detail: "Endpoint not found. Did you mean '/v0.1/servers'?" }],
    ['thv, whether it is one', 'GET /v0.1/servers?limit=1&version=latest', 200, page(1)],
    ['thv, whether it is there', 'HEAD /', 200, undefined],
    ['thv, a page', 'GET /v0.1/servers?limit=100&version=latest', 200, page(100)],
    ['thv, a name in parts', 'GET /v0.1/servers?search=docs-mcp&version=latest', 200, { metadata: { count: expect.any(Number) } }],
    ["ToolHive's registry server, whether it is one", 'GET /openapi.yaml', 200, undefined],
    ["ToolHive's registry server, all versions", 'GET /v0.1/servers?limit=100&cursor=', 200, page(100)],
    ["ToolHive's UI", 'GET /registry/test/v0.1/servers?version=latest&limit=30', 200, page(30)],
    ["Docker's gateway, with an empty cursor", 'GET /v0/servers?version=latest&limit=100&cursor=', 200, page(100)],
    ["Docker's gateway, versions", 'GET /v0/servers/com.redpanda%2Fdocs-mcp/versions', 200, { servers: [ITEM], metadata: { count: 1 } }],
    ['microsoft/apm, the list', 'GET /v0.1/servers?limit=100', 200, page(100)],
    ['microsoft/apm, a search', 'GET /v0.1/servers?search=com.redpanda%2Fdocs-mcp', 200, { servers: [ITEM] }],
    ['microsoft/apm, a server', `GET ${ONE}/versions/latest`, 200, ITEM],
    ['add-mcp, a search', 'GET /v0.1/servers?search=redpanda&version=latest&limit=30', 200, { servers: [ITEM] }],
    ['add-mcp, an empty search', 'GET /v0.1/servers?search=&version=latest', 200, page(30)],
    ['an aggregator, what is new', 'GET /v0.1/servers?updated_since=2026-02-01T00:00:00Z&limit=100', 200, { servers: expect.any(Array) }],
    ['an aggregator, nothing new', 'GET /v0.1/servers?updated_since=2999-01-01T00%3A00%3A00Z', 200, none],
    ['an aggregator, all that is', 'GET /v0.1/servers?include_deleted=1&limit=5', 200, page(5)],
    [
      'an aggregator that contradicts itself',
      'GET /v0.1/servers?updated_since=2026-01-01T00:00:00Z&include_deleted=false',
      400,
      { status: 400 },
    ],
    ['a limit of 0', 'GET /v0.1/servers?limit=0', 422, { status: 422 }],
    ['a limit below 0', 'GET /v0.1/servers?limit=-1', 422, { status: 422 }],
    ['a limit above 100', 'GET /v0.1/servers?limit=101', 422, { status: 422 }],
    ['a limit in words', 'GET /v0.1/servers?limit=abc', 422, { status: 422 }],
    ['a slash at the end', 'GET /v0.1/servers/', 200, page(30)],
    ['a name in two segments', 'GET /v0.1/servers/com.redpanda/docs-mcp/versions/latest', 200, ITEM],
    ['a version with an unencoded plus', `GET ${ONE}/versions/2025.11.26+pr150-394827a`, 200, ITEM],
    ['a publisher', 'POST /v0.1/publish', 501, { error: expect.stringMatching(/^Publishing is not supported by this registry/) }],
    ['a publisher who withdraws', `DELETE ${ONE}/versions/latest`, 501, { error: expect.stringMatching(/^Deletion is not supported/) }],
    ['a path that is none', 'GET /nowhere', 404, { status: 404, error: expect.stringMatching(/^Endpoint not found/) }],
    ['another registry', 'GET /registry/other/v0.1/servers', 404, { error: expect.stringMatching(/^Registry not found/) }],
  ])('%s: %s', async (_, request, status, body) => {
    const [method = '', path = ''] = request.split(' ');
    const response = await fetch(`${server.url}${path}`, { method, headers: { Origin: 'vscode-file://vscode-app' } });
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    if (body === undefined) return;
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject(body as object);
  });

  test.each([`${ONE}/versions/latest`, '/v0.1/servers', `${ONE}/versions`])('a browser may read %s', async (path) => {
    const response = await fetch(`${server.url}${path}`, {
      method: 'OPTIONS',
      headers: { Origin: 'vscode-file://x', 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization' },
    });
    expect([response.status, response.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect(response.headers.get('access-control-allow-headers')).toMatch(/Authorization, Content-Type/);
  });

  test('the walk of thv through all pages sees every server once, in order', async () => {
    const names: string[] = [];
    let cursor = '';
    do {
      const response = await fetch(`${server.url}/v0.1/servers?limit=100&version=latest${cursor}`);
      const { servers, metadata } = (await response.json()) as {
        servers: { server: { name: string } }[];
        metadata: { nextCursor?: string };
      };
      names.push(...servers.map(({ server: { name } }) => name));
      // Added without encoding, as VS Code does it.
      cursor = metadata.nextCursor === undefined ? '' : `&cursor=${metadata.nextCursor}`;
    } while (cursor !== '');
    expect(names).toEqual([...new Set(names)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    expect(names.length).toBeGreaterThan(1_700);
  });
});

test('while there is nothing to serve, no server is called missing', async () => {
  await using empty = await temporaryFolder();
  // No such ConfigMap: the source cannot be read.
  const config = await empty.write('registry.yaml', manifest(ONE_CONFIGMAP));
  await using starting = await serverFor(empty, config);
  for (const path of ['/v0.1/servers', '/v0.1/servers/a%2Fb/versions', '/v0.1/servers/a%2Fb/versions/latest', '/v0/servers?limit=1']) {
    const response = await fetch(`${starting.url}${path}`);
    expect([path, response.status, response.headers.get('retry-after')]).toEqual([path, 503, '1']);
  }
});
