import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { encodeSource } from '../build/encode-source.ts';
import { restoreSnapshot } from '../build/restore.ts';
import { withTombstones } from '../build/tombstones.ts';
import { draft, json, labelOf, listItem, rowsGone, snapshotOf, testdata, walk, walkItems } from '../testing.ts';
import type { JsonObject } from '../json.ts';
import { openSnapshot, type Snapshot } from './snapshot.ts';

/** More text than is looked through before the index is asked. */
const FILLER = Array.from({ length: 8 }, (_, index) => described(`a/${index}`, '1.0.0', 'qqq '.repeat(3_000)));

function described(name: string, version: string, description: string, official: JsonObject = {}): JsonObject {
  const { server, _meta } = listItem(name, version, official) as { server: JsonObject; _meta: JsonObject };
  return { server: { ...server, description }, _meta };
}

/** Words of texts and of questions. */
const piece = fc.oneof(
  fc.constantFrom('a', 'ab', 'abc', 'b', 'server', 'mcp', 'SQL', 'github', '__proto__', 'constructor', 'toString', '1', '2.0'),
  fc.constantFrom('ä', 'Ä', 'e\u0301', '\u00e9', 'İ', 'ß', 'ΟΔΟΣ', 'ος', '日本語', '本', '😀', '𝒳y', '\u0301', '\ud83d', '\ufffd'),
);
const separator = fc.constantFrom(' ', '-', '_', '.', '/', ', ', '', '', '"', '\\', '—', '…');
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(piece, separator), { minLength: 1, maxLength })
    .map((parts) => parts.map(([word, between]) => `${word}${between}`).join(''));
const question = fc.oneof(
  fc.tuple(separator, text(3)).map(([before, rest]) => `${before}${rest}`),
  fc.constantFrom(' ', '.', ' - ', 'b/ab', 'd/x', '.d/x-', 'mcp d', 'b s', 'r m', 'ccc0 ccc1', 'c600', 'ccc60', 'qqq', 'zzz', 'what'),
  fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }),
);
const row = fc.record({
  name: fc.constantFrom('b/ab', 'b/abc', 'c.d/x-y', 'e/mcp'),
  version: fc.constantFrom('1.0.0', '2.0.0'),
  text: text(8),
});
/** More different words than are indexed of one entry. */
const rich = described('f/rich', '1.0.0', Array.from({ length: 700 }, (_, index) => `ccc${index}`).join(' '));

function naive(snapshot: Snapshot, search: string, includeDeleted: boolean): string[] {
  if (/\p{Cc}/u.test(search)) return [];
  const needle = Buffer.from(search.toLowerCase());
  return walkItems(snapshot, { limit: 100, includeDeleted })
    .filter(({ server }) => {
      const fields = [server.name, server.title, server.description].filter((field) => field !== undefined);
      return Buffer.from(fields.join('\t').toLowerCase().replaceAll('\n', ' ')).includes(needle);
    })
    .map(labelOf);
}

test('a search finds exactly what a full scan finds', () => {
  const rows = fc.uniqueArray(row, { selector: ({ name, version }) => `${name}@${version}`, maxLength: 8 });
  fc.assert(
    fc.property(rows, question, fc.integer({ min: 1, max: 5 }), fc.boolean(), (entries, search, limit, withRich) => {
      const items = entries.map(({ name, version, text: description }) => described(name, version, `d ${description}`));
      const snapshot = snapshotOf([draft('s', json([...FILLER, ...items, ...(withRich ? [rich] : [])]))]);
      expect(walk(snapshot, { search, limit })).toEqual(naive(snapshot, search, false));
    }),
    { numRuns: 300 },
  );
});

describe('with the real catalogs', () => {
  const snapshot = snapshotOf([
    draft('toolhive', testdata('toolhive-catalog-2026-08-24.json')),
    draft('dump', testdata('official-registry-dump-2026-02-06.json')),
  ]);

  test('parts of their own texts are found', () => {
    const texts = walkItems(snapshot, { limit: 100 }).map(({ server }) => `${server.name} ${server.description ?? ''}`);
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.integer({ min: 1, max: 20 }), fc.boolean(), (of, at, length, upper) => {
        const start = at % of.length;
        const part = of.slice(start, start + length);
        const search = upper ? part.toUpperCase() : part;
        expect(snapshot.rowsOf({ search, includeDeleted: true }).length).toBe(naive(snapshot, search, true).length);
        expect(walk(snapshot, { search, limit: 100 })).toEqual(naive(snapshot, search, false));
      }),
      { numRuns: 40 },
    );
  });

  test.each(['sql server', 'mcp serv', 'e', 's and t', '.com', 'x-', '"', 'zzzzz', 'server mcp'])('with filters: %j', (search) => {
    const rows = new Set(snapshot.rowsOf({ search }));
    const labels = [['transport:stdio']];
    const filtered = snapshot.rowsOf({ labels, version: 'latest' });
    expect(snapshot.rowsOf({ search, labels, version: 'latest' })).toEqual(filtered.filter((found) => rows.has(found)));
  });
});

describe('whatever the origin of rows', () => {
  const FIRST = Date.UTC(2026, 0, 1);
  const words = ['alpha', 'beta', 'gamma', 'delta'];
  const items = words.map((word) => described(`b/${word}`, '1.0.0', `about ${word}, and more`));
  const found = (snapshot: Snapshot, search: string): string[] => walk(snapshot, { search, limit: 2, includeDeleted: true });
  const whole = snapshotOf([draft('a', json([...FILLER, ...items]))], undefined, FIRST);

  test('merged ones are found, and the block is the same as for one source with all of them', () => {
    const merged = snapshotOf([draft('a', json([...FILLER, ...items.slice(0, 2)])), draft('b', json(items.slice(2)))], undefined, FIRST);
    for (const word of words) expect(found(merged, `bout ${word},`)).toEqual([`b/${word}@1.0.0`]);
    const bytesOf = (
      { block, header: { sections } }: Snapshot,
      name: 'words' | 'wordOffsets' | 'postings' | 'postingOffsets' | 'wordCounts',
    ): Buffer => {
      const start =
        block.byteLength - Object.values(sections).reduce((end, { offset, length }) => Math.max(end, (offset + length + 7) & ~7), 0);
      return Buffer.from(block.buffer, start + sections[name].offset, sections[name].length);
    };
    for (const name of ['words', 'wordOffsets', 'postings', 'postingOffsets', 'wordCounts'] as const) {
      expect([name, bytesOf(merged, name).equals(bytesOf(whole, name))]).toEqual([name, true]);
    }
  });

  test('tombstones are found', () => {
    const next = snapshotOf([draft('a', json([...FILLER, ...items.slice(1)]))], whole, FIRST + 1);
    const served = openSnapshot(withTombstones(next, rowsGone(whole, next), FIRST + 1), { verify: true });
    expect(found(served, 'bout alpha,')).toEqual(['b/alpha@1.0.0']);
    expect(walk(served, { search: 'alpha', limit: 2 })).toEqual([]);
  });

  test('restored ones are found', () => {
    const changed = snapshotOf([draft('a', json([...FILLER, described('b/alpha', '1.0.0', 'something else')]))], whole, FIRST + 1);
    const block = restoreSnapshot({ stored: whole, filtersOf: () => [], previous: changed, now: FIRST + 2 });
    const restored = openSnapshot(block, { verify: true });
    for (const word of words) expect(found(restored, `bout ${word},`)).toEqual([`b/${word}@1.0.0`]);
    expect(found(restored, 'something')).toEqual([]);
    expect(JSON.parse(restored.version('b/alpha', '1.0.0', { includeDeleted: false })?.toString() ?? '')).toMatchObject({
      _meta: { 'io.modelcontextprotocol.registry/official': { updatedAt: new Date(FIRST + 2).toISOString() } },
    });
  });

  test('without rows the index is empty', () => {
    const { block } = encodeSource({ registry: { name: 'r', namespace: 'n' }, draft: draft('a', json([])), rules: '', now: 0 });
    expect(walk(openSnapshot(block, { verify: true }), { search: 'a', limit: 2 })).toEqual([]);
  });
});
