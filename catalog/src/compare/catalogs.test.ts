import { describe, expect, test } from '@jest/globals';
import { CatalogError, OFFICIAL_META, ORIGIN_META } from '../entry/entry.ts';
import { writeCatalog, type FileFormat } from '../files/write.ts';
import type { JsonObject } from '../json.ts';
import { itemsOf } from '../views/items.ts';
import { draft, json, REAL_CATALOGS, serverJson, snapshotFrom, testdata } from '../testing.ts';
import { CatalogEntries } from './catalog-entries.ts';
import { compareCatalogs, compareEntries, itemDifferences, type CatalogComparison } from './catalogs.ts';
import type { CatalogItem } from './facts.ts';

/** The items of a catalog file, as they are served. */
function read(bytes: Uint8Array): CatalogItem[] {
  return [...itemsOf(snapshotFrom(draft('s', bytes)))];
}

/** A server of the official API. */
function server(name: string, version = '1.0.0', fields: JsonObject = {}, official: JsonObject = {}): CatalogItem {
  return { server: serverJson(name, { version, ...fields }), _meta: { [OFFICIAL_META]: official } };
}

function skill(name: string, fields: JsonObject = {}): CatalogItem {
  return { kind: 'skill', server: { namespace: 'a', name, version: '1.0.0', description: 'd', ...fields } };
}

/** What is other, as `+a/b@1`, `-a/b@1`, `a/b@1..2`, and the number of entries that are the same. */
function changesOf({ added, removed, changed, unchanged }: CatalogComparison): [string[], number] {
  const entries = [
    ...added.map(({ kind, name, version }) => `+${kind} ${name}@${version}`),
    ...removed.map(({ kind, name, version }) => `-${kind} ${name}@${version}`),
    ...changed.map(({ kind, name, versionBefore, versionAfter }) => `${kind} ${name}@${versionBefore}..${versionAfter}`),
  ];
  return [entries, unchanged];
}

describe('two catalogs', () => {
  test.each<[string, CatalogItem[], CatalogItem[], [string[], number]]>([
    ['that are empty', [], [], [[], 0]],
    ['with the same entries in another order', [server('a/b'), server('a/c')], [server('a/c'), server('a/b')], [[], 2]],
    ['with keys in another order', [server('a/b', '1', { x: 1, y: 2 })], [server('a/b', '1', { y: 2, x: 1 })], [[], 1]],
    [
      'with entries that come and go',
      [server('a/c'), server('a/b')],
      [server('a/e'), server('a/d')],
      [['+server a/d@1.0.0', '+server a/e@1.0.0', '-server a/b@1.0.0', '-server a/c@1.0.0'], 0],
    ],
    [
      'with one that is other',
      [server('a/b'), server('a/c')],
      [server('a/b', '1.0.0', { title: 'B' }), server('a/c')],
      [['server a/b@1.0.0..1.0.0'], 1],
    ],
    ['with one more version', [server('a/b', '1.0.0')], [server('a/b', '1.0.0'), server('a/b', '2.0.0')], [['+server a/b@2.0.0'], 1]],
    [
      'with other words of their registries',
      [
        server(
          'a/b',
          '1',
          {},
          {
            publishedAt: '2025-01-01T00:00:00Z',
            updatedAt: '2025-01-01T00:00:00Z',
            statusChangedAt: '2025-01-01T00:00:00Z',
            isLatest: true,
          },
        ),
      ],
      [server('a/b', '1', {}, { status: 'active', publishedAt: '2026-01-01T00:00:00Z', isLatest: false })],
      [[], 1],
    ],
    [
      'with another status',
      [server('a/b', '1', {}, { status: 'active' })],
      [server('a/b', '1', {}, { status: 'deprecated' })],
      [['server a/b@1..1'], 0],
    ],
    [
      'with a status that server.json says',
      [server('a/b', '1', { status: 'active' })],
      [server('a/b', '1', { status: 'active' }, { status: 'deprecated' })],
      [['server a/b@1..1'], 0],
    ],
    [
      'from files of two forms',
      [
        {
          server: serverJson('a/b'),
          _meta: { [ORIGIN_META]: { format: 'toolhive', kind: 'server', key: 'b', carried: { of: 'abc', patch: { x: 1 } } } },
        },
      ],
      [{ server: serverJson('a/b'), _meta: { [ORIGIN_META]: { format: 'docker', key: 'c', carried: { of: 'def', patch: { x: 1 } } } } }],
      [[], 1],
    ],
    [
      'with another part that server.json has no place for',
      [{ server: serverJson('a/b'), _meta: { [ORIGIN_META]: { carried: { of: 'abc', patch: { x: 1 } } } } }],
      [{ server: serverJson('a/b'), _meta: { [ORIGIN_META]: { carried: { of: 'abc', patch: { x: 2 } } } } }],
      [['server a/b@1.0.0..1.0.0'], 0],
    ],
    [
      'with a server and a skill of the same name',
      [server('a/b'), skill('b')],
      [skill('b', { title: 'B' }), server('a/b')],
      [['skill a/b@1.0.0..1.0.0'], 1],
    ],
    ['with skills behind servers', [], [skill('a'), server('z/z')], [['+server z/z@1.0.0', '+skill a/a@1.0.0'], 0]],
  ])('%s', (_, before, after, expected) => {
    expect(changesOf(compareCatalogs(before, after))).toEqual(expected);
  });

  test('bookkeeping of registries counts on request', () => {
    const [before, after] = [server('a/b', '1', {}, { isLatest: true }), server('a/b', '1', {}, { isLatest: false })];
    expect(changesOf(compareCatalogs([before], [after], { bookkeeping: true }))).toEqual([['server a/b@1..1'], 0]);
    expect(itemDifferences(before, after, { bookkeeping: true }).listed.map(({ pointer }) => pointer)).toEqual([
      '/_meta/io.modelcontextprotocol.registry~1official/isLatest',
    ]);
  });

  test('the differences of a changed entry, and everything in a new one', () => {
    const { added, changed } = compareCatalogs([server('a/b')], [server('a/b', '1.0.0', { title: 'B' }), server('a/c')]);
    expect(changed[0]?.differences).toEqual({
      listed: [{ kind: 'added', pointer: '/server/title', path: [{ key: 'server' }, { key: 'title' }], after: 'B' }],
      unlisted: 0,
    });
    expect(added[0]?.differences?.listed).toMatchObject([
      { kind: 'added', pointer: '/_meta' },
      { kind: 'added', pointer: '/server', after: { name: 'a/c' } },
    ]);
  });

  test('numbers keep their digits', () => {
    const file = (number: string): Buffer =>
      Buffer.from(
        json([serverJson('a/b', { x: 'N' })])
          .toString()
          .replace('"N"', number),
      );
    const { changed } = compareCatalogs(read(file('9007199254740993')), read(file('9007199254740992')));
    expect(JSON.stringify(changed[0]?.differences?.listed.map(({ before, after }) => [before, after]))).toBe(
      '[[9007199254740993,9007199254740992]]',
    );
  });

  test('for entries beyond the details only the name is kept', () => {
    const many = (title: string): CatalogItem[] => ['a/a', 'a/b', 'a/c'].map((name) => server(name, '1', { title }));
    const { changed } = compareCatalogs(many('A'), many('B'), { details: 2 });
    expect(changed.map(({ name, differences }) => [name, differences?.listed.length])).toEqual([
      ['a/a', 1],
      ['a/b', 1],
      ['a/c', undefined],
    ]);
    expect(compareCatalogs([], many('A'), { details: 1 }).added.map(({ differences }) => differences !== undefined)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('of two items with the same name and version the first one counts', () => {
    const comparison = compareCatalogs([server('a/b')], [server('a/b'), server('a/b', '1.0.0', { title: 'other' })]);
    expect([changesOf(comparison), comparison.repeated]).toEqual([[[], 1], { before: 0, after: 1 }]);
  });

  test.each<[string, CatalogItem, string]>([
    ['name', { server: { version: '1' } }, 'a server has no "name"'],
    ['version', { server: { name: 'a/b' } }, 'the server "a/b" has no "version"'],
    ['name of a skill', { kind: 'skill', server: { namespace: 'a', version: '1' } }, 'a skill has no "name"'],
  ])('an item without a %s is refused', (_, item, message) => {
    expect(() => compareCatalogs([], [item])).toThrow(new CatalogError(`${message}; only entries that can be served are compared`));
  });
});

describe('by server', () => {
  test.each<[string, CatalogItem[], CatalogItem[], [string[], number]]>([
    [
      'the latest versions are compared',
      [server('a/b', '1.9.0'), server('a/b', '1.10.0')],
      [server('a/b', '1.10.0'), server('a/b', '2.0.0')],
      [['server a/b@1.10.0..2.0.0'], 0],
    ],
    ['other versions do not count', [server('a/b', '2.0.0')], [server('a/b', '2.0.0'), server('a/b', '1.0.0')], [[], 1]],
    [
      'the word of the registry counts first',
      [server('a/b', '1.0.0', {}, { isLatest: true }), server('a/b', '2.0.0', {}, { isLatest: false })],
      [server('a/b', '2.0.0')],
      [['server a/b@1.0.0..2.0.0'], 0],
    ],
    [
      'of other versions the one that was published last',
      [server('a/b', 'x', {}, { publishedAt: '2025-01-02T00:00:00Z' }), server('a/b', 'y', {}, { publishedAt: '2025-01-01T00:00:00Z' })],
      [server('a/b', 'x')],
      [[], 1],
    ],
    ['what is deleted is not there', [server('a/b')], [server('a/b', '1.0.0', {}, { status: 'deleted' })], [['-server a/b@1.0.0'], 0]],
    [
      'a version before the deleted one',
      [server('a/b', '1.0.0'), server('a/b', '2.0.0')],
      [server('a/b', '1.0.0'), server('a/b', '2.0.0', {}, { status: 'deleted' })],
      [['server a/b@2.0.0..1.0.0'], 0],
    ],
    ['skills as well', [skill('b')], [skill('b', { version: '1.1.0' }), skill('b')], [['skill a/b@1.0.0..1.1.0'], 0]],
  ])('%s', (_, before, after, expected) => {
    expect(changesOf(compareCatalogs(before, after, { by: 'server' }))).toEqual(expected);
  });
});

test('entries may be added one by one, under the same rules', () => {
  const [before, after] = [new CatalogEntries({ by: 'server' }), new CatalogEntries({ by: 'server' })];
  before.add(server('a/b', '1.0.0'));
  after.add(server('a/b', '2.0.0'));
  after.add(server('a/b', '1.0.0'));
  expect([before.size, after.size]).toEqual([1, 1]);
  expect(changesOf(compareEntries(before, after))).toEqual([['server a/b@1.0.0..2.0.0'], 0]);
  expect(compareEntries(before, after).by).toBe('server');
  expect(() => compareEntries(before, new CatalogEntries())).toThrow(
    new RangeError('both catalogs must be collected by "server" or both by "version"'),
  );
});

describe.each(REAL_CATALOGS)('%s', (catalog) => {
  const bytes = testdata(catalog);
  const items = read(bytes);

  test('equals itself', () => {
    const comparison = compareCatalogs(items, read(bytes));
    expect(changesOf(comparison)).toEqual([[], items.length]);
  });

  test.each<FileFormat>(['upstream', 'toolhive', 'official'])('equals itself in the form %s', (format) => {
    const written = Buffer.concat([...writeCatalog(snapshotFrom(draft('s', bytes)), format)].flatMap((piece) => piece ?? []));
    const { added, changed } = compareCatalogs(items, read(written));
    expect([added, changed]).toEqual([[], []]);
  });
});
