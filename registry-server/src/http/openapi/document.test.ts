import { expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { load } from 'js-yaml';
import { catalog, eventually, manifest, ONE_CONFIGMAP, serverFor, temporaryFolder } from '../../testing.ts';
import { officialRoutes } from '../routes/official.ts';
import { catalogRoutes } from '../routes/registry.ts';
import { testPort } from '../testing.ts';

interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string; readonly responses: object }>>>>;
}

test('it is valid OpenAPI 3.1, the same in JSON and YAML, and has what clients look for', async () => {
  await using port = await testPort();
  const json = await fetch(`${port.url}/openapi.json`);
  const yaml = await fetch(`${port.url}/openapi.yaml`);
  expect([json.headers.get('content-type'), yaml.headers.get('content-type')]).toEqual(['application/json', 'application/yaml']);
  const document = (await json.json()) as Document;
  expect(load(await yaml.text())).toEqual(document);
  const validator = new Validator();
  expect(await validator.validate({ ...document })).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  expect(document.info).toMatchObject({
    version: '1.0.0',
    description: expect.stringContaining('https://github.com/modelcontextprotocol/registry'),
  });
});

const TOOLHIVE_PATHS = [
  '/api/v1/groups',
  '/api/v1/groups/{group}',
  '/api/v1/health',
  '/api/v1/registry/info',
  '/api/v1/registry/servers',
  '/api/v1/registry/servers/deployed',
  '/api/v1/registry/servers/deployed/{name}',
  '/api/v1/registry/servers/{serverName}',
  '/api/v1/servers',
  '/api/v1/servers/{serverName}',
  '/api/v1/tools',
];

test.each([
  [
    'both',
    [
      '/',
      '/health',
      '/metrics',
      '/openapi.json',
      '/openapi.yaml',
      '/readiness',
      '/registry/history',
      '/registry/report',
      '/registry/rollback',
      '/registry/snapshot',
      '/registry/status',
      '/registry/sync',
      '/version',
    ],
  ],
  [
    'public',
    [
      '/',
      '/health',
      '/openapi.json',
      '/openapi.yaml',
      '/readiness',
      '/registry/history',
      '/registry/report',
      '/registry/status',
      '/version',
    ],
  ],
] as const)('on port %s it has every row that is there', async (role, paths) => {
  await using port = await testPort([], role);
  const document = (await (await fetch(`${port.url}/openapi.json`)).json()) as Document;
  expect(Object.keys(document.paths).sort()).toEqual([...paths, ...TOOLHIVE_PATHS, ...catalogRoutes().map(({ path }) => path)].sort());
  const names = Object.values(document.paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
  expect(new Set(names).size).toBe(names.length);
});

test('it is kept, and answered with 304', async () => {
  await using port = await testPort();
  const etag = (await fetch(`${port.url}/openapi.yaml`)).headers.get('etag') ?? '';
  expect((await fetch(`${port.url}/openapi.yaml`, { headers: { 'If-None-Match': etag } })).status).toBe(304);
});

test('answers are as documented', async () => {
  await using folder = await temporaryFolder();
  const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a', 'b') } }));
  await using server = await serverFor(folder, config);
  await eventually(
    () => fetch(`${server.url}/readiness`),
    (response) => response.status === 200,
  );
  const [list, versions, version] = officialRoutes().map(({ success }) => success.schema?.());
  const name = 'io.github.stacklok%2Fa';
  for (const [path, schema] of [
    ['/v0.1/servers?limit=1', list],
    [`/v0.1/servers/${name}/versions`, versions],
    [`/v0.1/servers/${name}/versions/latest`, version],
  ] as const) {
    expect(schema?.safeParse(await (await fetch(`${server.url}${path}`)).json())).toMatchObject({ success: true });
  }
});
