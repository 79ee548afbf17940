import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { at, CatalogError, FILE_FORMATS, itemsOf, loadSchemaChecks, type FileFormat } from '@toolhive-registry/catalog';
import { compareCatalogs, type CatalogItem } from '@toolhive-registry/catalog/compare';
import { joinedFiles, openCatalog } from '../catalog-file/open-catalog.ts';
import { convert, isComplete, isFileFormat, type Conversion, type ConvertOptions } from './convert.ts';
import { reportLines } from './report-lines.ts';

const NOW = Date.UTC(2026, 0, 1);
/** Real catalogs, in all forms that are read. */
const CATALOGS = [
  'toolhive-legacy-2025-10-22.json',
  'toolhive-catalog-2026-08-24.json',
  'trs-example-upstream-registry.json',
  'official-registry-dump-2026-02-06.json',
  'mcp-registry-seed-2025-09-29.json',
  'mcp-registry-seed-2025-08-06.json',
  'docker/custom.yaml',
  'docker/legacy.yaml',
  'docker/remote.yaml',
];
/** Forms that hold every entry. */
const WHOLE = FILE_FORMATS.filter((format) => format !== 'docker');

function testdata(name: string): Uint8Array {
  return readFileSync(new URL(`../../../catalog/testdata/${name}`, import.meta.url));
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function to(format: FileFormat, bytes: Uint8Array, options: Partial<ConvertOptions> = {}): Conversion {
  return convert(bytes, { name: 'test', to: format, now: NOW, ...options });
}

function itemsIn(bytes: Uint8Array): CatalogItem[] {
  return [...itemsOf(openCatalog(bytes, { name: 'test', now: NOW }).snapshot)];
}

function server(name: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name,
    version: '1.0.0',
    description: 'What it does',
    packages: [{ registryType: 'oci', identifier: 'a/b:1', transport: { type: 'stdio' } }],
    ...fields,
  };
}

/** A package or remote that nothing can be run from, or reached at. */
const NO_IMAGE = { registryType: 'oci', identifier: '', transport: { type: 'stdio' } };
const NO_URL = { type: 'sse', url: '' };
/** Servers that a form may have no place for, or that another may take the place of. */
const HOSTILE = [
  server('a/no-image', { packages: [NO_IMAGE] }),
  server('a/no-url', { packages: [], remotes: [NO_URL] }),
  server('a/neither', { packages: [NO_IMAGE], remotes: [NO_URL] }),
  server('a/no-identifier', { packages: [{ registryType: 'oci', transport: { type: 'stdio' } }] }),
  server('a/only-url', { packages: [NO_IMAGE], remotes: [{ type: 'sse', url: 'https://a.example' }] }),
  server('a/only-image', { remotes: [NO_URL] }),
  server('a/image-second', { packages: [NO_IMAGE, { registryType: 'oci', identifier: 'a/b:1', transport: { type: 'stdio' } }] }),
  server('a/url-second', { packages: [], remotes: [NO_URL, { type: 'sse', url: 'https://a.example' }] }),
  server('a/nothing', { packages: undefined }),
  server('a/long', {
    packages: [
      {
        registryType: 'oci',
        identifier: 'a/b:1',
        transport: { type: 'stdio' },
        environmentVariables: [{ name: 'A', value: 'x'.repeat(300_000) }],
      },
    ],
  }),
  server('a/versions', { packages: [NO_IMAGE] }),
  server('a/versions', { version: '2.0.0' }),
  ...['a/same', 'b/same', 'c/Same', 'a/__proto__', 'a/constructor', 'a/-', 'b/-', 'a/null', 'a/true', 'a/0', 'a/1e3'].map((name) =>
    server(name),
  ),
];

test.each([...CATALOGS.map((name) => [name, testdata(name)] as const), ['hostile', json(HOSTILE)] as const])(
  'as many servers as are said to be written are read back: %s',
  (_, bytes) => {
    for (const format of FILE_FORMATS) {
      const { bytes: there, report } = to(format, bytes);
      const back = openCatalog(there, { name: 'test', now: NOW });
      expect([format, back.snapshot.countOf('server'), back.findings.counts.leftOut]).toEqual([format, report.written, 0]);
      const lost = report.notes.kept.filter(
        ({ outcome, kind, why }) => outcome === 'left-out' && kind === 'server' && !why.includes('one version'),
      );
      expect([format, report.entries.servers - report.written]).toEqual([format, lost.length]);
    }
  },
);

test('a server without a text for its image or URL comes back from every form that has a place for it', () => {
  for (const format of WHOLE) {
    const { added, removed, changed } = compareCatalogs(itemsIn(json(HOSTILE)), itemsIn(to(format, json(HOSTILE)).bytes));
    expect([format, added, changed, removed.filter(({ name }) => name !== 'a/versions')]).toEqual([format, [], [], []]);
  }
});

describe.each(CATALOGS)('%s', (catalog) => {
  const bytes = testdata(catalog);

  test.each(WHOLE)('goes to the form %s and back, and nothing is lost', (format) => {
    const there = to(format, bytes);
    const { added, removed, changed } = compareCatalogs(itemsIn(bytes), itemsIn(there.bytes));
    expect([added, changed]).toEqual([[], []]);
    const leftOut = there.report.notes.kept.filter(({ outcome, version }) => outcome === 'left-out' && version !== undefined);
    expect(leftOut).toHaveLength(removed.length);
    const back = to('upstream', there.bytes);
    expect(compareCatalogs(itemsIn(there.bytes), itemsIn(back.bytes))).toMatchObject({ added: [], changed: [] });
    expect(back.report.findings.counts).toMatchObject({ leftOut: 0, repaired: 0 });
  });

  test.each(FILE_FORMATS)('gives the same bytes of the form %s each time', (format) => {
    const [first, second] = [to(format, bytes), to(format, bytes)];
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
    expect(first.report).toEqual(second.report);
    expect(first.report.entries.servers).toBeGreaterThan(0);
  });
});

test.each<[string, FileFormat, Uint8Array, boolean]>([
  ['a list of server.json', 'upstream', json([server('a/b')]), true],
  ['versions', 'upstream', json([server('a/b'), server('a/b', { version: '2.0.0' })]), false],
  ['versions', 'official', json([server('a/b'), server('a/b', { version: '2.0.0' })]), true],
  ['an entry without a version', 'official', json([server('a/b'), { name: 'a/c' }]), false],
  ['a repository without a URL', 'official', json([server('a/b', { repository: {} })]), false],
  ['the catalog of today', 'official', testdata('toolhive-catalog-2026-08-24.json'), false],
  ['what Docker has a form for', 'docker', testdata('docker/custom.yaml'), true],
  ['what Docker has no form for', 'docker', json([server('a/b')]), false],
])('whether %s in the form %s is complete', (_, format, bytes, expected) => {
  expect(isComplete(to(format, bytes).report)).toBe(expected);
});

describe('what is read', () => {
  test('a folder becomes one file, and its files that cannot be read are named', () => {
    const bytes = joinedFiles([
      { path: 'a.json', text: JSON.stringify(server('a/b')) },
      { path: 'b.yaml', text: 'name: a/c\nversion: "2"\ndescription: d\nremotes: []\n' },
      { path: 'c.json', text: '{' },
      { path: 'd.json', problem: 'is not valid UTF-8' },
    ]);
    const { bytes: written, report } = to('upstream', bytes);
    expect(itemsIn(written).map((item) => item.server['name'])).toEqual(['a/b', 'a/c']);
    expect(report.findings.kept.map(({ entry, rule }) => `${rule} ${entry}`)).toEqual(['unreadable c.json', 'unreadable d.json']);
  });

  test('gzip', () => {
    const bytes = json([server('a/b')]);
    expect(Buffer.compare(to('official', gzipSync(bytes)).bytes, to('official', bytes).bytes)).toBe(0);
  });

  test.each<[string, Uint8Array, Partial<ConvertOptions>, string]>([
    ['no catalog', json({ a: 1 }), {}, 'unknown format (top-level keys: a)'],
    [
      'another format than is said',
      json([server('a/b')]),
      { from: 'toolhive' },
      'declared as format "toolhive" but holds the upstream format',
    ],
    ['damaged gzip', gzipSync(json([server('a/b')])).subarray(0, 40), {}, 'is damaged gzip'],
    ['gzip of too much', gzipSync(Buffer.alloc(101 * 1024 * 1024)), {}, 'gzip that unpacks to more than 104857600 bytes'],
    ['a result that is too large', json([server('a/b')]), { maxBytes: 100 }, 'more than 100 bytes in the form official'],
  ])('%s is refused', (_, bytes, options, message) => {
    const failing = (): Conversion => to('official', bytes, options);
    expect(failing).toThrow(CatalogError);
    expect(failing).toThrow(message);
  });

  test.each([
    ['upstream', true],
    ['docker', true],
    ['constructor', false],
    ['auto', false],
  ])('%s is a form that is written: %s', (word, expected) => {
    expect(isFileFormat(word)).toBe(expected);
  });
});

test('missing times are those of the conversion', () => {
  const dated = {
    server: server('a/b'),
    _meta: { 'io.modelcontextprotocol.registry/official': { status: 'active', publishedAt: '2025-01-01T00:00:00Z' } },
  };
  const { bytes, report } = to('official', json([dated, { server: server('a/c') }]));
  expect(report.dated).toBe(1);
  const [first, second] = itemsIn(bytes).map(({ _meta = {} }) => at(_meta, 'io.modelcontextprotocol.registry/official', 'publishedAt'));
  expect([first, second]).toEqual(['2025-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z']);
  expect(to('upstream', json([dated, { server: server('a/c') }])).report.dated).toBe(0);
});

test('numbers keep their digits', () => {
  const bytes = Buffer.from(JSON.stringify([server('a/b', { x: 'N' })]).replace('"N"', '[9007199254740993,1.10]'));
  for (const format of WHOLE) expect(Buffer.from(to(format, bytes).bytes).toString()).toContain('[9007199254740993,1.10]');
});

test('the report for people', async () => {
  const file = {
    version: '1.0.0',
    data: {
      servers: [
        server('a/b', { repository: {} }),
        server('a/b', { version: '2.0.0' }),
        server('a/c', { packages: [{ registryType: 'npm', identifier: 'x', version: '1', transport: { type: 'stdio' } }], icons: [] }),
        { name: 'a/d\u001b[31m' },
      ],
      groups: [{ name: 'g', servers: [server('a/b', { version: '2.0.0' })] }],
    },
  };
  const printable = (text: string): string => text.replaceAll('\u001b', '^[');
  const lines = (format: FileFormat, options: Partial<ConvertOptions> = {}, most?: number): string[] =>
    reportLines(to(format, json(file), options).report, { printable, ...(most === undefined ? {} : { most }) });
  expect(lines('docker')).toEqual([
    '2 servers, 3 versions, 1 group of the form upstream-file; 1 server written in the form docker',
    'not read: 1',
    '  a/d^[[31m /version: "version" must be a text; the server was left out',
    'repaired: 1',
    '  a/b@1.0.0 /repository: a repository without "url" was dropped',
    'left out: 4',
    '  a/c@1.0.0: it has neither a remote nor a container image that speaks stdio',
    '  group g: the form has no groups',
    '  "version" of the file: the form says nothing of its file',
    '  a/b@1.0.0: the form has one version of each entry, the latest',
    'cut: 1',
    '  /server/name of a/b@2.0.0: the form has no place for all of it',
    '  /server/version of a/b@2.0.0: the form has no place for all of it',
  ]);
  expect(lines('toolhive').slice(5)).toEqual([
    'carried along where readers of the form do not look: 3',
    '  /server/version of a/b@2.0.0: the form has no place for it',
    '  a/b@1.0.0: the form has one version of each server, and this one is carried along with the latest',
    '  /server/icons of a/c@1.0.0: the form has no place for it',
    '  /server/packages of a/c@1.0.0: the form has no place for it',
  ]);
  expect(lines('official')[1]).toBe('without a time of publication, which is now that of the conversion: 3 versions');
  expect(lines('toolhive', {}, 1).slice(5)).toEqual([
    'carried along where readers of the form do not look: 3',
    '  /server/version of a/b@2.0.0: the form has no place for it',
    '  and 3 more of these lines',
  ]);
  expect(lines('official', { schemas: await loadSchemaChecks() })).toContain('noted: 1');
});
