import { expect, test } from '@jest/globals';
import { FILES_KEY } from '../formats/files.ts';
import type { JsonObject } from '../json.ts';
import { loadSchemaChecks, schemaUrl } from '../schema/generations.ts';
import { json, REAL_CATALOGS, serverJson, snapshotFrom, draft, testdata } from '../testing.ts';
import { checkCatalog, type CatalogCheck, type CheckFinding } from './check-catalog.ts';

const schemas = await loadSchemaChecks();

function check(file: unknown, path?: string): CatalogCheck {
  return checkCatalog({ bytes: file instanceof Uint8Array ? file : json(file), path, schemas });
}

/** `severity rule place | entry pointer`, and for a double where the first one stands. */
function textOf({ severity, rule, place, entry = '', pointer, firstPlace }: CheckFinding): string {
  const { file = '', document, pointer: at } = place;
  const first = firstPlace === undefined ? '' : ` first ${firstPlace.file ?? ''}${firstPlace.pointer}`;
  return `${severity} ${rule} ${file}${document === undefined ? '' : `#${document}`}${at} | ${entry} ${pointer}${first}`;
}

const $schema = schemaUrl('2025-12-11');
const good: JsonObject = { $schema, ...serverJson('a/b') };
const twiceBroken: JsonObject = { ...good, packages: [{ registryType: 'npm', transport: { type: 'stdio' } }], websiteUrl: 1 };
const image = { image: 'img', description: 'd' };

test.each<[what: string, file: unknown, counts: [read: number, served: number], findings: string[]]>([
  ['a good server.json', { ...good, packages: [] }, [1, 1], []],
  [
    'all that the schema has against a server.json',
    twiceBroken,
    [1, 1],
    ['error schema /packages/0 | a/b /packages/0/identifier', 'error schema /websiteUrl | a/b /websiteUrl'],
  ],
  [
    'a server.json without a version: the schema says nothing of that again',
    { $schema, name: 'a/b', description: 'd', websiteUrl: 1 },
    [1, 0],
    ['error missing  | a/b /version', 'error schema /websiteUrl | a/b /websiteUrl'],
  ],
  [
    'a server.json without a name, in an item',
    { server: { $schema, description: 'd', version: '1', websiteUrl: 1 } },
    [1, 0],
    ['error missing /server |  /name', 'error schema /server/websiteUrl |  /websiteUrl'],
  ],
  ['what an item has beside its server', { server: good, odd: 1 }, [1, 1], ['note not-read /odd |  /odd']],
  [
    'a server.json that names no schema',
    { ...serverJson('a/b'), packages: [], websiteUrl: 1 },
    [1, 1],
    ['error schema /websiteUrl | a/b /websiteUrl', 'warning schema  | a/b /$schema'],
  ],
  [
    'one that names a schema that is not known',
    { ...good, $schema: schemaUrl('2031-01-01'), packages: [] },
    [1, 1],
    ['warning schema /$schema | a/b /$schema'],
  ],
  ['one from before there were schemas', { name: 'a/b', description: 'd', version_detail: { version: '1' }, websiteUrl: 1 }, [1, 1], []],
  ['a name that is not of the official form', { ...good, name: 'bcd', packages: [] }, [1, 1], ['warning name /name | bcd /name']],
  [
    'a list: what its entries break are warnings',
    { servers: [{ server: good }, { server: twiceBroken }, { server: { ...good, name: 'a/c', repository: {} } }, 1], odd: {} },
    [4, 2],
    [
      'error not-an-object /servers/3 | /servers/3 ',
      'warning duplicate /servers/1/server/version | a/b /version first /servers/0/server/version',
      'warning repaired /servers/2/server/repository | a/c /repository',
      'note not-read /odd |  /odd',
      'warning schema /servers/1/server/packages/0 | a/b /packages/0/identifier',
      'warning schema /servers/1/server/websiteUrl | a/b /websiteUrl',
      'warning schema /servers/2/server/repository | a/c /repository/url',
      'warning schema /servers/2/server/repository | a/c /repository/source',
    ],
  ],
  [
    'an upstream file with groups',
    { data: { servers: [good], groups: [{ name: 'g', servers: [good, { ...good, name: 'a/g', websiteUrl: 1 }] }, {}], skills: [{}] } },
    [4, 2],
    [
      'error missing /data/skills/0 | /data/skills/0 /namespace',
      'error missing /data/groups/1 | /data/groups/1 /name',
      'warning schema /data/groups/0/servers/1/websiteUrl | a/g /websiteUrl',
    ],
  ],
  [
    'a ToolHive catalog: what is not written so has the place of what is',
    {
      servers: { one: { image: 'img' }, 't/wo': { ...image, repository_url: 'x' }, three: { ...image, name: 'no name' } },
      remote_servers: { 't/wo': { url: 'u', description: 'd' } },
    },
    [4, 2],
    [
      'error missing /servers/one | io.github.stacklok/one /description',
      'warning duplicate /remote_servers/t~1wo | t/wo /version first /servers/t~1wo',
    ],
  ],
  [
    'a Docker catalog',
    { registry: { one: { ...image, env: {} }, 'a name': image, three: {} } },
    [3, 1],
    [
      'error invalid /registry/a name | com.docker.mcp/a name /name',
      'error missing /registry/three | three /image',
      'note not-read /registry/one/env | one /env',
    ],
  ],
  [
    'a client configuration',
    { mcpServers: { one: { command: 'node', args: ['x.js'] }, two: { command: 'npx', args: ['pkg'], env: { KEY: 'secret' } } } },
    [2, 1],
    ['error invalid /mcpServers/one/command | one /command', 'warning repaired /mcpServers/two | two '],
  ],
  [
    'a folder',
    {
      [FILES_KEY]: [
        { path: 'a.json', text: JSON.stringify(twiceBroken) },
        { path: 'sub/b.yaml', text: `name: a/b\nversion: 1.0.0\ndescription: d\npackages: []\n---\nservers: {one: {}}\n` },
        { path: 'c.json', text: '{' },
      ],
    },
    [4, 1],
    [
      'error missing sub/b.yaml#1/servers/one | one /image',
      'error unreadable c.json |  ',
      'warning duplicate sub/b.yaml#0/version | a/b /version first a.json/version',
      'error schema a.json/packages/0 | a/b /packages/0/identifier',
      'error schema a.json/websiteUrl | a/b /websiteUrl',
      'warning schema sub/b.yaml#0 | a/b /$schema',
    ],
  ],
])('%s', (_, file, [read, served], findings) => {
  const checked = check(file);
  expect(checked.findings.map(textOf)).toEqual(findings);
  expect(checked).toMatchObject({ read, served, omitted: 0, isCatalog: true });
});

interface Unusable {
  readonly message: string;
  /** Where the parser stopped. */
  readonly at?: readonly [line: number, column: number];
  readonly isCatalog?: boolean;
}

test.each<[what: string, file: string | Uint8Array, path: string | undefined, Unusable]>([
  ['an empty file', ' \n', undefined, { message: 'the catalog is empty' }],
  ['no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), undefined, { message: 'not valid UTF-8' }],
  ['JSON that breaks off', '{\n  "servers": [\n    {"name": "x" "y"}\n', undefined, { message: 'not valid JSON', at: [3, 18] }],
  ['JSON with a byte order mark', '\ufeff{"a" 1}', undefined, { message: 'not valid JSON', at: [1, 6] }],
  ['YAML', 'servers:\r\n  a: 1\r\n b: 2\r\n', undefined, { message: 'not valid YAML', at: [3, 2] }],
  ['what only begins as JSON in a file of YAML', '{"servers": [}', 'a.yaml', { message: 'not valid YAML', at: [1, 14] }],
  ['YAML in a file of JSON', 'servers: {}', 'a.json', { message: 'not valid JSON' }],
  ['a package.json', '{"name": "x", "version": "1.0.0", "scripts": {}}', undefined, { message: 'unknown format', isCatalog: false }],
  ['a scalar', '1', undefined, { message: 'neither an object nor a list', isCatalog: false }],
  ['a file of comments', '# nothing\n', 'a.yaml', { message: 'neither an object nor a list', isCatalog: false }],
  ['a catalog beside something else', 'servers: {}\n---\nkind: Pod\n', undefined, { message: 'unknown format' }],
])('%s is one error', (_, file, path, { message, at, isCatalog = true }) => {
  const place = { pointer: '', ...(at === undefined ? {} : { position: { line: at[0], column: at[1] } }) };
  expect(check(Buffer.from(file), path)).toEqual({
    isCatalog,
    read: 0,
    served: 0,
    findings: [{ rule: 'unreadable', severity: 'error', message: expect.stringContaining(message), pointer: '', place }],
    omitted: 0,
  });
});

test('a file of another format than declared is an error', () => {
  const checked = checkCatalog({ bytes: json({ servers: {} }), format: 'upstream', schemas });
  expect(checked.findings).toMatchObject([{ rule: 'unreadable', message: expect.stringContaining('declared as format "upstream"') }]);
});

test.each(REAL_CATALOGS)('%s: a sync serves and leaves out the same', (name) => {
  const bytes = testdata(name);
  const checked = check(bytes);
  const snapshot = snapshotFrom(draft('s', bytes));
  const [source] = snapshot.header.sources;
  expect(checked.served).toBe(snapshot.rowCount);
  expect(checked.format).toBe(source?.info.format);
  const leftOut = checked.findings.filter(({ severity, rule }) => severity === 'error' || rule === 'duplicate');
  expect(leftOut).toHaveLength(source?.found.leftOut ?? -1);
  expect(checked.findings.filter(({ rule }) => rule === 'repaired')).toHaveLength(source?.found.repaired ?? -1);
});

test.each<[what: string, file: unknown, isCatalog: boolean]>([
  ['an empty list', [], true],
  ['a list with one server among others', [1, { server: {} }], true],
  ['a list of texts', ['a', 'b'], false],
  ['a list of other things', [{ apiGroups: [''], verbs: ['get'] }], false],
])('%s: whether it is a catalog', (_, file, isCatalog) => {
  expect(check(file).isCatalog).toBe(isCatalog);
});

test('findings beyond those that are kept are counted', () => {
  const checked = check(Array.from({ length: 10_050 }, () => 1));
  expect(checked.findings).toHaveLength(10_000);
  expect(checked).toMatchObject({ read: 10_050, served: 0, omitted: 50 });
});

test('at most 100 schema problems per entry are reported', () => {
  const packages = Array.from({ length: 300 }, () => ({}));
  const { findings } = check({ ...good, packages });
  expect(findings).toHaveLength(100);
});
