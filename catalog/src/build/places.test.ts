import { expect, test } from '@jest/globals';
import type { SourcePlace } from '../entry/place.ts';
import { FILES_KEY } from '../formats/files.ts';
import { json, REAL_CATALOGS, serverJson, testdata } from '../testing.ts';
import { encodeSource, withoutDuplicates } from './encode-source.ts';
import { readSource, type SourceDraft } from './read-source.ts';
import { isKnown } from './rows.ts';

function read(bytes: Uint8Array, places: boolean): SourceDraft {
  return readSource({ name: 's', format: 'auto', filters: [] }, { bytes }, { now: 0, places });
}

/** `file#document pointer`, as much of it as there is. */
function textOf(place: SourcePlace | undefined): string {
  if (place === undefined) return 'nowhere';
  const { file = '', document, pointer, position } = place;
  const where = position === undefined ? pointer : `${position.line}:${position.column}`;
  return `${file}${document === undefined ? '' : `#${document}`} ${where}`.trimStart();
}

const good = serverJson('a/b');
const wrapped = { server: good };
const unnamed = { description: 'd', version: '1' };
const unversioned = { name: 'a/c', description: 'd' };
const image = { image: 'img', description: 'd' };

test.each<[form: string, file: unknown, entries: string[], findings: string[]]>([
  ['a server.json', { ...good, packages: [], version: 'latest' }, [], [' + /version']],
  ['a server.json without a version', { ...unversioned, packages: [] }, [], [' + /version']],
  ['an item', { server: { ...good, repository: {} } }, ['/server'], ['/server + /repository']],
  ['a list of server.json', [good, unnamed, 1], ['/0'], ['/1 + /name', '/2 + ']],
  [
    'a list of items',
    { servers: [wrapped, { server: unversioned }, { server: unnamed, odd: 1 }, { ...wrapped, extra: 1, _meta: 1 }, good] },
    ['/servers/0/server'],
    [
      '/servers/1/server + /version',
      '/servers/2/server + /name',
      '/servers/3/server + /version → /servers/0/server',
      '/servers/4 + /version → /servers/0/server',
      '/servers/3 + /_meta',
      ' + /servers/3/extra',
    ],
  ],
  [
    'an upstream file',
    {
      data: {
        servers: [good, unnamed],
        groups: [{ description: 'no name' }, { name: 'g', servers: [{ ...good, name: 'a/g' }, unversioned], odd: 1 }],
        skills: [{ namespace: 'n', name: 's', version: '1', description: 'd' }, { namespace: 'n' }],
      },
    },
    ['/data/servers/0', '/data/groups/1/servers/0', '/data/skills/0'],
    [
      '/data/servers/1 + /name',
      '/data/skills/1 + /name',
      '/data/groups/0 + /name',
      '/data/groups/1/servers/1 + /version',
      ' + /data/groups/1/odd',
    ],
  ],
  [
    'a ToolHive catalog',
    {
      servers: { one: image, two: {}, 'th/ree~': { image: 'img' } },
      remote_servers: { four: { url: 'https://x.example', description: 'd' } },
      groups: [{}, { name: 'g', servers: { five: image, six: 1 } }],
      odd: 1,
    },
    ['/servers/one', '/remote_servers/four', '/groups/1/servers/five'],
    ['/servers/two + /image', '/servers/th~1ree~0 + /description', '/groups/0 + /name', '/groups/1/servers/six + ', ' + /odd'],
  ],
  [
    'a Docker catalog',
    { registry: { one: image, two: { description: 'd' }, three: { ...image, env: {} } }, odd: 1 },
    ['/registry/one', '/registry/three'],
    ['/registry/two + /image', '/registry/three + /env', ' + /odd'],
  ],
  ['a Docker server', { name: 'one', type: 'server', ...image, tools: 1 }, [''], [' + /tools']],
  [
    'a client configuration',
    { mcpServers: { one: { command: 'npx', args: ['-y', 'pkg'], env: { A: 'b' }, odd: 1 }, two: {} }, odd: 1 },
    ['/mcpServers/one'],
    ['/mcpServers/two + /command', '/mcpServers/one + ', ' + /mcpServers/one/odd', ' + /odd'],
  ],
  [
    'a folder',
    {
      [FILES_KEY]: [
        { path: 'a.json', text: JSON.stringify([good, { ...good, description: '' }]) },
        { path: 'b.yaml', text: `---\n${JSON.stringify([good])}\n---\n---\n${JSON.stringify({ servers: { k: {} } })}` },
        { path: 'c.json', text: '{\n  "servers": [1 2]\n}' },
        { path: 'd.yaml', text: 'a: 1\na: 2' },
        { path: 'e.json', text: '{}' },
        { path: 'f.json', problem: 'cannot be read' },
      ],
    },
    ['a.json /0'],
    [
      'a.json /1 + /description',
      'b.yaml#1 /servers/k + /image',
      'c.json 2:17 + ',
      'd.yaml 2:1 + ',
      'e.json  + ',
      'f.json  + ',
      'b.yaml#0 /0 + /version → a.json /0',
    ],
  ],
])('%s: entries and findings have their places', (_, file, entries, findings) => {
  const draft = read(json(file), true);
  const { rows, findings: found } = withoutDuplicates(draft);
  expect(rows.map((row) => (isKnown(row) ? '' : textOf(row.place))).toSorted()).toEqual(entries.toSorted());
  expect(
    found.kept
      .map(({ place, pointer, firstPlace }) => `${textOf(place)} + ${pointer}${firstPlace === undefined ? '' : ` → ${textOf(firstPlace)}`}`)
      .toSorted(),
  ).toEqual(findings.toSorted());
});

test('the documents of a YAML file are counted without empty ones', () => {
  const draft = read(
    Buffer.from(`# nothing\n---\nname: a/b\nversion: '1'\ndescription: d\nremotes: []\n---\nservers: {k: {image: ''}}\n`),
    true,
  );
  expect(draft.rows.map((row) => ('place' in row ? row.place : undefined))).toEqual([{ document: 0, pointer: '' }]);
  expect(draft.findings.kept.map(({ place }) => place)).toEqual([{ document: 1, pointer: '/servers/k' }]);
});

const folder = json({
  [FILES_KEY]: [
    { path: 'a.json', text: '[1, {}]' },
    { path: 'b.json', text: JSON.stringify([good, good]) },
  ],
});

test.each<[string, Uint8Array]>([...REAL_CATALOGS.map((name): [string, Uint8Array] => [name, testdata(name)]), ['a folder', folder]])(
  '%s: nothing else changes, and no place is stored',
  (_, bytes) => {
    const [plain, withPlaces] = [read(bytes, false), read(bytes, true)];
    expect(plain.rows.some((row) => 'place' in row)).toBe(false);
    expect(plain.findings.kept.some((finding) => 'place' in finding || 'firstPlace' in finding)).toBe(false);
    expect(withPlaces.rows.every((row) => 'place' in row)).toBe(true);
    expect(withPlaces.findings.kept.every((finding) => 'place' in finding)).toBe(true);
    const [block, other] = [plain, withPlaces].map(
      (draft) => encodeSource({ registry: { name: 'r', namespace: 'n' }, draft, rules: '', now: 0 }).block,
    );
    expect(Buffer.compare(Buffer.from(block ?? []), Buffer.from(other ?? []))).toBe(0);
  },
);
