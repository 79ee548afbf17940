import { describe, expect, test } from '@jest/globals';
import { json, serverJson } from '../testing.ts';
import { FILES_KEY, type CatalogFile } from './files.ts';
import type { DeclaredFormat } from './detect.ts';
import { readCatalog } from './read.ts';

function read(files: readonly (CatalogFile | number)[], declared: DeclaredFormat = 'auto'): ReturnType<typeof readCatalog> {
  return readCatalog(json({ [FILES_KEY]: files }), declared);
}

function file(path: string, content: unknown): CatalogFile {
  return { path, text: typeof content === 'string' ? content : JSON.stringify(content) };
}

const SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';

test('the files of a folder are one catalog, in their order and each in its own format', () => {
  const { info, entries, findings } = read([
    file('a/server.json', serverJson('a/one', { $schema: SCHEMA })),
    file('b.json', [serverJson('b/two')]),
    file('c.yaml', 'servers:\n  three: {image: "example.com/three:1", description: Does three}\n'),
    file('d.yml', 'name: d/four\nversion: "1.0"\nremotes: []\n---\nname: d/five\nversion: 2025-01-01\nremotes: []\n'),
    file('e.json', { server: serverJson('e/six') }),
    file('f.json', { groups: [{ name: 'g', servers: { seven: { image: 'i', description: 'd' } } }] }),
  ]);
  expect(entries.map(({ name, version }) => `${name}@${version}`)).toEqual([
    'a/one@1.0.0',
    'b/two@1.0.0',
    'io.github.stacklok/three@1.0.0',
    'd/four@1.0',
    'd/five@2025-01-01',
    'e/six@1.0.0',
    'io.github.stacklok/seven@1.0.0',
  ]);
  expect(info).toEqual({ format: 'files', groups: [{ name: 'g', servers: ['io.github.stacklok/seven'] }] });
  expect(findings.kept).toEqual([]);
});

/** Nine levels of nine: 387 million values. */
const bomb = Array.from(
  { length: 9 },
  (_, level) => `l${level}: &l${level} [${Array.from({ length: 9 }, () => (level === 0 ? '0' : `*l${level - 1}`)).join()}]`,
).join('\n');

describe('an unreadable file affects only itself, and is named', () => {
  test.each<[string, CatalogFile | number, string]>([
    ['broken JSON', file('x.json', '{"servers": '), 'not valid JSON'],
    [
      'no catalog',
      file('x.json', { name: 'tool', version: '1.0.0', scripts: {} }),
      'unknown format (top-level keys: name, version, scripts)',
    ],
    ['an empty JSON file', file('x.json', ''), 'is empty'],
    ['broken YAML', file('x.yaml', 'a: [b'), 'not valid YAML'],
    ['an empty YAML file', file('x.yml', '# later\n'), 'the file is empty'],
    ['YAML with a bomb of aliases', file('x.yaml', bomb), 'more than 1000000 values'],
    ['YAML with more aliases than are allowed', file('x.yaml', `a: &a 1\nb: [${'*a, '.repeat(101)}]`), 'not valid YAML'],
    ['YAML that contains itself', file('x.yaml', 'servers: &a [*a]'), 'nested more than 200 levels'],
    ['one that the source could not give', { path: 'x.json', problem: 'is a symbolic link' }, 'is a symbolic link; the file was left out'],
    ['files within files', file('x.json', { [FILES_KEY]: [] }), 'unknown format'],
    ['something else', 7, '"text" must be a text'],
  ])('%s', (_, broken, message) => {
    const { entries, findings } = read([broken, file('z.json', [serverJson('a/b')])]);
    expect(entries.map(({ name }) => name)).toEqual(['a/b']);
    expect(findings.kept).toEqual([
      {
        entry: broken === 7 ? 'file 1' : (broken as CatalogFile).path,
        pointer: '',
        rule: 'unreadable',
        message: expect.stringContaining(message),
        served: false,
      },
    ]);
  });

  test('one of another format than declared', () => {
    const { entries, findings } = read([file('a.json', { servers: {} }), file('b.json', [serverJson('a/b')])], 'upstream');
    expect(entries).toHaveLength(1);
    expect(findings.firstLeftOut).toMatchObject({ entry: 'a.json', message: expect.stringContaining('declared as format "upstream"') });
  });

  test('one whose second document is broken, completely', () => {
    const text = 'name: a/b\nversion: "1"\nremotes: []\n---\nnothing: known\n';
    expect(read([file('x.yaml', text)])).toMatchObject({ entries: [], findings: { counts: { leftOut: 1 } } });
  });
});

test('a bad entry is named with its file', () => {
  const { findings } = read([file('team/all.json', [serverJson('a/b'), 7])]);
  expect(findings.firstLeftOut).toMatchObject({ entry: 'team/all.json: /1', rule: 'not-an-object' });
});

test('the limit of entries applies to all files together', () => {
  const many = JSON.stringify(Array.from({ length: 150_000 }, () => ({ name: 'a/b', version: '1' })));
  expect(() => read([file('a.json', many), file('b.json', many)])).toThrow('has 300000 entries; the limit is 200000');
});

test('bad entries beyond those that are kept are counted', () => {
  const bad = file(
    'a.json',
    Array.from({ length: 1500 }, () => 0),
  );
  expect(read([bad, { ...bad, path: 'b.json' }]).findings).toMatchObject({
    counts: { leftOut: 3000, shadowed: 0, repaired: 0 },
    firstLeftOut: { entry: 'a.json: /0' },
  });
});

test.each([
  ['keys like those of prototypes are data', '__proto__: 1\nname: a/b\nversion: "1"\nremotes: []\n', 'a/b'],
  ['numbers that JSON cannot say are null', 'name: a/b\nversion: "1"\nremotes: []\nx: .nan\n', 'a/b'],
])('%s', (_, text, name) => {
  const [entry] = read([file('a.yaml', text)]).entries;
  expect(entry?.name).toBe(name);
  expect(JSON.stringify(entry?.server)).toContain(text.startsWith('__proto__') ? '"__proto__":1' : '"x":null');
});

test.each([
  ['a server.json with its schema', { ...serverJson('a/b'), $schema: SCHEMA }],
  ['a server.json with packages', { ...serverJson('a/b'), packages: [] }],
  ['an item of the official API', { server: serverJson('a/b'), _meta: {} }],
])('%s is a catalog of one server', (_, content) => {
  expect(readCatalog(json(content), 'auto').entries.map(({ name }) => name)).toEqual(['a/b']);
});
