import { expect, test } from '@jest/globals';
import { rowKey, type EntryKind } from '../entry/kind.ts';
import type { JsonObject } from '../json.ts';
import { openSnapshot, type Snapshot } from '../snapshot/snapshot.ts';
import { draft, json, rowsGone, serverJson, snapshotOf, type TestDraft } from '../testing.ts';
import { restoreSnapshot } from './restore.ts';
import { compileFilter } from '../entry/filter.ts';
import { withTombstones } from './tombstones.ts';

function skill(name: string, version = '1.0.0', fields: JsonObject = {}): JsonObject {
  return { namespace: 'com.example', name, description: `What ${name} does`, version, ...fields };
}

function source(
  name: string,
  data: { servers?: JsonObject[]; skills?: JsonObject[]; plugins?: JsonObject[]; groups?: unknown },
): TestDraft {
  return draft(name, json({ data: { servers: [], ...data } }));
}

function listed(snapshot: Snapshot, kind: EntryKind, version?: string): string[] {
  const { items } = snapshot.list({ kind, limit: 100, version });
  return (JSON.parse(`[${Buffer.concat(items).toString()}]`) as { name: string; version: string }[]).map(
    (one) => `${one.name}@${one.version}`,
  );
}

test('each kind has its own list, and is served unchanged', () => {
  const document = skill('pdf', '1.0.0', { title: 'PDF', anything: [1] });
  const snapshot = snapshotOf([
    source('s', { servers: [serverJson('a/b')], skills: [document, skill('pdf', '2.0.0')], plugins: [skill('lint')] }),
  ]);
  expect([listed(snapshot, 'skill'), listed(snapshot, 'plugin')]).toEqual([['pdf@1.0.0', 'pdf@2.0.0'], ['lint@1.0.0']]);
  expect(listed(snapshot, 'skill', 'latest')).toEqual(['pdf@2.0.0']);
  expect(snapshot.list({ limit: 100 }).count).toBe(1);
  expect(snapshot.header.serverCount).toBe(1);
  expect((['server', 'skill', 'plugin'] as const).map((kind) => snapshot.countOf(kind))).toEqual([1, 1, 1]);
  const stored = snapshot.version(rowKey('skill', 'com.example/pdf'), '1.0.0', { includeDeleted: false });
  expect(stored?.toString()).toBe(JSON.stringify(document));
});

test('a skill with the name of a server is not a server', () => {
  const snapshot = snapshotOf([source('s', { servers: [serverJson('com.example/pdf')], skills: [skill('pdf')] })]);
  expect(snapshot.header.serverCount).toBe(1);
  expect(snapshot.header.sources[0]?.found.leftOut).toBe(0);
  expect(listed(snapshot, 'skill')).toEqual(['pdf@1.0.0']);
});

test('the first source that has a skill serves it', () => {
  const snapshot = snapshotOf([
    source('first', { skills: [skill('pdf')] }),
    source('second', { skills: [skill('pdf', '9'), skill('csv')] }),
  ]);
  expect(listed(snapshot, 'skill')).toEqual(['csv@1.0.0', 'pdf@1.0.0']);
  expect(snapshot.findings({ limit: 9 }).findings).toMatchObject([{ entry: 'skill com.example/pdf', rule: 'shadowed', source: 'second' }]);
  expect(snapshot.header.sources.map(({ serverCount }) => serverCount)).toEqual([0, 0]);
});

test.each<[string, JsonObject, string]>([
  ['without a description', { description: '' }, 'skill com.example/pdf'],
  ['with a space in its name', { name: 'p df' }, 'skill com.example/p df'],
  ['with the version "latest"', { version: 'latest' }, 'skill com.example/pdf'],
])('a skill %s is left out', (_, fields, entry) => {
  const snapshot = snapshotOf([source('s', { servers: [serverJson('a/b')], skills: [skill('pdf', '1', fields)] })]);
  expect(snapshot.countOf('skill')).toBe(0);
  expect(snapshot.findings({ limit: 9 }).findings).toMatchObject([{ entry, served: false }]);
});

test('filters go by namespace and name', () => {
  const bytes = json({ data: { servers: [serverJson('com.example/x')], skills: [skill('pdf'), skill('csv')] } });
  const { rows, filtered } = draft('s', bytes, { names: { include: ['com.example/p*'] } });
  expect([rows.map(({ name }) => name), filtered]).toEqual([[rowKey('skill', 'com.example/pdf')], 2]);
});

test('a removed skill leaves no tombstone, and keeps its time when it comes back', () => {
  const one = source('s', { servers: [serverJson('a/b')], skills: [skill('pdf')] });
  const before = snapshotOf([one], undefined, 1000);
  const without = snapshotOf([source('s', { servers: [serverJson('a/b')] })], before, 2000);
  const served = openSnapshot(withTombstones(without, rowsGone(before, without), 2000), { verify: true });
  expect(served.rowCount).toBe(1);
  expect(before.comparedTo(without)).toMatchObject({ removed: 1 });
  expect(snapshotOf([one], before, 3000).rowFacts(rowKey('skill', 'com.example/pdf'), '1.0.0')).toMatchObject({ publishedAt: 1000 });
});

test('a rollback restores skills, under the current filters', () => {
  const stored = snapshotOf([source('s', { servers: [serverJson('a/b')], skills: [skill('pdf'), skill('csv')] })], undefined, 1000);
  const served = snapshotOf([source('s', { servers: [], skills: [skill('pdf', '1.0.0', { title: 'New' })] })], stored, 2000);
  const filtersOf = () => [compileFilter({ names: { exclude: ['*/csv'] } })];
  const block = restoreSnapshot({ stored, filtersOf, previous: served, now: 3000 });
  const restored = openSnapshot(block, { verify: true });
  expect([listed(restored, 'skill'), restored.header.serverCount]).toEqual([['pdf@1.0.0'], 1]);
  expect(restored.rowFacts(rowKey('skill', 'com.example/pdf'), '1.0.0')).toMatchObject({ updatedAt: 3000 });
});

test.each([
  ['the same', 0],
  ['another one', 1],
])('a server of a group that is also in the list, %s: %i duplicates', (what, doubles) => {
  const member = serverJson('a/b', what === 'the same' ? {} : { title: 'In the group' });
  const groups = [{ name: 'g', servers: [member, serverJson('a/c')] }];
  const snapshot = snapshotOf([source('s', { servers: [serverJson('a/b')], groups })]);
  expect(snapshot.header).toMatchObject({ serverCount: 2, sources: [{ found: { leftOut: doubles } }] });
  expect(snapshot.version('a/b', 'latest', { includeDeleted: false })?.toString()).not.toContain('In the group');
});
