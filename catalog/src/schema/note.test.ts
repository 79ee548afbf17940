import { expect, test } from '@jest/globals';
import { readSource, type SourceDraft } from '../build/read-source.ts';
import { compileFilter, type FilterRules } from '../entry/filter.ts';
import type { Finding } from '../entry/findings.ts';
import { FILES_KEY } from '../formats/files.ts';
import type { JsonObject } from '../json.ts';
import { json, snapshotFrom, testdata } from '../testing.ts';
import { loadSchemaChecks, schemaUrl } from './generations.ts';

const schemas = await loadSchemaChecks();

function read(file: unknown, rules?: FilterRules): SourceDraft {
  const bytes = file instanceof Uint8Array ? file : json(file);
  return readSource({ name: 's', format: 'auto', filters: [compileFilter(rules)] }, { bytes }, { now: 0, schemas });
}

/** `pointer: message` of what is noted of one entry, which is served. */
function noted(server: JsonObject): string[] {
  const { rows, findings } = read([server]);
  expect(rows).toHaveLength(1);
  return findings.kept.filter(({ rule }) => rule === 'schema').map(textOf);
}

function textOf({ pointer, message }: Finding): string {
  return `${pointer}: ${message}`;
}

/** The same server as each generation writes it. */
const CAMEL_CASE: JsonObject = {
  name: 'com.example/weather',
  description: 'Forecasts',
  version: '1.0.0',
  websiteUrl: 'https://example.com/weather',
  repository: { url: 'https://example.com/weather.git', source: 'example' },
  packages: [
    {
      registryType: 'npm',
      registryBaseUrl: 'https://registry.example.com',
      identifier: 'weather',
      version: '1.0.0',
      runtimeHint: 'npx',
      transport: { type: 'stdio' },
      packageArguments: [
        { type: 'named', name: '--city', value: 'Zürich' },
        { type: 'positional', valueHint: 'place' },
      ],
      environmentVariables: [{ name: 'KEY', isRequired: true, isSecret: true }],
    },
  ],
  remotes: [{ type: 'sse', url: 'https://example.com/mcp', headers: [{ name: 'Authorization', isSecret: true }] }],
};
const SNAKE_CASE = JSON.parse(
  JSON.stringify(CAMEL_CASE).replaceAll(/"([a-z]+)([A-Z])([a-zA-Z]*)":/g, (_, start: string, letter: string, end: string) =>
    `"${start}_${letter}${end}":`.replaceAll(/_?[A-Z]/g, (part) => `_${part.replace('_', '').toLowerCase()}`),
  ),
) as JsonObject;

const GENERATIONS = ['2025-07-09', '2025-09-16', '2025-09-29', '2025-10-11', '2025-10-17', '2025-12-11'];

function serverOf(generation: string): JsonObject {
  return { $schema: schemaUrl(generation), ...(generation === '2025-07-09' ? SNAKE_CASE : CAMEL_CASE) };
}

test.each(GENERATIONS)('%s: what conforms to it has no note', (generation) => {
  expect(noted(serverOf(generation))).toEqual([]);
});

/** Of an entry, its first package changed. */
function withPackage(server: JsonObject, fields: Record<string, JsonObject[string] | undefined>): JsonObject {
  const [first] = server['packages'] as JsonObject[];
  const changed = Object.fromEntries(Object.entries({ ...first, ...fields }).filter(([, value]) => value !== undefined));
  return { ...server, packages: [changed as JsonObject] };
}

type Change = (server: JsonObject) => JsonObject;
const DETAIL = '#/definitions/Server/properties';
const NEWER_DETAIL = '#/definitions/ServerDetail/properties';

test.each<[what: string, generation: string, Change, pointer: string, message: string, rule: string]>([
  [
    'a description that is long',
    '2025-07-09',
    (server) => ({ ...server, description: 'x'.repeat(101) }),
    '/description',
    `"${'x'.repeat(80)}"… (101 characters) must have at most 100 characters; shorten it`,
    `${DETAIL}/description/maxLength`,
  ],
  [
    'a package in camelCase',
    '2025-07-09',
    (server) => ({ ...server, packages: CAMEL_CASE['packages'] ?? [] }),
    '/packages/0/registry_type',
    'is missing; add it',
    '#/definitions/Package/required',
  ],
  [
    'a field of a package that is unknown',
    '2025-07-09',
    (server) => withPackage(server, { stars: 1 }),
    '/packages/0/stars',
    '1 is not a field of the schema here; remove it, or put it below "_meta"',
    '#/definitions/Package/additionalProperties',
  ],
  [
    'a status that is unknown',
    '2025-09-16',
    (server) => ({ ...server, status: 'retired' }),
    '/status',
    '"retired" must be one of "active", "deprecated", "deleted"; choose one of them',
    `${DETAIL}/status/enum`,
  ],
  [
    'a package in snake_case',
    '2025-09-16',
    (server) => ({ ...server, packages: SNAKE_CASE['packages'] ?? [] }),
    '/packages/0/registryType',
    'is missing; add it',
    '#/definitions/Package/required',
  ],
  [
    'a package without a version',
    '2025-09-29',
    (server) => withPackage(server, { version: undefined }),
    '/packages/0/version',
    'is missing; add it',
    '#/definitions/Package/required',
  ],
  [
    'the package version "latest"',
    '2025-09-29',
    (server) => withPackage(server, { version: 'latest' }),
    '/packages/0/version',
    '"latest" is a value that the schema forbids; write another one',
    '#/definitions/Package/properties/version/not',
  ],
  [
    'a title that is no text',
    '2025-10-11',
    (server) => ({ ...server, title: 7 }),
    '/title',
    '7 must be a string; write one',
    `${NEWER_DETAIL}/title/type`,
  ],
  [
    'a remote server without a URL',
    '2025-10-17',
    (server) => ({ ...server, remotes: [{ type: 'sse' }] }),
    '/remotes/0/url',
    'is missing; add it',
    '#/definitions/SseTransport/required',
  ],
  [
    'a website that is no URL',
    '2025-12-11',
    (server) => ({ ...server, websiteUrl: 'example.com' }),
    '/websiteUrl',
    '"example.com" must be a URI; write it in full, as in "https://example.com/"',
    `${NEWER_DETAIL}/websiteUrl/format`,
  ],
  [
    'packages that are no list',
    '2025-12-11',
    (server) => ({ ...server, packages: {} }),
    '/packages',
    'an object must be an array; write one',
    `${NEWER_DETAIL}/packages/type`,
  ],
  [
    'an empty repository, which is repaired as well',
    '2025-12-11',
    (server) => ({ ...server, repository: {} }),
    '/repository/url',
    'is missing; add it',
    '#/definitions/Repository/required',
  ],
])('%s, by %s', (_, generation, change, ...[pointer, message, rule]) => {
  const [note, ...others] = noted(change(serverOf(generation)));
  expect(note).toContain(`${pointer}: ${message} (schema of ${generation}, ${rule})`);
  expect(others).toEqual([]);
});

test('an entry that violates its schema in several places is one finding, with the first three', () => {
  const broken = { ...serverOf('2025-12-11'), title: '', websiteUrl: 'x', icons: [{}, {}] };
  const { findings } = read([broken]);
  expect(findings.counts).toEqual({ leftOut: 0, shadowed: 0, repaired: 0, noted: 1 });
  expect(findings.kept).toMatchObject([{ entry: 'com.example/weather', version: '1.0.0', rule: 'schema', served: true }]);
  expect(findings.kept[0]?.message).toMatch(/\. Also: \/\S+ .+; \/\S+ .+; and \d+ more$/);
});

test.each<[what: string, server: JsonObject, generation: string]>([
  ['the newest one', { ...CAMEL_CASE, title: '' }, '2025-12-11'],
  ['the first one where its fields are used', { ...SNAKE_CASE, title: 7, description: 'x'.repeat(101) }, '2025-07-09'],
])('an entry without "$schema" is checked against %s', (_, server, generation) => {
  expect(noted(server)).toEqual([expect.stringContaining(`(schema of ${generation}, `)]);
});

test('a URL into the schema names its generation', () => {
  expect(noted({ ...CAMEL_CASE, $schema: `${schemaUrl('2025-12-11')}#/definitions/ServerDetail` })).toEqual([]);
});

test('an unknown generation is noted, with the known ones', () => {
  expect(noted({ ...CAMEL_CASE, $schema: schemaUrl('2027-01-01'), packages: 7 })).toEqual([
    `/$schema: "${schemaUrl('2027-01-01')}" is no generation of the schema that is known here, so the entry was not checked; ` +
      `known are ${GENERATIONS.join(', ')}, the newest one as ${schemaUrl('2025-12-11')}`,
  ]);
});

test('a name of another form is noted once, whatever form the catalog has', () => {
  const names = (file: unknown): string[] => read(file).findings.kept.map(({ rule, message }) => `${rule} ${message}`);
  const expected = (name: string): unknown => expect.stringContaining(`name "${name}" is not a name of the official form "namespace/name"`);
  expect(names([{ ...serverOf('2025-12-11'), name: '../../etc/passwd' }])).toEqual([expected('../../etc/passwd')]);
  expect(names({ data: { servers: [{ ...serverOf('2025-09-16'), name: 'weather' }] } })).toEqual([expected('weather')]);
  expect(names({ servers: { '../../etc/passwd': { image: 'i', description: 'd' } } })).toEqual([expected('../../etc/passwd')]);
});

test('what was not written for the schema is not checked: other forms, skills and plugins', () => {
  const extra = { namespace: 'a', name: 'b', version: '1', description: 'x'.repeat(500) };
  const toolhive = { servers: { long: { image: 'i', description: 'x'.repeat(400), title: '' } } };
  const old = testdata('mcp-registry-seed-2025-08-06.json');
  for (const file of [toolhive, old, { data: { servers: [], skills: [extra], plugins: [extra] } }]) {
    expect(read(file).findings.counts.noted).toBe(0);
  }
});

test('what is left out has no notes, whether by a filter or because it cannot be served', () => {
  const broken = { ...serverOf('2025-12-11'), title: '' };
  expect(read([broken], { names: { exclude: ['com.example/*'] } }).findings.kept).toEqual([]);
  expect(read([{ ...broken, description: '' }]).findings.kept).toMatchObject([{ rule: 'invalid' }]);
});

test('a hostile entry is reported as broken, without details', () => {
  const broken = { ...serverOf('2025-12-11'), packages: Array.from({ length: 300_000 }, () => ({})) };
  expect(noted(broken)).toEqual([': breaks the schema of 2025-12-11; POST /v0.1/validate says where']);
});

// 145 of the first ones have an empty repository, 28 a package without the version that their generation wants, 3 name no schema there is.
test.each<[file: string, servers: number, noted: number]>([
  ['official-registry-dump-2026-02-06.json', 1731, 183],
  ['toolhive-catalog-2026-08-24.json', 110, 0],
  ['trs-example-upstream-registry.json', 12, 0],
  ['toolhive-legacy-2025-10-22.json', 88, 0],
])('real entries that violate their schema are served: %s', (file, servers, expected) => {
  const { rows, findings } = read(testdata(file));
  expect(rows.filter((row) => !row.name.startsWith('\u007f'))).toHaveLength(servers);
  expect(findings.counts).toMatchObject({ leftOut: 0, noted: expected });
  const notes = findings.kept.filter(({ rule }) => rule === 'schema').map(({ entry, version }) => `${entry}@${version ?? ''}`);
  expect(new Set(notes).size).toBe(notes.length);
});

test('findings of a folder name the file, those of duplicates both files', () => {
  const file = (path: string, fields: JsonObject): JsonObject => ({ path, text: JSON.stringify({ ...serverOf('2025-12-11'), ...fields }) });
  const folder = { [FILES_KEY]: [file('a.json', { title: '' }), file('sub/b.json', {}), file('c.json', { name: 'odd' })] };
  const found = snapshotFrom(read(folder)).findings({ limit: 10 }).findings;
  expect(found).toMatchObject([
    {
      entry: 'sub/b.json: com.example/weather',
      version: '1.0.0',
      rule: 'duplicate',
      message: 'version 1.0.0 occurs twice; the first one is served, which is in a.json',
    },
    { entry: 'a.json: com.example/weather', pointer: '/title', rule: 'schema' },
    { entry: 'c.json: odd', pointer: '/name', rule: 'name' },
  ]);
});
