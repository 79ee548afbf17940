import { expect, test } from '@jest/globals';
import { withTombstones } from '../build/tombstones.ts';
import { restoreSnapshot } from '../build/restore.ts';
import { FILES_KEY } from '../formats/files.ts';
import type { JsonObject } from '../json.ts';
import { draft, json, listItem, rowsGone, serverJson, snapshotOf, testdata, walk, type TestDraft } from '../testing.ts';
import { openSnapshot, type Snapshot } from './snapshot.ts';

/** A folder with these files. */
function folder(name: string, files: Readonly<Record<string, readonly JsonObject[]>>): TestDraft {
  const read = Object.entries(files).map(([path, servers]) => ({ path, text: JSON.stringify(servers) }));
  return draft(name, json({ [FILES_KEY]: read }));
}

/** Of each row its version and its file. */
function filesOf(snapshot: Snapshot): Record<string, string | undefined> {
  return Object.fromEntries(
    Array.from({ length: snapshot.rowCount }, (_, row) => {
      const { name, version } = snapshot.keyAt(row);
      return [`${name}@${version}`, snapshot.fileAt(row)];
    }),
  );
}

const team = folder('team', {
  'a.json': [serverJson('a/one'), serverJson('c/three')],
  'deep/b.json': [serverJson('b/two'), serverJson('b/two', { version: '2.0.0' })],
});
const list = draft('list', json([serverJson('b/two', { version: '9.0.0' }), serverJson('b/zwei'), serverJson('d/four')]));

test('every row of a folder has its file', () => {
  expect(filesOf(snapshotOf([team]))).toEqual({
    'a/one@1.0.0': 'a.json',
    'b/two@1.0.0': 'deep/b.json',
    'b/two@2.0.0': 'deep/b.json',
    'c/three@1.0.0': 'a.json',
  });
});

test('merged sources keep theirs, and one of a single file has none', () => {
  const other = folder('other', { 'a.json': [serverJson('b/other')], 'z.json': [serverJson('a/one'), serverJson('e/five')] });
  const snapshot = snapshotOf([list, team, other]);
  expect(filesOf(snapshot)).toEqual({
    'a/one@1.0.0': 'a.json',
    'b/other@1.0.0': 'a.json',
    'b/two@9.0.0': undefined,
    'b/zwei@1.0.0': undefined,
    'c/three@1.0.0': 'a.json',
    'd/four@1.0.0': undefined,
    'e/five@1.0.0': 'z.json',
  });
  expect(snapshot.rowAt(0)).toMatchObject({ name: 'a/one', file: 'a.json' });
});

test('if no source has several files nothing is stored', () => {
  const { sections } = snapshotOf([list]).header;
  expect([sections.files, sections.fileOffsets, sections.rowFiles]).toMatchObject([{ length: 0 }, { length: 0 }, { length: 0 }]);
});

test('a row takes four bytes more, whatever the name of its file', () => {
  const servers = Array.from({ length: 1000 }, (_, index) => serverJson(`a/${index}`));
  const { sections } = snapshotOf([folder('team', { ['x'.repeat(200)]: servers })]).header;
  expect(sections.rowFiles?.length).toBe(4000);
  expect(sections.files?.length).toBe(200);
});

test('an entry that moves to another file is the same entry in a different snapshot', () => {
  const first = snapshotOf([folder('team', { 'a.json': [serverJson('a/one')], 'b.json': [serverJson('b/two')] })], undefined, 1);
  const second = snapshotOf([folder('team', { 'b.json': [serverJson('a/one'), serverJson('b/two')] })], first, 2);
  expect(filesOf(second)).toEqual({ 'a/one@1.0.0': 'b.json', 'b/two@1.0.0': 'b.json' });
  expect(second.header.hash).not.toBe(first.header.hash);
  expect(first.comparedTo(second)).toEqual({ added: 0, changed: 0, removed: 0, gone: [] });
});

test('what is gone is in no file, and the rest keeps its files', () => {
  const gone = listItem('c/three', '1.0.0', { status: 'deleted', updatedAt: '2026-01-02T00:00:00Z' });
  const deleted = listItem('b/two', '1.0.0', { status: 'deleted' });
  const before = snapshotOf([folder('team', { 'a.json': [serverJson('a/one'), gone], 'b.json': [deleted, listItem('b/two', '2.0.0')] })]);
  const merged = snapshotOf([folder('team', { 'b.json': [deleted] })], before);
  const served = openSnapshot(withTombstones(merged, rowsGone(before, merged), Date.UTC(2026, 0, 3)), { verify: true });
  expect(filesOf(served)).toEqual({
    'a/one@1.0.0': undefined,
    // Rewritten: it is no longer the latest.
    'b/two@1.0.0': 'b.json',
    'b/two@2.0.0': undefined,
    'c/three@1.0.0': undefined,
  });
});

test('restored entries have their files', () => {
  const block = restoreSnapshot({ stored: snapshotOf([team, list]), filtersOf: () => [], previous: undefined, now: 5 });
  expect(filesOf(openSnapshot(block, { verify: true }))).toEqual(filesOf(snapshotOf([team, list])));
});

test('a block of the previous layout is read and restored, without files', () => {
  const stored = openSnapshot(new Uint8Array(testdata('snapshots/layout-5.bin')), { verify: true });
  expect(stored.isOfThisLayout).toBe(false);
  expect(walk(stored, { limit: 9 })).toEqual(['a/one@1.0.0', 'b/two@1.0.0', 'b/two@2.0.0', 'c/three@1.0.0']);
  expect(Object.values(filesOf(stored)).every((file) => file === undefined)).toBe(true);
  expect(stored.shadowed('a/one', 9)).toEqual([{ source: 'other', version: '9.0.0' }]);
  const restored = openSnapshot(restoreSnapshot({ stored, filtersOf: () => [], now: 5 }), { verify: true });
  expect([restored.isOfThisLayout, restored.header.hash]).toEqual([true, stored.header.hash]);
});
