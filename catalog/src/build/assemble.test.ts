import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { totalOf } from '../entry/findings.ts';
import { OFFICIAL_META } from '../entry/entry.ts';
import type { JsonObject } from '../json.ts';
import { draft, itemsOf, json, labelOf, listItem, serverJson, snapshotOf, walk, walkItems, type Item } from '../testing.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

function latest(snapshot: Snapshot, name: string): Item {
  const item = snapshot.version(name, 'latest', { includeDeleted: true });
  return JSON.parse(item?.toString() ?? 'null') as Item;
}

function official(snapshot: Snapshot, name: string): Record<string, unknown> {
  return latest(snapshot, name)._meta[OFFICIAL_META];
}

describe('the official _meta', () => {
  test('is complete for a format without it, and times stay until the entry changes', () => {
    const first = snapshotOf([draft('a', json([serverJson('a/b'), serverJson('c/d')]))], undefined, Date.UTC(2026, 0, 1));
    const changed = json([serverJson('a/b'), serverJson('c/d', { description: 'new' }), serverJson('e/f')]);
    const second = snapshotOf([draft('a', changed)], first, Date.UTC(2026, 0, 2));
    const t1 = '2026-01-01T00:00:00.000Z';
    const t2 = '2026-01-02T00:00:00.000Z';
    expect(official(first, 'a/b')).toEqual({ status: 'active', statusChangedAt: t1, publishedAt: t1, updatedAt: t1, isLatest: true });
    expect(official(second, 'a/b')).toMatchObject({ publishedAt: t1, updatedAt: t1 });
    expect(official(second, 'c/d')).toMatchObject({ publishedAt: t1, updatedAt: t2 });
    expect(official(second, 'e/f')).toMatchObject({ publishedAt: t2, updatedAt: t2 });
  });

  test('keeps first-seen and last-changed times across any sequence of changes', () => {
    const names = ['a/a', 'a/b', 'b/a'];
    const catalogs = fc.array(fc.dictionary(fc.constantFrom(...names), fc.constantFrom('x', 'y')), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(catalogs, (builds) => {
        let previous: Snapshot | undefined;
        let known = new Map<string, { text: string; publishedAt: number; updatedAt: number }>();
        for (const [now, catalog] of builds.entries()) {
          const servers = Object.entries(catalog).map(([name, text]) => serverJson(name, { description: text }));
          const snapshot = snapshotOf([draft('a', json(servers))], previous, now);
          // Only the build before counts: what was gone is new when it comes back.
          known = new Map(
            Object.entries(catalog).map(([name, text]) => {
              const before = known.get(name);
              const updatedAt = before?.text === text ? before.updatedAt : now;
              return [name, { text, publishedAt: before?.publishedAt ?? now, updatedAt }];
            }),
          );
          for (const name of names) {
            const facts = known.get(name);
            const expected = facts === undefined ? undefined : { publishedAt: facts.publishedAt, updatedAt: facts.updatedAt };
            const found = snapshot.rowFacts(name, '1.0.0');
            expect(found === undefined ? undefined : { publishedAt: found.publishedAt, updatedAt: found.updatedAt }).toEqual(expected);
          }
          previous = snapshot;
        }
      }),
    );
  });

  test('the order of keys is no change', () => {
    const server = { ...serverJson('a/b'), packages: [{ identifier: 'i', registryType: 'oci' }] };
    const [name = '', ...others] = Object.keys(server);
    const turned = Object.fromEntries([...others, name].map((key) => [key, server[key as keyof typeof server]]));
    const first = snapshotOf([draft('a', json([server]))], undefined, 1);
    const second = snapshotOf([draft('a', json([{ ...turned, packages: [{ registryType: 'oci', identifier: 'i' }] }]))], first, 2);
    expect(second.rowFacts('a/b', '1.0.0')).toEqual(first.rowFacts('a/b', '1.0.0'));
  });

  test('equal content at another time gives the same hash', () => {
    const bytes = json([serverJson('a/b')]);
    const first = snapshotOf([draft('a', bytes)], undefined, 1);
    expect(snapshotOf([draft('a', bytes)], first, 2).header.hash).toBe(first.header.hash);
  });

  test.each<[string, unknown, string]>([
    ["ToolHive's Deprecated", { servers: { 'a/b': { image: 'i', description: 'd', status: 'Deprecated' } } }, 'deprecated'],
    ["ToolHive's Active", { servers: { 'a/b': { image: 'i', description: 'd', status: 'Active' } } }, 'active'],
    ['a deleted server.json of September 2025', [serverJson('a/b', { status: 'deleted' })], 'deleted'],
    ['a deprecated one', [serverJson('a/b', { status: 'deprecated' })], 'deprecated'],
    ['a word that server.json never had', [serverJson('a/b', { status: 'retired' })], 'active'],
    [
      '_meta against server.json',
      [{ server: serverJson('a/b', { status: 'deleted' }), _meta: { [OFFICIAL_META]: { status: 'active' } } }],
      'active',
    ],
    ['_meta in capitals', [listItem('a/b', '1.0.0', { status: 'Deleted' })], 'deleted'],
    ['a word of _meta that is not known', [listItem('a/b', '1.0.0', { status: 'archived' })], 'archived'],
  ])('%s gives the official status, and a tombstone is hidden', (_, file, status) => {
    const snapshot = snapshotOf([draft('a', json(file))]);
    expect(official(snapshot, 'a/b')).toMatchObject({ status });
    expect(walk(snapshot, { limit: 10 })).toHaveLength(status === 'deleted' ? 0 : 1);
    expect(snapshot.header.serverCount).toBe(status === 'deleted' ? 0 : 1);
  });

  test('values of the source stay, including unknown keys', () => {
    const item = {
      server: serverJson('a/b'),
      _meta: {
        [OFFICIAL_META]: { status: 'deprecated', statusMessage: 'old', publishedAt: '2025-10-09T17:05:17.793149Z' },
        'x-ms-icon': 'i',
      },
    };
    const [served] = itemsOf(snapshotOf([draft('a', json([item]))]).list({ limit: 1 }));
    expect(served?._meta).toMatchObject({
      'x-ms-icon': 'i',
      [OFFICIAL_META]: { status: 'deprecated', statusMessage: 'old', publishedAt: '2025-10-09T17:05:17.793149Z' },
    });
  });
});

describe('several sources', () => {
  test('the first that has a name serves it with all versions', () => {
    const first = draft('first', json([listItem('a/b', '1.0.0')]));
    const second = draft('second', json([listItem('a/b', '2.0.0'), listItem('c/d', '1.0.0')]));
    const snapshot = snapshotOf([first, second]);
    expect(walk(snapshot, { limit: 10 })).toEqual(['a/b@1.0.0', 'c/d@1.0.0']);
    expect(snapshot.findings({ limit: 10 }).findings).toEqual([
      expect.objectContaining({ source: 'second', entry: 'a/b', version: '2.0.0', rule: 'shadowed', served: false }),
    ]);
    expect(snapshot.header.sources.map(({ name, serverCount }) => ({ name, serverCount }))).toEqual([
      { name: 'first', serverCount: 1 },
      { name: 'second', serverCount: 1 },
    ]);
  });

  test('precedence holds for any sources, and drafts stay unchanged', () => {
    const version = fc.tuple(fc.constantFrom('a/a', 'a/b', 'b/a', 'c/c'), fc.constantFrom('1.0.0', '2.0.0'));
    fc.assert(
      fc.property(fc.array(fc.array(version, { maxLength: 6 }), { minLength: 1, maxLength: 4 }), (sources) => {
        const drafts = sources.map((versions, index) =>
          draft(`s${index}`, json(versions.map(([name, version]): JsonObject => serverJson(name, { version, title: `s${index}` })))),
        );
        const snapshot = snapshotOf(drafts);
        const served = walkItems(snapshot, { limit: 100 });
        const owner = (wanted: string): number => sources.findIndex((versions) => versions.some(([name]) => name === wanted));
        const expected = sources.flatMap((versions, index) =>
          versions.filter(([name]) => owner(name) === index).map(([name, version]) => `${name}@${version} s${index}`),
        );
        expect(served.map((item) => `${labelOf(item)} ${item.server.title ?? ''}`)).toEqual([...new Set(expected)].sort());
        const dropped = snapshot.header.sources.reduce((sum, { found }) => sum + totalOf(found), 0);
        expect(dropped).toBe(sources.flat().length - served.length);
        expect(drafts.every((read) => read.findings.kept.length === 0)).toBe(true);
      }),
    );
  });
});
