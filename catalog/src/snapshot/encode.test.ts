import { describe, expect, test } from '@jest/globals';
import { totalOf, type Finding } from '../entry/findings.ts';
import { encodeSnapshot } from './encode.ts';
import type { SnapshotSource } from './layout.ts';
import { rowRun, type SnapshotRow } from './runs.ts';
import { openSnapshot } from './snapshot.ts';

const facts = { registry: { name: 'r', namespace: 'n' }, createdAt: '2026-01-01T00:00:00.000Z', serverCount: 0, sources: [] };

function row(name: string, version: string, contentHash = '00'.repeat(16)): SnapshotRow {
  return {
    name,
    version,
    item: `"${name}"`,
    searchText: name,
    labels: [name],
    publishedAt: 1,
    updatedAt: 2.5,
    contentHash,
    latest: false,
    deleted: false,
    hasOfficial: false,
  };
}

test('rows survive a round trip', () => {
  const rows = [row('a', '2', 'ab'.repeat(16)), row('b', '1'), row('b', '10')];
  const snapshot = openSnapshot(
    encodeSnapshot(
      facts,
      rows.map((row, index) => rowRun(row, index)),
    ),
    { verify: true },
  );
  expect(snapshot.header).toMatchObject({ ...facts, entryCount: 3 });
  expect(Buffer.concat(snapshot.list({ limit: 9 }).items).toString()).toBe('"a","b","b"');
  expect(snapshot.rowFacts('a', '2')).toEqual({ publishedAt: 1, updatedAt: 2.5, contentHash: 'ab'.repeat(16) });
  expect(snapshot.rowFacts('b', '10')).toBeDefined();
});

test('no rows make an empty snapshot', () => {
  const snapshot = openSnapshot(encodeSnapshot(facts, []), { verify: true });
  expect(snapshot.list({ limit: 9 })).toEqual({ items: [], count: 0 });
});

test('findings are ordered by kind, and the public sees only those about served entries', () => {
  const finding = (rule: Finding['rule'], served: boolean): Finding => ({ entry: rule, pointer: '', rule, message: 'm', served });
  const found: Finding[] = [
    finding('schema', true),
    finding('not-read', false),
    finding('repaired', true),
    finding('shadowed', false),
    finding('name', true),
    finding('invalid', false),
  ];
  const counts = { leftOut: 1, shadowed: 1, repaired: 1, noted: 3 };
  const source = { name: 's', hash: '', rules: '', serverCount: 0, info: { format: 'files' }, found: counts, filtered: 0 } as const;
  const snapshot = openSnapshot(encodeSnapshot({ ...facts, sources: [source] }, [], [found]), { verify: true });
  const rules = (servedOnly: boolean): string[] => snapshot.findings({ limit: 9, servedOnly }).findings.map(({ rule }) => rule);
  expect(rules(false)).toEqual(['invalid', 'shadowed', 'repaired', 'schema', 'not-read', 'name']);
  expect(rules(true)).toEqual(['repaired', 'schema', 'name']);
  expect(totalOf(counts)).toBe(6);
});

/** A source, of which only the number of shadowed versions counts here. */
function sourceWith(name: string, shadowed: number): SnapshotSource {
  const found = { leftOut: 0, shadowed, repaired: 0, noted: 0 };
  return { name, hash: '', rules: '', serverCount: 0, info: { format: 'files' }, found, filtered: 0 };
}

describe('findings of an entry', () => {
  const names = ['a/b', 'b', 'x: a/b', 'a/b"', 'false},{', '"', 'a/bc'];
  const found = [1, 2].map((source) =>
    names.flatMap((entry): Finding[] => [
      { entry, pointer: '', rule: 'invalid', message: `about ${source} "entry":"a/b"`, served: false },
      { entry, version: `${source}`, pointer: '', rule: 'shadowed', message: 'x', served: false },
      { entry, pointer: '', rule: 'repaired', message: 'b"', served: true },
    ]),
  );
  const sources = [sourceWith('s1', names.length), sourceWith('s2', names.length)];
  const snapshot = openSnapshot(encodeSnapshot({ ...facts, sources }, [], found), { verify: true });
  const all = snapshot.findings({ limit: 99 }).findings;

  test.each(names)('%j: all findings about it, page by page, from any offset', (entry) => {
    const isAbout = (finding: Finding): boolean => finding.entry === entry || finding.entry.endsWith(`: ${entry}`);
    expect(snapshot.findings({ entry, limit: 99 }).findings).toEqual(all.filter(isAbout));
    expect(snapshot.findings({ entry, limit: 99, source: 's2' }).findings).toEqual(
      all.filter((finding) => isAbout(finding) && finding.source === 's2'),
    );
    expect(snapshot.findings({ entry, limit: 99, servedOnly: true }).findings).toEqual(
      all.filter((finding) => isAbout(finding) && finding.served),
    );
    for (const offset of [0, 1, 20, all.length - 1, all.length, all.length + 5]) {
      expect(snapshot.findings({ entry, limit: 99, offset }).findings).toEqual(all.slice(offset).filter(isAbout));
    }
    const first = snapshot.findings({ entry, limit: 1 });
    expect(snapshot.findings({ entry, limit: 99, offset: first.next ?? all.length }).findings).toEqual(all.filter(isAbout).slice(1));
  });

  test.each(names)('%j: shadowed versions of others', (entry) => {
    expect(snapshot.shadowed(entry, 9)).toEqual([
      { source: 's1', version: '1' },
      { source: 's2', version: '2' },
    ]);
    expect(snapshot.shadowed(entry, 1)).toEqual([{ source: 's1', version: '1' }]);
  });
});

test.each<[string, SnapshotRow[], string]>([
  ['names out of order', [row('b', '1'), row('a', '1')], 'row a 1 is out of order'],
  ['versions out of order', [row('a', '2'), row('a', '1')], 'row a 1 is out of order'],
  ['the order of UTF-16', [row('\u{10000}', '1'), row('\uffff', '1')], 'is out of order'],
  ['a version twice', [row('a', '1'), row('a', '1')], 'row a 1 is there twice'],
  ['a content hash that is too short', [row('a', '1', 'ab')], 'content hash "ab" has not 32 hexadecimal digits'],
])('%s: refused', (_, rows, message) => {
  expect(() =>
    encodeSnapshot(
      facts,
      rows.map((row, index) => rowRun(row, index)),
    ),
  ).toThrow(message);
});
