import { describe, expect, test } from '@jest/globals';
import { toToolhive } from './toolhive/write.ts';
import type { DeclaredFormat } from './detect.ts';
import { readCatalog, streamCatalog } from './read.ts';
import { FindingList } from '../entry/findings.ts';
import type { CatalogEntry } from '../entry/entry.ts';
import { json, serverJson, testdata } from '../testing.ts';
import type { JsonObject } from '../json.ts';

describe('real catalogs', () => {
  test.each([
    ['toolhive-legacy-2025-10-22.json', 'toolhive', 88, 0],
    ['toolhive-catalog-2026-08-24.json', 'upstream-file', 326, 0],
    ['trs-example-upstream-registry.json', 'upstream-file', 12, 0],
    ['official-registry-dump-2026-02-06.json', 'upstream-list', 1731, 0],
    ['mcp-registry-seed-2025-09-29.json', 'upstream-array', 358, 0],
    ['mcp-registry-seed-2025-08-06.json', 'upstream-array', 396, 0],
  ])('%s is recognized as %s', (file, format, entries, skipped) => {
    const parsed = readCatalog(testdata(file), 'auto');
    expect(parsed.info.format).toBe(format);
    expect(parsed.entries).toHaveLength(entries);
    expect(parsed.findings.counts.leftOut).toBe(skipped);
  });

  test('every server of the ToolHive catalog comes back word for word', () => {
    const original = JSON.parse(testdata('toolhive-legacy-2025-10-22.json').toString()) as Record<'servers' | 'remote_servers', JsonObject>;
    const back = { servers: {} as JsonObject, remote_servers: {} as JsonObject };
    for (const entry of readCatalog(testdata('toolhive-legacy-2025-10-22.json'), 'auto').entries) {
      const server = toToolhive(entry);
      if (server?.kind === 'server') back.servers[server.key] = server.value;
      if (server?.kind === 'remote_server') back.remote_servers[server.key] = server.value;
    }
    expect(back.servers).toEqual(original.servers);
    expect(back.remote_servers).toEqual(original.remote_servers);
  });

  test('upstream entries keep every field, known or not, and their _meta', () => {
    const original = JSON.parse(testdata('official-registry-dump-2026-02-06.json').toString()) as {
      server: JsonObject;
      _meta: JsonObject;
    }[];
    const parsed = readCatalog(testdata('official-registry-dump-2026-02-06.json'), 'upstream');
    expect(parsed.entries.map((entry) => ({ server: entry.server, _meta: entry.meta }))).toEqual(original);
  });
});

describe('a list is read alike as a whole and item by item', () => {
  const item = { server: serverJson('com.example/a'), _meta: { 'com.example/b': { c: [1, '"]', {}] } } };
  test.each<[string, Uint8Array]>([
    ['the official registry', testdata('official-registry-dump-2026-02-06.json')],
    ['an earlier one', testdata('mcp-registry-seed-2025-09-29.json')],
    ['an upstream file', testdata('trs-example-upstream-registry.json')],
    ['an upstream file with skills', testdata('toolhive-catalog-2026-08-24.json')],
    [
      'an upstream file with groups',
      json({ data: { groups: [{ name: 'g', servers: [serverJson('a/b')] }], servers: [serverJson('a/c')] } }),
    ],
    ['items of the API, some of them none', json({ servers: [item, 0, {}, { server: { name: 'x' } }, item], metadata: { count: 5 } })],
    ['an empty list', json({ servers: [] })],
    ['with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), json([item])])],
  ])('%s', (_case, bytes) => {
    const read = (wholeBytes: number) => {
      const entries: CatalogEntry[] = [];
      const findings = new FindingList();
      const info = streamCatalog(bytes, 'auto', { entry: (entry) => entries.push(entry), findings }, wholeBytes);
      return { info, entries, findings };
    };
    const whole = read(Infinity);
    expect(read(0)).toEqual(whole);
  });
});

describe('beside the servers of an upstream file', () => {
  const skill = { namespace: 'com.example', name: 'pdf', description: 'Reads PDF', version: '1.0.0', anything: { else: [1] } };

  test('skills and plugins keep every field', () => {
    const { entries, findings } = readCatalog(
      json({ data: { servers: [], skills: [skill], plugins: [{ ...skill, name: 'lint' }] } }),
      'auto',
    );
    expect(entries).toEqual([
      { kind: 'skill', name: 'com.example/pdf', version: '1.0.0', server: skill, meta: {} },
      { kind: 'plugin', name: 'com.example/lint', version: '1.0.0', server: { ...skill, name: 'lint' }, meta: {} },
    ]);
    expect(findings.kept).toEqual([]);
  });

  test.each<[string, unknown, object]>([
    ['no object', 7, { entry: '/data/skills/0', rule: 'not-an-object', message: 'a skill must be an object; it was left out' }],
    ['no namespace', { ...skill, namespace: 1 }, { entry: '/data/skills/0', pointer: '/namespace', rule: 'missing' }],
    ['no name', { ...skill, name: '' }, { entry: '/data/skills/0', pointer: '/name', rule: 'missing' }],
    ['no version', { ...skill, version: null }, { entry: 'skill com.example/pdf', pointer: '/version', rule: 'missing' }],
    ['a slash in the name', { ...skill, name: 'a/b' }, { entry: 'skill com.example/a/b', pointer: '/name', rule: 'invalid' }],
  ])('a skill with %s is left out with a finding', (_, item, finding) => {
    const { entries, findings } = readCatalog(json({ data: { servers: [], skills: [item] } }), 'auto');
    expect(entries).toEqual([]);
    expect(findings.kept).toMatchObject([finding]);
  });

  test('servers of groups are read, and the groups name them', () => {
    const groups = [{ name: 'data', description: 'Databases', servers: [serverJson('a/b'), serverJson('a/c')] }, { name: 'empty' }, {}];
    const { entries, info, findings } = readCatalog(json({ data: { servers: [serverJson('a/b')], groups } }), 'auto');
    expect(entries.map(({ name, inGroup }) => [name, inGroup])).toEqual([
      ['a/b', undefined],
      ['a/b', true],
      ['a/c', true],
    ]);
    expect(info.groups).toEqual([
      { name: 'data', description: 'Databases', servers: ['a/b', 'a/c'] },
      { name: 'empty', servers: [] },
    ]);
    expect(findings.kept).toMatchObject([{ entry: '/data/groups/2', pointer: '/name', rule: 'missing' }]);
  });
});

const full: JsonObject = {
  name: 'Weather',
  title: 'Weather',
  description: 'Tells the weather',
  image: 'example.com/weather:1',
  transport: 'sse',
  target_port: 9000,
  status: 'Deprecated',
  tier: 'Community',
  tools: ['now'],
  tags: ['weather'],
  args: ['--verbose'],
  env_vars: [{ name: 'KEY', description: 'A key', required: true, secret: true, default: 'x', hint: 'unknown field' }],
  permissions: { network: { outbound: { allow_host: ['example.com'] } } },
  provenance: { sigstore_url: 'x' },
  docker_tags: ['1'],
  proxy_port: 8080,
  metadata: { stars: 1, pulls: 2 },
  custom_metadata: { a: 1 },
  future_field: { deep: [1, 2] },
};

describe('the ToolHive format', () => {
  test.each<[string, 'servers' | 'remote_servers', JsonObject]>([
    ['an image with every field and unknown ones', 'servers', full],
    ['the least there can be', 'servers', { image: 'a', description: 'b' }],
    ['no transport, an empty list of variables', 'servers', { image: 'a', description: 'b', env_vars: [], target_port: 80 }],
    ['stdio with a port, which server.json cannot say', 'servers', { image: 'a', description: 'b', transport: 'stdio', target_port: 80 }],
    ['a key like a prototype', 'servers', { image: '__proto__', description: 'b' }],
    [
      'a remote server',
      'remote_servers',
      {
        url: 'https://a/mcp',
        description: 'b',
        transport: 'sse',
        headers: [{ name: 'A', required: true, choices: ['x'] }],
        oauth_config: { issuer: 'i' },
        env_vars: [{ name: 'E' }],
      },
    ],
  ])('loses nothing: %s', (_, section, value) => {
    const file = { servers: {}, remote_servers: {}, [section]: { thing: value } };
    const [entry] = readCatalog(json(file), 'toolhive').entries;
    expect(entry).toBeDefined();
    expect(entry === undefined ? undefined : toToolhive(entry)).toEqual({
      kind: section === 'servers' ? 'server' : 'remote_server',
      key: 'thing',
      value,
    });
  });

  test('becomes a server.json as ToolHive converts it', () => {
    const [entry] = readCatalog(json({ servers: { weather: full } }), 'auto').entries;
    expect(entry?.server).toMatchObject({
      name: 'io.github.stacklok/weather',
      version: '1.0.0',
      packages: [{ registryType: 'oci', identifier: 'example.com/weather:1', transport: { type: 'sse', url: 'http://localhost:9000' } }],
      _meta: {
        'io.modelcontextprotocol.registry/publisher-provided': {
          'io.github.stacklok': { 'example.com/weather:1': { status: 'Deprecated', tier: 'Community', tags: ['weather'] } },
        },
      },
    });
  });

  test.each([
    ['weather', undefined, 'io.github.stacklok/weather'],
    ['com.example/weather', undefined, 'com.example/weather'],
    ['weather', 'org.weather/service', 'org.weather/service'],
    ['weather', 'Weather', 'io.github.stacklok/weather'],
  ])('key %s with name %s is called %s', (key, name, expected) => {
    const value = { image: 'a', description: 'b', ...(name === undefined ? {} : { name }) };
    expect(readCatalog(json({ servers: { [key]: value } }), 'auto').entries[0]?.name).toBe(expected);
  });

  test('groups contribute their servers and are kept', () => {
    const file = {
      servers: {},
      groups: [{ name: 'dev', description: 'For developers', servers: { a: { image: 'a', description: 'b' } } }],
    };
    const parsed = readCatalog(json(file), 'auto');
    expect(parsed.info.groups).toEqual([{ name: 'dev', description: 'For developers', servers: ['io.github.stacklok/a'] }]);
    expect(parsed.entries.map((entry) => entry.name)).toEqual(['io.github.stacklok/a']);
  });
});

/** So many servers that are none. */
function keyed(count: number): JsonObject {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 0]));
}

/** Stands for so many arrays in each other, which JSON.stringify could not write. */
function nested(levels: number): string {
  return `nested ${levels}`;
}

function write(file: unknown): string {
  return JSON.stringify(file).replaceAll(/"nested (\d+)"/g, (_, levels) => '['.repeat(Number(levels)) + ']'.repeat(Number(levels)));
}

describe('what cannot be used', () => {
  test.each<[string, Uint8Array, DeclaredFormat, string]>([
    ['nothing', Buffer.from(''), 'auto', 'is empty'],
    ['no JSON', Buffer.from('{"servers": '), 'auto', 'not valid JSON'],
    ['no YAML', Buffer.from('servers:\n  a: [\n'), 'auto', 'not valid YAML'],
    ['a page', Buffer.from('<html>\nservers: {}\n</html>'), 'auto', 'not valid JSON'],
    ['a text', Buffer.from('Not found'), 'auto', 'not valid JSON'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'auto', 'not valid UTF-8'],
    ['a number', json(7), 'auto', 'neither an object nor a list'],
    ['an unknown object', json({ packages: [] }), 'auto', 'unknown format (top-level keys: packages)'],
    ['a client configuration declared as ToolHive', json({ mcpServers: {} }), 'toolhive', 'holds the client configuration format'],
    ['a catalog of Docker declared as upstream', json({ registry: {} }), 'upstream', 'holds the docker format'],
    ['ToolHive declared as upstream', json({ servers: {} }), 'upstream', 'declared as format "upstream" but holds the toolhive format'],
    ['upstream declared as ToolHive', json([serverJson('a/b')]), 'toolhive', 'declared as format "toolhive"'],
    ['too many entries, good or not', Buffer.from(`[0${',0'.repeat(200_000)}]`), 'auto', 'has 200001 entries; the limit is 200000'],
    ['too many in a file', json({ data: { servers: Array.from({ length: 200_001 }, () => 0) } }), 'auto', 'has 200001 entries'],
    ['too many by key', json({ servers: keyed(100_000), groups: [{ name: 'g', servers: keyed(100_000) }] }), 'auto', 'has 200001 entries'],
  ])('%s', (_, bytes, format, message) => {
    expect(() => readCatalog(bytes, format)).toThrow(message);
  });

  test.each<[string, unknown, string]>([
    ['a server that is a text', { servers: { a: 'x' } }, 'must be an object'],
    ['a server without image', { servers: { a: { description: 'b' } } }, '"image" must be a text'],
    ['a remote server without url', { remote_servers: { a: { description: 'b' } } }, '"url" must be a text'],
    ['servers that are a text', { servers: 'x' }, '"/servers" must be an object'],
    ['remote servers that are a list', { servers: {}, remote_servers: [1] }, '"/remote_servers" must be an object'],
    ['groups that are no list', { servers: {}, groups: { a: 1 } }, '"/groups" must be a list of groups'],
    ['servers of a group that are a list', { groups: [{ name: 'g', servers: [1] }] }, '"/groups/0/servers" must be an object'],
    ['groups of an upstream file that are no list', { data: { servers: [], groups: {} } }, '"/data/groups" must be a list of groups'],
    [
      'servers of its group that are no list',
      { data: { servers: [], groups: [{ name: 'g', servers: {} }] } },
      '"/data/groups/0/servers" must be',
    ],
    ['skills that are no list', { data: { servers: [], skills: {} } }, '"/data/skills" must be a list of skills'],
    ['plugins that are a text', { servers: [], plugins: 'x' }, '"/plugins" must be a list of plugins'],
    ['a draft server without image', { servers: { a: { docker: {} } } }, '"image" must be a text'],
    ['a group without name', { groups: [{ servers: {} }] }, 'a group needs a name'],
    ['an upstream server without name', [{ server: { description: 'x' } }], '"name" must be a text'],
    ['an upstream server without version', [{ name: 'a/b', description: 'x' }], '"version" must be a text'],
    ['a number in the list', [7], 'must be an object'],
    ['a deeply nested upstream server', [{ name: 'a/b', version: '1', description: 'x', x: nested(200) }], 'more than 200 levels'],
    ['a deeply nested _meta', [{ server: serverJson('a/b'), _meta: { x: nested(50_000) } }], 'more than 200 levels'],
    ['a deeply nested server by key', { servers: { a: { image: 'a', description: 'b', x: nested(50_000) } } }, 'more than 200 levels'],
    [
      'a deeply nested server of a group',
      { groups: [{ name: 'g', servers: { a: { image: 'a', description: 'b', tags: nested(50_000) } } }] },
      'more than 200 levels',
    ],
  ])('%s is left out with a finding', (_, file, message) => {
    const parsed = readCatalog(Buffer.from(write(file)), 'auto');
    expect(parsed.entries).toHaveLength(0);
    expect(parsed.findings.kept).toEqual([expect.objectContaining({ served: false, message: expect.stringContaining(message) })]);
  });

  test.each<[string, unknown, [string, string]]>([
    ['a field of an item', { servers: [{ server: serverJson('a/b'), x: 1 }] }, ['/servers/0/x', 'not-read']],
    ['a _meta that is a text', { servers: [{ server: serverJson('a/b'), _meta: 'x' }] }, ['/_meta', 'repaired']],
    [
      'what the official API says, as a list',
      { servers: [{ server: serverJson('a/b'), _meta: { 'io.modelcontextprotocol.registry/official': [] } }] },
      ['/_meta/io.modelcontextprotocol.registry~1official', 'repaired'],
    ],
  ])('%s is reported, and the server is served', (_, file, expected) => {
    const { entries, findings } = readCatalog(json(file), 'auto');
    expect([entries.length, findings.kept.map(({ pointer, rule }) => [pointer, rule])]).toEqual([1, [expected]]);
  });

  test('an empty list means no servers by key', () => {
    const { entries, findings } = readCatalog(json({ servers: { a: { image: 'a', description: 'b' } }, remote_servers: [] }), 'auto');
    expect([entries.length, findings.kept]).toEqual([1, []]);
  });

  test('a long key does not make the finding of an unread part long', () => {
    const [finding] = readCatalog(json({ servers: {}, ['k'.repeat(10_000)]: 0 }), 'auto').findings.kept;
    expect(JSON.stringify(finding).length).toBeLessThan(1_000);
  });

  test('199 levels in a field are still served', () => {
    const bytes = Buffer.from(write([serverJson('a/b', { x: nested(199) })]));
    expect(readCatalog(bytes, 'auto').entries).toHaveLength(1);
  });

  test('the first of many bad entries are reported and all are counted', () => {
    const { findings } = readCatalog(json(Array.from({ length: 50_000 }, () => 0)), 'auto');
    expect([findings.kept.length, findings.counts]).toEqual([10_000, { leftOut: 50_000, shadowed: 0, repaired: 0, noted: 0 }]);
    expect(findings.firstLeftOut).toMatchObject({ entry: '/0', rule: 'not-an-object' });
  });

  test('a long key does not make a long finding', () => {
    const [finding] = readCatalog(json({ servers: { ['k'.repeat(10_000)]: 0 } }), 'auto').findings.kept;
    expect(finding?.entry).toBe(`${'k'.repeat(200)}…`);
  });

  test.each([[{ servers: {} }], [{ data: { servers: [] } }], [{ servers: [] }], [[]], [{ remote_servers: {} }]])(
    'an empty catalog is one: %j',
    (file) => {
      expect(readCatalog(json(file), 'auto').entries).toHaveLength(0);
    },
  );
});
