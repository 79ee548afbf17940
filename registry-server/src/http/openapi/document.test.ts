import { describe, expect, test } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';
import { catalog, eventually, manifest, ONE_CONFIGMAP, serverFor, temporaryFolder } from '../../testing.ts';
import { notOfferedRoutes } from '../routes/not-offered.ts';
import { officialRoutes } from '../routes/official.ts';
import { catalogRoutes } from '../routes/registry.ts';
import { testPort } from '../testing.ts';
import type { OpenApiDocument } from './document.ts';

const OFFICIAL_EXTRAS = ['/v0.1/health', '/v0.1/ping', '/v0.1/validate', '/v0.1/version'];

interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: OpenApiDocument['paths'];
  readonly components: OpenApiDocument['components'];
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
  '/registry.json',
  '/registry.yaml',
  '/api/v1/groups',
  '/api/v1/groups/{group}',
  '/api/v1/health',
  '/api/v1/registry/info',
  '/api/v1/registry/servers',
  '/api/v1/registry/servers/deployed',
  '/api/v1/registry/servers/deployed/{name}',
  '/api/v1/registry/servers/{serverName}',
  '/api/v1/registry/servers/{serverName}/origin',
  '/api/v1/servers',
  '/api/v1/servers/{serverName}',
  '/api/v1/tools',
];

test.each([
  [
    'both',
    [
      '/',
      '/docs',
      '/health',
      '/metrics',
      '/openapi.json',
      '/openapi.yaml',
      '/readiness',
      '/registry/explain',
      '/registry/history',
      '/registry/images',
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
      '/docs',
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
  const official = [...catalogRoutes(), ...notOfferedRoutes()].map(({ path }) => path);
  expect(new Set(Object.keys(document.paths))).toEqual(new Set([...paths, ...TOOLHIVE_PATHS, ...official, ...OFFICIAL_EXTRAS]));
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
  const [list, versions, version] = officialRoutes().map(({ success }) => success?.schema?.());
  const name = 'io.github.stacklok%2Fa';
  for (const [path, schema] of [
    ['/v0.1/servers?limit=1', list],
    [`/v0.1/servers/${name}/versions`, versions],
    [`/v0.1/servers/${name}/versions/latest`, version],
  ] as const) {
    expect(schema?.safeParse(await (await fetch(`${server.url}${path}`)).json())).toMatchObject({ success: true });
  }
});

describe('examples', () => {
  const JSON_TYPE = 'application/json';

  /** Everything of the document that has or needs an example, with its schema. */
  function* exampled({ paths, components }: Document): Generator<[name: string, schema: unknown, example: unknown]> {
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { parameters = [], requestBody, responses }] of Object.entries(methods)) {
        const of = `${method} ${path}`;
        for (const { name, schema, example } of parameters) yield [`${of}: ${name}`, schema, example];
        const bodies = [
          ['body', requestBody?.content] as const,
          ...Object.entries(responses).map(([status, { content }]) => [status, content] as const),
        ];
        for (const [what, content] of bodies) {
          const { schema, example } = content?.[JSON_TYPE] ?? {};
          if (content?.[JSON_TYPE] !== undefined)
            yield [`${of}: ${what}`, schema?.['$ref'] === undefined ? schema : components.schemas['Error'], example];
        }
      }
    }
  }

  test('each parameter and each body in JSON has one, which passes its schema', async () => {
    await using port = await testPort();
    const document = (await (await fetch(`${port.url}/openapi.json`)).json()) as Document;
    // Formats have patterns beside them.
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const rows = [...exampled(document)];
    expect(rows.length).toBeGreaterThan(50);
    for (const [name, schema, example] of rows) {
      expect([name, example]).toEqual([name, expect.anything()]);
      expect([name, ajv.validate(schema as object, example), ajv.errors]).toEqual([name, true, null]);
    }
  });

  test('those of parameters and of the body are accepted', async () => {
    await using port = await testPort();
    const document = (await (await fetch(`${port.url}/openapi.json`)).json()) as Document;
    const list = document.paths['/v0.1/servers']?.['get']?.parameters ?? [];
    const query = new URLSearchParams(Object.fromEntries(list.map(({ name, example }) => [name, String(example)])));
    // The snapshot of this port is empty; 422 and 400 are what would be wrong.
    expect([400, 422]).not.toContain((await fetch(`${port.url}/v0.1/servers?${query.toString()}`)).status);
    const body = JSON.stringify(document.paths['/v0.1/validate']?.['post']?.requestBody?.content[JSON_TYPE]?.example);
    const checked = await fetch(`${port.url}/v0.1/validate`, { method: 'POST', headers: { 'Content-Type': JSON_TYPE }, body });
    expect(await checked.json()).toEqual({ valid: true, issues: [] });
  });

  test('every operation says what it is for, and every group as well', async () => {
    await using port = await testPort();
    const { paths, tags } = (await (await fetch(`${port.url}/openapi.json`)).json()) as OpenApiDocument;
    for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
      expect(operation).toMatchObject({ summary: expect.stringMatching(/./), tags: [expect.stringMatching(/./)] });
      for (const { description } of operation.parameters ?? []) expect(description).toMatch(/\.$/);
      for (const { description } of Object.values(operation.responses)) expect(description).toMatch(/\.$/);
    }
    for (const { description } of tags) expect(description).toMatch(/\.$/);
  });
});
