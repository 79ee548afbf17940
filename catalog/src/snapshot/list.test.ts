import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { draft, itemsOf, json, labelOf, listItem, snapshotOf, testdata, walk, walkItems } from '../testing.ts';
import { parseTime } from '../time.ts';
import type { ListQuery } from './list.ts';

const sample = snapshotOf([
  draft(
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
    expect(sample.list({ limit: 4 }).next).toBeUndefined();
    expect(sample.list({ limit: 3 }).next).toEqual({ name: 'b/two', version: '1.9.0' });
  });

  test('a cursor whose entry is gone continues after its place', () => {
    const page = sample.list({ limit: 1, after: { name: 'b/gone', version: '1' } });
    expect(itemsOf(page).map(labelOf)).toEqual(['b/two@1.10.0']);
  });

  test('neighbors are one slice of the snapshot, others are several', () => {
    expect(sample.list({ limit: 4, includeDeleted: true }).items).toHaveLength(1);
    expect(sample.list({ limit: 4, version: 'latest' }).items).toHaveLength(2);
  });
});

test('walking the official dump yields each entry once, for any page size and search', () => {
  const snapshot = snapshotOf([draft('dump', testdata('official-registry-dump-2026-02-06.json'))]);
  const items = walkItems(snapshot, { limit: 100 });
  const all = items.map(labelOf);
  expect(new Set(all).size).toBe(1731);
  expect(all).toEqual([...all].sort((a, b) => Buffer.compare(Buffer.from(a.replace('@', '\0')), Buffer.from(b.replace('@', '\0')))));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.constantFrom('github', 'a', 'ä', 'mcp server', 'zzzzzz', '.', 'SQL'),
      (limit, search) => {
        const expected = items.filter(({ server }) =>
          [server.name, server.title, server.description].some((text) => text?.toLowerCase().includes(search.toLowerCase())),
        );
        expect(walk(snapshot, { limit, search })).toEqual(expected.map(labelOf));
      },
    ),
    { numRuns: 30 },
  );
});

test('pages by cursor cover exactly the matches of the query', () => {
  const version = fc.record({
    name: fc.constantFrom('a/b', 'a/b-c', 'a/bc', 'd/e'),
    version: fc.constantFrom('1.0.0', '1.10.0', '1.9.0', '2.0.0-rc.1', 'x'),
    deleted: fc.boolean(),
    day: fc.integer({ min: 1, max: 9 }),
  });
  const catalog = fc.uniqueArray(version, { selector: ({ name, version }) => `${name}@${version}`, maxLength: 20 });
  const query = fc.record(
    {
      version: fc.constantFrom('latest', '1.0.0', 'none'),
      search: fc.constantFrom('B', 'a/b', 'what d', 'none'),
      since: fc.integer({ min: 0, max: 9 }),
      includeDeleted: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(catalog, query, fc.integer({ min: 1, max: 6 }), (rows, { since, ...asked }, limit) => {
      const time = (day: number): string => `2026-01-0${day}T00:00:00Z`;
      const items = rows.map(({ name, version, deleted, day }) =>
        listItem(name, version, { status: deleted ? 'deleted' : 'active', publishedAt: time(1), updatedAt: time(day) }),
      );
      const snapshot = snapshotOf([draft('a', json(items))]);
      const updatedSince = since === undefined || since === 0 ? undefined : Date.parse(time(since));
      const expected = walkItems(snapshot, { limit: 100, includeDeleted: true }).filter(({ server, _meta }) => {
        const official = _meta['io.modelcontextprotocol.registry/official'];
        const wanted = asked.version;
        return (
          (asked.includeDeleted === true || official['status'] !== 'deleted') &&
          (wanted === undefined || (wanted === 'latest' ? official['isLatest'] === true : server.version === wanted)) &&
          (asked.search === undefined || `${server.name}\t${server.description}`.toLowerCase().includes(asked.search.toLowerCase())) &&
          (updatedSince === undefined || Date.parse(String(official['updatedAt'])) > updatedSince)
        );
      });
      expect(walk(snapshot, { limit: 100, includeDeleted: true })).toHaveLength(rows.length);
      expect(walk(snapshot, { ...asked, updatedSince, limit })).toEqual(expected.map(labelOf));
    }),
  );
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
  expect(walk(snapshotOf([draft('a', json(items))]), { limit: 10, updatedSince: parseTime(since) })).toEqual(found);
});
