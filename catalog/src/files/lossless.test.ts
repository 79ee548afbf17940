import { describe, expect, test } from '@jest/globals';
import { admit } from '../entry/admit.ts';
import { OFFICIAL_META, type CatalogEntry } from '../entry/entry.ts';
import { rowKey } from '../entry/kind.ts';
import { readCatalog } from '../formats/read.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { draft, json, REAL_CATALOGS, serverJson, snapshotOf, testdata } from '../testing.ts';
import { FILE_FORMATS, writeCatalog, type FileFormat } from './write.ts';

/** Forms that hold every entry. */
const FORMS = FILE_FORMATS.filter((format) => format !== 'docker');

function fileOf(snapshot: Snapshot, format: FileFormat): Buffer {
  return Buffer.concat([...writeCatalog(snapshot, format)].flatMap((piece) => piece ?? []));
}

/** Entries as they are served: what is repaired in one that would break clients is said in a finding. */
function served(bytes: Uint8Array): CatalogEntry[] {
  return readCatalog(bytes, 'auto').entries.flatMap((entry) => admit(entry, { add: () => undefined }) ?? []);
}

/**
 * All there is of an entry. Of what the official API says of it, what `said` does not have is left out: it is worked out wherever a catalog is
 * served; and so is whether it is the latest.
 */
function contentOf({ server, meta }: CatalogEntry, said: CatalogEntry): { readonly server: JsonObject; readonly meta: JsonObject } {
  const { [OFFICIAL_META]: official, ...others } = meta;
  const wanted = said.meta[OFFICIAL_META];
  if (!isObject(official) || !isObject(wanted)) return { server, meta: others };
  const kept = Object.entries(official).filter(([key]) => key !== 'isLatest' && Object.hasOwn(wanted, key));
  return { server, meta: { ...others, [OFFICIAL_META]: Object.fromEntries(kept) } };
}

function keyOf({ kind, name, version }: CatalogEntry): string {
  return `${kind} ${name}@${version}`;
}

/** ToolHive's file of today has one version of each entry. */
function has(format: FileFormat, snapshot: Snapshot, { kind, name, version }: CatalogEntry): boolean {
  if (format !== 'upstream') return true;
  const latest = snapshot.rowsOf({ kind, version: 'latest' }).map((row) => snapshot.keyAt(row));
  return latest.some((one) => one.name === rowKey(kind, name) && one.version === version);
}

describe.each(REAL_CATALOGS)('%s', (catalog) => {
  const bytes = testdata(catalog);
  const snapshot = snapshotOf([draft('s', bytes)]);
  const original = served(bytes);

  test.each(FORMS)('comes back from the form %s with every entry in full', (format) => {
    const { entries, findings } = readCatalog(fileOf(snapshot, format), 'auto');
    expect(findings.kept.filter(({ rule }) => rule !== 'schema' && rule !== 'name')).toEqual([]);
    const wanted = original.filter((entry) => has(format, snapshot, entry));
    const found = new Map(entries.map((entry) => [keyOf(entry), entry]));
    expect([...found.keys()].sort()).toEqual(wanted.map(keyOf).sort());
    for (const entry of wanted)
      expect([keyOf(entry), contentOf(found.get(keyOf(entry)) ?? entry, entry)]).toEqual([keyOf(entry), contentOf(entry, entry)]);
  });
});

/** Every field of a server.json, and of what stands in it, by its path; what users name themselves is `*`. */
function pathsOf(value: Json, path: string, into: Set<string>): void {
  if (Array.isArray(value)) for (const one of value) pathsOf(one, `${path}[]`, into);
  else if (isObject(value) && path.split('.').length < 3) {
    for (const [key, member] of Object.entries(value)) {
      into.add(`${path}.${key}`);
      pathsOf(member, `${path}.${key}`, into);
    }
  }
}

/** What the real catalogs have, all of it. A field that is new in one of them has to be written down here. */
const FIELDS = [
  'server.$schema',
  'server._meta',
  'server._meta.io.modelcontextprotocol.registry/publisher-provided',
  'server.description',
  'server.icons',
  'server.icons[].mimeType',
  'server.icons[].sizes',
  'server.icons[].src',
  'server.icons[].theme',
  'server.name',
  'server.packages',
  'server.packages[].environmentVariables',
  'server.packages[].fileSha256',
  'server.packages[].identifier',
  'server.packages[].packageArguments',
  'server.packages[].registryBaseUrl',
  'server.packages[].registryType',
  'server.packages[].runtimeArguments',
  'server.packages[].runtimeHint',
  'server.packages[].transport',
  'server.packages[].version',
  'server.remotes',
  'server.remotes[].headers',
  'server.remotes[].type',
  'server.remotes[].url',
  'server.remotes[].variables',
  'server.repository',
  'server.repository.id',
  'server.repository.source',
  'server.repository.subfolder',
  'server.repository.url',
  'server.title',
  'server.version',
  'server.websiteUrl',
  'skill.allowedTools',
  'skill.description',
  'skill.icons',
  'skill.icons[].src',
  'skill.icons[].type',
  'skill.license',
  'skill.name',
  'skill.namespace',
  'skill.packages',
  'skill.packages[].identifier',
  'skill.packages[].ref',
  'skill.packages[].registryType',
  'skill.packages[].subfolder',
  'skill.packages[].url',
  'skill.repository',
  'skill.repository.type',
  'skill.repository.url',
  'skill.status',
  'skill.title',
  'skill.version',
];

test('the fields that are compared', () => {
  const paths = new Set<string>();
  for (const catalog of REAL_CATALOGS) for (const { kind, server } of served(testdata(catalog))) pathsOf(server, kind, paths);
  expect([...paths].sort()).toEqual(FIELDS);
});

describe('what real catalogs do not contain comes back as well', () => {
  const oci = {
    registryType: 'oci',
    identifier: 'example.com/a:1',
    transport: { type: 'stdio' },
    environmentVariables: [{ name: 'A', hint: 1 }],
  };
  const npm = { registryType: 'npm', identifier: '@example/a', version: '1.0.0', transport: { type: 'stdio' } };
  const remote = {
    type: 'sse',
    url: 'https://example.com/mcp',
    headers: [{ name: 'A', isSecret: true, variables: { x: { default: 'y' } } }],
  };
  const item = (fields: JsonObject, meta: JsonObject = {}): Json => ({ server: serverJson('com.example/a', fields), _meta: meta });
  const skill = (version: string): JsonObject => ({ namespace: 'com.example', name: 'a', description: 'A', version });
  const group = (name: string): JsonObject => ({ name, description: name, servers: [serverJson('a/b', { packages: [oci] })] });
  test.each<[string, Json]>([
    ['several packages and remotes', [item({ packages: [npm, oci, oci], remotes: [remote, { ...remote, type: 'streamable-http' }] })]],
    ['nothing to run', [item({})]],
    ['null and other values at odd places', [item({ title: null, packages: null, remotes: 7, x: [null, { y: null }], websiteUrl: '' })]],
    ['an empty _meta', [item({ _meta: {} })]],
    [
      'keys like a prototype',
      [
        JSON.parse(
          '{"server":{"name":"a/b","version":"1","description":"d","__proto__":{"constructor":1}},"_meta":{"__proto__":{}}}',
        ) as Json,
      ],
    ],
    [
      'arguments and variables',
      [
        item({
          packages: [
            {
              ...oci,
              packageArguments: [{ type: 'named', name: '--x', value: '{y}', variables: { y: {} } }],
              runtimeArguments: [{ type: 'named', name: '-e', value: 'K={v}', variables: { v: { isSecret: true } } }],
            },
          ],
        }),
      ],
    ],
    ['several versions', [item({ version: '1.0.0' }), item({ version: '2.0.0', packages: [oci] }), item({ version: 'x' })]],
    ['several versions of a skill', { data: { servers: [], skills: [skill('1.0.0'), skill('2.0.0')] } }],
    [
      'what others say of it',
      [
        item(
          {},
          { 'com.example/rating': { stars: 5 }, [OFFICIAL_META]: { status: 'deprecated', publishedAt: '2025-01-01T00:00:00Z', odd: [1] } },
        ),
      ],
    ],
    ['a short and a long description', [item({ description: 'd' }), { server: serverJson('a/long', { description: 'd'.repeat(2000) }) }]],
    [
      'its own custom metadata',
      {
        servers: {
          abc: { image: 'a', description: 'b', custom_metadata: {} },
          def: { image: 'a', description: 'b', custom_metadata: { a: 1 } },
        },
      },
    ],
    [
      'groups',
      {
        data: {
          servers: [serverJson('a/b', { packages: [oci] }), serverJson('c/d')],
          groups: [group('x'), { name: 'y', servers: [serverJson('e/f')] }],
        },
      },
    ],
    [
      'groups by key',
      {
        servers: { abc: { image: 'a', description: 'b' } },
        groups: [{ name: 'x', description: 'x', servers: { def: { image: 'a', description: 'b' } } }],
      },
    ],
  ])('%s', (_, file) => {
    const bytes = json(file);
    const snapshot = snapshotOf([draft('s', bytes)]);
    const groups = readCatalog(bytes, 'auto').info.groups;
    for (const format of FORMS) {
      const written = fileOf(snapshot, format);
      const found = new Map(readCatalog(written, 'auto').entries.map((entry) => [keyOf(entry), entry]));
      const wanted = served(bytes).filter((entry) => has(format, snapshot, entry));
      expect([format, [...found.keys()].sort()]).toEqual([format, [...new Set(wanted.map(keyOf))].sort()]);
      for (const entry of wanted)
        expect([format, contentOf(found.get(keyOf(entry)) ?? entry, entry)]).toEqual([format, contentOf(entry, entry)]);
      if (format !== 'official') expect(readCatalog(written, 'auto').info.groups).toEqual(groups);
      // What is written of what was read of what was written is the same, so that a mirror of a mirror is no other.
      const again = fileOf(snapshotOf([draft('s', written)]), format);
      if (format !== 'official') expect(JSON.parse(again.toString())).toEqual(JSON.parse(written.toString()));
    }
  });
});
