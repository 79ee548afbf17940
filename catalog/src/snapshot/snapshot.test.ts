import { describe, expect, test } from '@jest/globals';
import { draft, itemsOf, json, labelOf, listItem, snapshotOf, testdata, type Item } from '../testing.ts';
import { SnapshotError } from './columns.ts';
import { openPredecessor } from './predecessor.ts';
import { openSnapshot, type Snapshot } from './snapshot.ts';

const sample = snapshotOf([
  draft(
    'a',
    json([
      listItem('b/two', '1.10.0', { publishedAt: '2026-01-03T00:00:00Z' }),
      listItem('b/two', '1.9.0', { publishedAt: '2026-01-02T00:00:00Z' }),
      listItem('a/one', '1.0.0'),
      listItem('c/three', '2.0.0', { status: 'deleted', publishedAt: '2026-01-01T00:00:00Z' }),
      listItem('c/three', '1.0.0', { publishedAt: '2026-01-01T00:00:00Z' }),
      listItem('d/gone', '1.0.0', { status: 'deleted' }),
    ]),
  ),
]);

/** `name@version` of the one item that answers, undefined for none. */
function found(snapshot: Snapshot, name: string, version: string, includeDeleted = false): string | undefined {
  const item = snapshot.version(name, version, { includeDeleted });
  return item === undefined ? undefined : labelOf(JSON.parse(item.toString()) as Item);
}

describe('one server', () => {
  test('versions come with the last published first', () => {
    const labels = itemsOf(sample.versions('b/two', { includeDeleted: false })).map(labelOf);
    expect(labels).toEqual(['b/two@1.10.0', 'b/two@1.9.0']);
    expect(sample.versions('c/three', { includeDeleted: true })).toMatchObject({ count: 2 });
    expect(sample.versions('c/three', { includeDeleted: false })).toMatchObject({ count: 1 });
    expect(sample.versions('b/tw', { includeDeleted: true })).toEqual({ items: [], count: 0 });
  });

  test.each<[name: string, version: string, includeDeleted: boolean, expected: string | undefined]>([
    ['b/two', 'latest', false, 'b/two@1.10.0'],
    ['b/two', '1.9.0', false, 'b/two@1.9.0'],
    ['b/two', '9', false, undefined],
    ['nobody/here', 'latest', false, undefined],
    ['c/three', 'latest', true, 'c/three@1.0.0'],
    ['c/three', '2.0.0', false, undefined],
    ['c/three', '2.0.0', true, 'c/three@2.0.0'],
    ['d/gone', 'latest', false, undefined],
    ['d/gone', 'latest', true, 'd/gone@1.0.0'],
  ])('%s in version %s, tombstones %s: %s', (name, version, includeDeleted, expected) => {
    expect(found(sample, name, version, includeDeleted)).toBe(expected);
  });

  test.each<[string[], string]>([
    [['1.9.0', '1.10.0'], '1.10.0'],
    [['2.0.0-rc.1', '1.0.0'], '2.0.0-rc.1'],
    [['v3.0.0', '2.0.0'], 'v3.0.0'],
    [['mcp', '0.0.1'], '0.0.1'],
    [['2.1', '2.0'], '2.0'],
    [['1.0.0', 'v1.0.0', '1.0.0+build'], '1.0.0'],
  ])('the latest of %j is %s', (versions, latest) => {
    const items = versions.map((version, index) => listItem('a/b', version, { publishedAt: `2026-01-0${index + 1}T00:00:00Z` }));
    expect(found(snapshotOf([draft('a', json(items))]), 'a/b', 'latest')).toBe(`a/b@${latest}`);
  });
});

describe('the predecessor for another thread', () => {
  test('answers like the snapshot', () => {
    const predecessor = openPredecessor(structuredClone(sample.predecessorData()));
    expect(sample.rowFacts('b/two', '1.9.0')).toEqual({
      publishedAt: Date.UTC(2026, 0, 2),
      updatedAt: Date.UTC(2026, 0, 1),
      contentHash: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    for (const [name, version] of [
      ['a/one', '1.0.0'],
      ['b/two', '1.9.0'],
      ['d/gone', '1.0.0'],
      ['b/two', '9'],
      ['nobody/here', '1.0.0'],
    ] as const) {
      expect(predecessor.rowFacts(name, version)).toEqual(sample.rowFacts(name, version));
    }
    expect(predecessor.rowFacts('nobody/here', '1.0.0')).toBeUndefined();
  });

  test('is a small part of the snapshot, without shared memory', () => {
    const snapshot = snapshotOf([draft('dump', testdata('official-registry-dump-2026-02-06.json'))]);
    const arrays = Object.values(snapshot.predecessorData()).filter((column) => ArrayBuffer.isView(column));
    const bytes = arrays.reduce((sum, array) => sum + array.buffer.byteLength, 0);
    expect(bytes).toBeLessThan(snapshot.block.byteLength / 10);
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

  test('a block inside other memory is read as well', () => {
    const inside = Buffer.concat([Buffer.from('abc'), whole]).subarray(3);
    expect(found(openSnapshot(inside, { verify: true }), 'b/two', 'latest')).toBe('b/two@1.10.0');
  });
});
