import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { buildSnapshot } from '../build/build.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { json, serverJson, snapshotOf, source, testdata } from '../testing.ts';
import { parseTime } from '../time.ts';
import { openSnapshot, SnapshotError, type Snapshot } from './open.ts';
import { findLatest, findVersion, itemBytes, itemsBytes, listPage, versionsOf, type ListQuery } from './query.ts';

interface Item {
  server: { name: string; version: string };
  _meta: { 'io.modelcontextprotocol.registry/official': Record<string, unknown> };
}

const OFFICIAL = 'io.modelcontextprotocol.registry/official';

function walk(snapshot: Snapshot, query: Omit<ListQuery, 'after'>): string[] {
  const seen: string[] = [];
  let after: ListQuery['after'];
  do {
    const page = listPage(snapshot, { ...query, after });
    const items = JSON.parse(`[${Buffer.concat(itemsBytes(snapshot, page.positions)).toString()}]`) as Item[];
    expect(items.length).toBeLessThanOrEqual(query.limit);
    seen.push(...items.map((item) => `${item.server.name}@${item.server.version}`));
    after = page.next === undefined ? undefined : decodeCursor(encodeCursor(page.next));
  } while (after !== undefined);
  return seen;
}

function listItem(name: string, version: string, official: Record<string, unknown> = {}): unknown {
  return { server: serverJson(name, { version }), _meta: { [OFFICIAL]: official } };
}

const sample = snapshotOf([
  source(
    'a',
    json([
      listItem('b/two', '1.10.0', { publishedAt: '2026-01-03T00:00:00Z', updatedAt: '2026-01-03T00:00:00Z' }),
      listItem('b/two', '1.9.0', { publishedAt: '2026-01-02T00:00:00Z', updatedAt: '2026-01-05T00:00:00Z' }),
      listItem('a/one', '1.0.0', { publishedAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' }),
      listItem('c/three', '2.0.0', { status: 'deleted', publishedAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-06T00:00:00Z' }),
      listItem('c/three', '1.0.0', { publishedAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' }),
    ]),
  ),
]);

describe('list', () => {
  test.each<[string, Omit<ListQuery, 'limit'>, string[]]>([
    ['everything that is not deleted', {}, ['a/one@1.0.0', 'b/two@1.10.0', 'b/two@1.9.0', 'c/three@1.0.0']],
    ['latest', { version: 'latest' }, ['a/one@1.0.0', 'b/two@1.10.0', 'c/three@1.0.0']],
    ['a version', { version: '1.0.0' }, ['a/one@1.0.0', 'c/three@1.0.0']],
    ['with tombstones', { includeDeleted: true }, ['a/one@1.0.0', 'b/two@1.10.0', 'b/two@1.9.0', 'c/three@1.0.0', 'c/three@2.0.0']],
    ['search by name', { search: 'TWO' }, ['b/two@1.10.0', 'b/two@1.9.0']],
    ['search by description', { search: 'what c/' }, ['c/three@1.0.0']],
    ['search without a hit', { search: 'nowhere' }, []],
    ['search for what separates texts', { search: '\n' }, []],
    ['search from one text into the next', { search: 'two\twhat' }, []],
    ['search from one entry into the next', { search: 'b/two does\nc/three' }, []],
    ['search and latest', { search: 'two', version: 'latest' }, ['b/two@1.10.0']],
    ['changed since', { updatedSince: Date.parse('2026-01-03T00:00:00Z'), includeDeleted: true }, ['b/two@1.9.0', 'c/three@2.0.0']],
    ['an empty search', { search: '' }, ['a/one@1.0.0', 'b/two@1.10.0', 'b/two@1.9.0', 'c/three@1.0.0']],
  ])('%s, in pages of any size', (_, query, expected) => {
    for (const limit of [1, 2, 3, 100]) expect(walk(sample, { ...query, limit })).toEqual(expected);
  });

  test('a full last page has no cursor', () => {
    expect(listPage(sample, { limit: 4 }).next).toBeUndefined();
    expect(listPage(sample, { limit: 3 }).next).toEqual({ name: 'b/two', version: '1.9.0' });
  });

  test('a cursor whose entry is gone goes on behind its place', () => {
    expect(listPage(sample, { limit: 1, after: { name: 'b/gone', version: '1' } }).positions).toEqual([1]);
  });

  test('walking the official dump yields each entry once, for any page size and search', () => {
    const snapshot = snapshotOf([source('dump', testdata('official-registry-dump-2026-02-06.json'))]);
    const all = walk(snapshot, { limit: 100 });
    expect(new Set(all).size).toBe(1731);
    expect(all).toEqual([...all].sort((a, b) => Buffer.compare(Buffer.from(a.replace('@', '\0')), Buffer.from(b.replace('@', '\0')))));
    const texts = all.map(
      (_, position) => (JSON.parse(itemBytes(snapshot, position).toString()) as { server: Record<string, string> }).server,
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.constantFrom('github', 'a', 'ä', 'mcp server', 'zzzzzz', '.', 'SQL'),
        (limit, search) => {
          const expected = texts.filter((server) =>
            [server['name'], server['title'], server['description']].some((text) => text?.toLowerCase().includes(search.toLowerCase())),
          );
          expect(walk(snapshot, { limit, search })).toEqual(expected.map((server) => `${server['name']}@${server['version']}`));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('one server', () => {
  test('versions come with the last published first', () => {
    const versions = versionsOf(sample, 'b/two', { includeDeleted: false }).map((position) => sample.version(position).toString());
    expect(versions).toEqual(['1.10.0', '1.9.0']);
    expect(versionsOf(sample, 'c/three', { includeDeleted: true })).toHaveLength(2);
    expect(versionsOf(sample, 'b/tw', { includeDeleted: true })).toEqual([]);
  });

  test('a version, the latest, and what is not there', () => {
    expect(sample.version(findLatest(sample, 'b/two')).toString()).toBe('1.10.0');
    expect(sample.version(findVersion(sample, 'b/two', '1.9.0')).toString()).toBe('1.9.0');
    expect(findVersion(sample, 'b/two', '9')).toBe(-1);
    expect(findLatest(sample, 'nobody/here')).toBe(-1);
  });

  test.each<[string[], string]>([
    [['1.9.0', '1.10.0'], '1.10.0'],
    [['2.0.0-rc.1', '1.0.0'], '2.0.0-rc.1'],
    [['v3.0.0', '2.0.0'], 'v3.0.0'],
    [['mcp', '0.0.1'], '0.0.1'],
    [['2.1', '2.0'], '2.0'],
  ])('of %j the latest is %s', (versions, latest) => {
    const items = versions.map((version, index) => listItem('a/b', version, { publishedAt: `2026-01-0${index + 1}T00:00:00Z` }));
    const snapshot = snapshotOf([source('a', json(items))]);
    expect(snapshot.version(findLatest(snapshot, 'a/b')).toString()).toBe(latest);
  });
});

test.each<[since: string, found: string[]]>([
  ['2025-10-09T17:05:17.793Z', ['a/one@1.0.0', 'a/two@1.0.0', 'a/zone@1.0.0']],
  ['2025-10-09T17:05:17.793149Z', ['a/two@1.0.0']],
  ['2025-10-09T17:05:17.793150Z', []],
  ['2025-10-09T19:05:17.793149+02:00', ['a/two@1.0.0']],
])('an update in the millisecond of %s is not lost', (since, found) => {
  const items = [
    listItem('a/one', '1.0.0', { updatedAt: '2025-10-09T17:05:17.793149Z' }),
    listItem('a/two', '1.0.0', { updatedAt: '2025-10-09T17:05:17.79315Z' }),
    listItem('a/zone', '1.0.0', { updatedAt: '2025-10-09T17:05:17.793149+00:00' }),
  ];
  expect(walk(snapshotOf([source('a', json(items))]), { limit: 10, updatedSince: parseTime(since) })).toEqual(found);
});

describe('the official _meta', () => {
  const official = (snapshot: Snapshot, name: string): Record<string, unknown> =>
    (JSON.parse(itemBytes(snapshot, findLatest(snapshot, name)).toString()) as Item)._meta[OFFICIAL];

  test('is complete for a format without it, and times stay until the entry changes', () => {
    const first = snapshotOf([source('a', json([serverJson('a/b'), serverJson('c/d')]))], undefined, Date.UTC(2026, 0, 1));
    const changed = json([serverJson('a/b'), serverJson('c/d', { description: 'new' }), serverJson('e/f')]);
    const second = snapshotOf([source('a', changed)], first, Date.UTC(2026, 0, 2));
    const t1 = '2026-01-01T00:00:00.000Z';
    const t2 = '2026-01-02T00:00:00.000Z';
    expect(official(first, 'a/b')).toEqual({ status: 'active', statusChangedAt: t1, publishedAt: t1, updatedAt: t1, isLatest: true });
    expect(official(second, 'a/b')).toMatchObject({ publishedAt: t1, updatedAt: t1 });
    expect(official(second, 'c/d')).toMatchObject({ publishedAt: t1, updatedAt: t2 });
    expect(official(second, 'e/f')).toMatchObject({ publishedAt: t2, updatedAt: t2 });
  });

  test('equal content at another time gives the same hash', () => {
    const bytes = json([serverJson('a/b')]);
    const first = snapshotOf([source('a', bytes)], undefined, 1);
    expect(snapshotOf([source('a', bytes)], first, 2).header.hash).toBe(first.header.hash);
  });

  test.each<[string, unknown, string]>([
    ["ToolHive's Deprecated", { servers: { 'a/b': { image: 'i', description: 'd', status: 'Deprecated' } } }, 'deprecated'],
    ["ToolHive's Active", { servers: { 'a/b': { image: 'i', description: 'd', status: 'Active' } } }, 'active'],
    ['a deleted server.json of September 2025', [serverJson('a/b', { status: 'deleted' })], 'deleted'],
    ['a deprecated one', [serverJson('a/b', { status: 'deprecated' })], 'deprecated'],
    ['a word that server.json never had', [serverJson('a/b', { status: 'retired' })], 'active'],
    [
      '_meta against server.json',
      [{ server: serverJson('a/b', { status: 'deleted' }), _meta: { [OFFICIAL]: { status: 'active' } } }],
      'active',
    ],
    ['_meta in capitals', [listItem('a/b', '1.0.0', { status: 'Deleted' })], 'deleted'],
    ['a word of _meta that is not known', [listItem('a/b', '1.0.0', { status: 'archived' })], 'archived'],
  ])('%s gives the official status, and a tombstone is hidden', (_, file, status) => {
    const snapshot = snapshotOf([source('a', json(file))]);
    expect(official(snapshot, 'a/b')).toMatchObject({ status });
    expect(walk(snapshot, { limit: 10 })).toHaveLength(status === 'deleted' ? 0 : 1);
    expect(snapshot.header.serverCount).toBe(status === 'deleted' ? 0 : 1);
  });

  test('what the source says stays, foreign keys too', () => {
    const item = {
      server: serverJson('a/b'),
      _meta: { [OFFICIAL]: { status: 'deprecated', statusMessage: 'old', publishedAt: '2025-10-09T17:05:17.793149Z' }, 'x-ms-icon': 'i' },
    };
    const snapshot = snapshotOf([source('a', json([item]))]);
    const served = JSON.parse(itemBytes(snapshot, 0).toString()) as Item;
    expect(served._meta).toMatchObject({
      'x-ms-icon': 'i',
      [OFFICIAL]: { status: 'deprecated', statusMessage: 'old', publishedAt: '2025-10-09T17:05:17.793149Z' },
    });
  });
});

describe('several sources', () => {
  test('the first that has a name serves it with all versions', () => {
    const result = buildSnapshot({
      registry: { name: 'r', namespace: 'n' },
      sources: [
        source('first', json([listItem('a/b', '1.0.0')])),
        source('second', json([listItem('a/b', '2.0.0'), listItem('c/d', '1.0.0')])),
      ],
      now: 0,
    });
    const snapshot = openSnapshot(result.block ?? new Uint8Array(), { verify: true });
    expect(walk(snapshot, { limit: 10 })).toEqual(['a/b@1.0.0', 'c/d@1.0.0']);
    expect(result.reports[1]?.findings).toEqual([expect.objectContaining({ entry: 'a/b', rule: 'shadowed', served: false })]);
    expect(snapshot.header.sources.map(({ name, serverCount }) => ({ name, serverCount }))).toEqual([
      { name: 'first', serverCount: 1 },
      { name: 'second', serverCount: 1 },
    ]);
  });

  test('a broken one falls back on what it had and harms no other', () => {
    const result = buildSnapshot({
      registry: { name: 'r', namespace: 'n' },
      sources: [
        source('broken', Buffer.from('{'), json([serverJson('a/b')])),
        source('gone', Buffer.from('?')),
        source('good', json([serverJson('c/d')])),
      ],
      now: 0,
    });
    expect(walk(openSnapshot(result.block ?? new Uint8Array(), { verify: true }), { limit: 10 })).toEqual(['a/b@1.0.0', 'c/d@1.0.0']);
    expect(result.reports.map(({ name, used, error }) => [name, used, error !== undefined])).toEqual([
      ['broken', 1, true],
      ['gone', undefined, true],
      ['good', 0, false],
    ]);
  });

  test('none usable: no snapshot', () => {
    const result = buildSnapshot({ registry: { name: 'r', namespace: 'n' }, sources: [source('a', Buffer.from('?'))], now: 0 });
    expect(result.block).toBeUndefined();
    expect(result.reports[0]?.error).toContain('not valid JSON');
  });

  test.each<[string, unknown, boolean]>([
    ['a missing description', [{ name: 'a/b', version: '1' }, serverJson('c/d')], false],
    ['a name with a space', [serverJson('a b'), serverJson('c/d')], false],
    ['a version called latest', [serverJson('a/b', { version: 'latest' }), serverJson('c/d')], false],
    ['an empty repository', [serverJson('a/b', { repository: {} }), serverJson('c/d')], true],
  ])('strict and lenient: %s', (_, file, repaired) => {
    const build = (validation: 'lenient' | 'strict') =>
      buildSnapshot({ registry: { name: 'r', namespace: 'n' }, sources: [{ ...source('a', json(file)), validation }], now: 0 });
    expect(build('lenient').reports[0]?.findings).toHaveLength(1);
    expect(openSnapshot(build('lenient').block ?? new Uint8Array(), { verify: true }).header.serverCount).toBe(repaired ? 2 : 1);
    expect(build('strict').block === undefined).toBe(!repaired);
  });

  test.each<[string, number, number]>([
    ['repaired ones before it', 2000, 2001],
    ['nothing before it', 0, 1],
  ])('strict finds the one bad entry: %s', (_, before, count) => {
    const items = Array.from({ length: before }, (_item, index) => serverJson(`a/b${index}`, { repository: {} }));
    const bytes = json([...items, { name: 'bad/one', version: '1' }, serverJson('good/one')]);
    const build = (validation: 'lenient' | 'strict') =>
      buildSnapshot({ registry: { name: 'r', namespace: 'n' }, sources: [{ ...source('a', bytes), validation }], now: 0 });
    const [lenient] = build('lenient').reports;
    expect([lenient?.findings.length, lenient?.findingCount]).toEqual([Math.min(count, 1000), count]);
    expect(build('strict').reports[0]?.error).toContain('bad/one/description is refused');
  });

  test('an entry nested too deeply is left out and touches nothing else', () => {
    const deep = `{"name":"a/deep","version":"1","description":"d","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const result = buildSnapshot({
      registry: { name: 'r', namespace: 'n' },
      sources: [source('a', Buffer.from(`[${deep},${JSON.stringify(serverJson('a/b'))}]`)), source('b', json([serverJson('c/d')]))],
      now: 0,
    });
    expect(walk(openSnapshot(result.block ?? new Uint8Array(), { verify: true }), { limit: 10 })).toEqual(['a/b@1.0.0', 'c/d@1.0.0']);
    expect(result.reports[0]).toMatchObject({ findingCount: 1, findings: [{ entry: 'a/deep', rule: 'invalid', served: false }] });
  });

  test('filters of the registry and of the source must both pass', () => {
    const bytes = json([serverJson('a/b'), serverJson('a/c'), serverJson('d/e')]);
    const result = buildSnapshot({
      registry: { name: 'r', namespace: 'n' },
      filter: { names: { include: ['a/*'] } },
      sources: [{ ...source('s', bytes), filter: { names: { exclude: ['*/c'] } } }],
      now: 0,
    });
    expect(walk(openSnapshot(result.block ?? new Uint8Array(), { verify: true }), { limit: 10 })).toEqual(['a/b@1.0.0']);
    expect(result.reports[0]?.filtered).toBe(2);
  });
});

describe('damaged blocks', () => {
  const whole = sample.block;
  test.each<[string, (block: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>]>([
    ['empty', () => new Uint8Array()],
    ['something else', () => new Uint8Array(Buffer.from('hello, world, this is no snapshot'))],
    ['cut off in the header', (block) => block.slice(0, 40)],
    ['cut off in the body', (block) => block.slice(0, block.length - 100)],
    ['one bit flipped', (block) => block.map((byte, index) => (index === block.length - 20 ? byte ^ 1 : byte))],
    ['header of another length', (block) => block.map((byte, index) => (index === 9 ? 255 : byte))],
  ])('%s is refused', (_, damage) => {
    expect(() => openSnapshot(damage(whole), { verify: true })).toThrow(SnapshotError);
  });
});

describe('cursors', () => {
  test('come back as they went, in URL-safe characters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{1,200}$/), fc.stringMatching(/^[!-~]{1,255}$/), (name, version) => {
        const cursor = encodeCursor({ name, version });
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(decodeCursor(cursor)).toEqual({ name, version });
      }),
    );
  });

  test.each([
    [''],
    ['a:b'],
    ['%%'],
    [Buffer.from('no line').toString('base64url')],
    [Buffer.from('a\nb\nc').toString('base64url')],
    ['x'.repeat(2000)],
  ])('refuses %j', (cursor) => {
    expect(decodeCursor(cursor)).toBeUndefined();
  });
});
