import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { OFFICIAL_META } from '../entry/entry.ts';
import { draft, itemsOf, json, listItem, rowsGone, serverJson, snapshotOf, walk } from '../testing.ts';
import { openSnapshot, type Snapshot } from '../snapshot/snapshot.ts';
import { withTombstones } from './tombstones.ts';

const DAY = 24 * 3_600_000;
const START = Date.UTC(2026, 0, 1);

/** What is served after a build: versions as `name@version`. */
function next(previous: Snapshot | undefined, versions: readonly string[], now: number): Snapshot {
  const items = versions.map((label) => {
    const [name = '', version = ''] = label.split('@');
    return listItem(name, version);
  });
  const merged = snapshotOf([draft('a', json(items))], previous, now);
  return previous === undefined ? merged : openSnapshot(withTombstones(merged, rowsGone(previous, merged), now), { verify: true });
}

function official(snapshot: Snapshot, name: string, version: string): unknown {
  const item = snapshot.version(name, version, { includeDeleted: true })?.toString();
  return item === undefined ? undefined : itemsOf({ items: [Buffer.from(item)], count: 1 })[0]?._meta[OFFICIAL_META];
}

describe('what no source has any more', () => {
  test('is reported as deleted, and shown only on request', () => {
    const first = next(undefined, ['a/b@1.0.0', 'c/d@1.0.0'], START);
    const second = next(first, ['a/b@1.0.0'], START + DAY);
    expect(walk(second, { limit: 10 })).toEqual(['a/b@1.0.0']);
    expect(walk(second, { limit: 10, includeDeleted: true })).toEqual(['a/b@1.0.0', 'c/d@1.0.0']);
    expect(walk(second, { limit: 10, includeDeleted: true, updatedSince: START })).toEqual(['c/d@1.0.0']);
    const time = new Date(START + DAY).toISOString();
    const published = new Date(START).toISOString();
    expect(official(second, 'c/d', '1.0.0')).toEqual({
      status: 'deleted',
      statusChangedAt: time,
      publishedAt: published,
      updatedAt: time,
      isLatest: true,
    });
    expect(second.header.serverCount).toBe(1);
    expect(second.serversOf('a')).toEqual(['a/b']);
  });

  test('stays as it is for 90 days, and then goes', () => {
    const deleted = next(next(undefined, ['a/b@1.0.0', 'c/d@1.0.0'], START), ['a/b@1.0.0'], START + DAY);
    const later = next(deleted, ['a/b@1.0.0'], START + 90 * DAY);
    expect(later.header.hash).toBe(deleted.header.hash);
    expect(walk(next(later, ['a/b@1.0.0'], START + 91 * DAY), { limit: 10, includeDeleted: true })).toEqual(['a/b@1.0.0']);
  });

  test('is new when it comes back, and keeps its publication time', () => {
    const deleted = next(next(undefined, ['a/b@1.0.0'], START), [], START + DAY);
    const back = next(deleted, ['a/b@1.0.0'], START + 2 * DAY);
    expect(back.rowFacts('a/b', '1.0.0')).toMatchObject({ publishedAt: START, updatedAt: START + 2 * DAY });
    expect(walk(back, { limit: 10, updatedSince: START + DAY })).toEqual(['a/b@1.0.0']);
  });

  test('is reported again when it comes back, although its source says that it was changed long ago', () => {
    const said = { updatedAt: new Date(START - 100 * DAY).toISOString() };
    const build = (previous: Snapshot | undefined, has: boolean, now: number): Snapshot => {
      const items = has ? [listItem('a/b', '1.0.0', said), serverJson('c/d')] : [serverJson('c/d')];
      const merged = snapshotOf([draft('a', json(items))], previous, now);
      return previous === undefined ? merged : openSnapshot(withTombstones(merged, rowsGone(previous, merged), now), { verify: true });
    };
    const first = build(undefined, true, START);
    expect(official(first, 'a/b', '1.0.0')).toMatchObject(said);
    const back = build(build(first, false, START + DAY), true, START + 2 * DAY);
    expect(walk(back, { limit: 10, updatedSince: START + DAY })).toEqual(['a/b@1.0.0']);
    expect(official(back, 'a/b', '1.0.0')).toMatchObject({ status: 'active', updatedAt: new Date(START + 2 * DAY).toISOString() });
    expect(build(back, true, START + 3 * DAY).header.hash).toBe(back.header.hash);
  });

  test('is the latest version only if no other is left', () => {
    const one = next(undefined, ['a/b@1.0.0', 'a/b@2.0.0'], START);
    const older = next(one, ['a/b@1.0.0'], START + DAY);
    expect([official(older, 'a/b', '1.0.0'), official(older, 'a/b', '2.0.0')]).toMatchObject([{ isLatest: true }, { isLatest: false }]);
    const none = next(older, [], START + 2 * DAY);
    // As in the official registry: the highest of those that are deleted.
    expect([official(none, 'a/b', '1.0.0'), official(none, 'a/b', '2.0.0')]).toMatchObject([{ isLatest: false }, { isLatest: true }]);
    const newer = next(none, ['a/b@3.0.0'], START + 3 * DAY);
    expect(official(newer, 'a/b', '1.0.0')).toMatchObject({ status: 'deleted', isLatest: false });
    expect(official(newer, 'a/b', '3.0.0')).toMatchObject({ status: 'active', isLatest: true });
  });

  test('is the latest of all deleted ones if it is the highest, even before one that its source reports', () => {
    const old = listItem('a/b', '1.0.0', { status: 'deleted' });
    const first = snapshotOf([draft('a', json([old, listItem('a/b', '2.0.0')]))], undefined, START);
    const merged = snapshotOf([draft('a', json([old]))], first, START + DAY);
    const second = openSnapshot(withTombstones(merged, rowsGone(first, merged), START + DAY), { verify: true });
    expect([official(second, 'a/b', '1.0.0'), official(second, 'a/b', '2.0.0')]).toMatchObject([{ isLatest: false }, { isLatest: true }]);
    const latest = second.version('a/b', 'latest', { includeDeleted: true })?.toString() ?? '{}';
    expect((JSON.parse(latest) as { server: { version: string } }).server.version).toBe('2.0.0');
    expect(second.sourceAt(0)).toBe(0);
  });

  test('whose source reports the deletion uses that time', () => {
    const gone = { status: 'deleted', updatedAt: new Date(START - 100 * DAY).toISOString() };
    const first = snapshotOf([draft('a', json([listItem('a/b', '1.0.0', gone), serverJson('c/d')]))], undefined, START);
    expect(walk(next(first, ['c/d@1.0.0'], START + DAY), { limit: 10, includeDeleted: true })).toEqual(['c/d@1.0.0']);
  });
});

test('a client that follows updated_since has what is served, whatever happens', () => {
  const labels = ['a/b@1.0.0', 'a/b@2.0.0', 'c/d@1.0.0', 'e/f@1.0.0'];
  fc.assert(
    fc.property(fc.array(fc.subarray(labels), { minLength: 1, maxLength: 8 }), (builds) => {
      let served: Snapshot | undefined;
      const known = new Set<string>();
      for (const [index, build] of builds.entries()) {
        const now = START + index * DAY;
        const before = served;
        served = next(before, build, now);
        for (const item of itemsOf(
          served.list({ limit: 100, includeDeleted: true, ...(before === undefined ? {} : { updatedSince: now - 1 }) }),
        )) {
          const label = `${item.server.name}@${item.server.version}`;
          if (item._meta[OFFICIAL_META]['status'] === 'deleted') known.delete(label);
          else known.add(label);
        }
        expect([...known].sort()).toEqual([...build].sort());
        expect(walk(served, { limit: 100 })).toEqual([...build].sort());
        if (before === undefined) continue;
        const { gone: _gone, ...changes } = before.comparedTo(served);
        const was = walk(before, { limit: 100 });
        expect(changes).toEqual({
          added: build.filter((label) => !was.includes(label)).length,
          changed: 0,
          removed: was.filter((label) => !build.includes(label)).length,
        });
      }
    }),
  );
});
