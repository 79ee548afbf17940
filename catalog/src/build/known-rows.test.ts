import { expect, test } from '@jest/globals';
import type { JsonObject } from '../json.ts';
import { loadSchemaChecks, type SchemaChecks } from '../schema/generations.ts';
import { openSnapshot, type Snapshot } from '../snapshot/snapshot.ts';
import { json, listItem, rowsGone } from '../testing.ts';
import { encodeSource } from './encode-source.ts';
import { encodeOrigins, KnownRows, originsIn, type RowOrigin } from './known-rows.ts';
import { readSource } from './read-source.ts';
import { withTombstones } from './tombstones.ts';

/** Long enough that 100 of them are a list that is cut into items. */
const DESCRIPTION = 'd'.repeat(20_000);

function item(name: string, version = '1.0.0', official: JsonObject = {}, fields: JsonObject = {}): JsonObject {
  const { server, _meta } = listItem(name, version, official) as { server: JsonObject; _meta: JsonObject };
  return { server: { ...server, description: `${name} ${DESCRIPTION}`, ...fields }, _meta };
}

function list(count = 100): JsonObject[] {
  return Array.from({ length: count }, (_, index) => item(`a/${String(index).padStart(3, '0')}`));
}

interface Built {
  readonly snapshot: Snapshot;
  readonly origins: readonly RowOrigin[];
}

function build(
  items: readonly unknown[],
  previous: Snapshot | undefined,
  known: KnownRows | undefined,
  now: number,
  schemas?: SchemaChecks,
): Built {
  const draft = readSource({ name: 's', format: 'auto', filters: [] }, { bytes: json(items) }, { previous, known, now, schemas });
  const { block, origins } = encodeSource({ registry: { name: 'r', namespace: 'n' }, draft, rules: '', now });
  return { snapshot: openSnapshot(block, { verify: true }), origins };
}

/** What is known of a build, and how often its snapshot was opened. */
function knownOf({ snapshot, origins }: Built): { rows: KnownRows; opened: () => number } {
  let opened = 0;
  const rows = KnownRows.read(encodeOrigins(snapshot.header.hash, origins), () => {
    opened += 1;
    return snapshot;
  });
  if (rows === undefined) throw new Error('the origins are damaged');
  return { rows, opened: () => opened };
}

const FIRST = Date.UTC(2026, 0, 1);
const LATER = Date.UTC(2026, 0, 2);
const deleted = { status: 'deleted' };
function gone(): never {
  throw new Error('it is gone');
}

const newer = item('a/050', '2.0.0');

test.each<[string, (items: JsonObject[]) => unknown[]]>([
  ['nothing', (items) => items],
  ['the description of one', (items) => items.with(50, item('a/050', '1.0.0', {}, { title: 'Fifty' }))],
  ['one less', (items) => items.toSpliced(50, 1)],
  ['one more in front', (items) => [item('a/!'), ...items]],
  ['one more in between', (items) => items.toSpliced(50, 0, item('a/049b'))],
  ['the order', (items) => items.toReversed()],
  ['a version that is the latest from now on', (items) => [...items, newer]],
  ['an older version', (items) => [...items, item('a/050', '0.1.0')]],
  ['one is deleted', (items) => items.with(50, item('a/050', '1.0.0', deleted))],
  ['the same one twice', (items) => [...items, item('a/050')]],
  ['one that is repaired', (items) => [...items, item('b', '1', {}, { repository: {} })]],
  ['one that is left out', (items) => [...items, item('b', '1', {}, { description: '' })]],
  ['one that is no object', (items) => [...items, 7]],
  [
    'the order of keys',
    (items) => items.map(({ server, _meta }, index) => (index === 50 ? { _meta, server } : { server, _meta }) as JsonObject),
  ],
])('known rows give the same result as reading everything: %s', (_, edit) => {
  const first = build(list(), undefined, undefined, FIRST);
  const known = knownOf(first);
  const items = edit(list());
  const read = build(items, first.snapshot, undefined, LATER);
  const recognized = build(items, first.snapshot, known.rows, LATER);
  expect(Buffer.from(recognized.snapshot.block).equals(read.snapshot.block)).toBe(true);
  expect(recognized.origins).toEqual(read.origins);
  expect(known.opened()).toBe(1);
});

test('findings are found again', () => {
  const items = [
    ...list(),
    item('a/b', '1', {}, { repository: {} }),
    item('a/c', '1', {}, { description: '' }),
    item('odd'),
    { ...item('a/e'), x: 1 },
  ];
  const first = build(items, undefined, undefined, FIRST);
  const again = build([...items, item('a/d')], first.snapshot, knownOf(first).rows, LATER);
  const found = again.snapshot.findings({ limit: 200 }).findings.filter(({ rule }) => rule !== 'schema');
  expect(found.map(({ entry }) => entry)).toEqual(['a/c', 'a/b', 'odd', '/103/x']);
});

test('notes are repeated, whatever else is recognized', async () => {
  const schemas = await loadSchemaChecks();
  const short = { description: 'Short', _meta: { 'com.example': DESCRIPTION } };
  const items = Array.from({ length: 100 }, (_, index) => item(`a/${index}`, '1', {}, { ...short, title: index % 10 === 0 ? '' : 'T' }));
  const first = build(items, undefined, undefined, FIRST, schemas);
  const known = knownOf(first);
  const again = build([...items, item('a/new', '1', {}, short)], first.snapshot, known.rows, LATER, schemas);
  expect(known.opened()).toBe(1);
  const noted = ({ snapshot }: Built): unknown => snapshot.findings({ limit: 200 }).findings;
  expect(noted(first)).toHaveLength(10);
  expect(noted(again)).toEqual(noted(first));
});

test('a version that is no longer the latest is rewritten, and known next time', () => {
  const first = build(list(), undefined, undefined, FIRST);
  const second = build([...list(), newer], first.snapshot, knownOf(first).rows, LATER);
  const third = build(list(), second.snapshot, knownOf(second).rows, LATER);
  expect(third.snapshot.header.hash).toBe(build(list(), second.snapshot, undefined, LATER).snapshot.header.hash);
  expect(JSON.parse(third.snapshot.version('a/050', 'latest', { includeDeleted: false })?.toString() ?? '')).toMatchObject({
    server: { version: '1.0.0' },
    _meta: { 'io.modelcontextprotocol.registry/official': { isLatest: true } },
  });
});

test('rows are found between tombstones', () => {
  const first = build([...list(), item('a/020b'), item('a/050', '0.1.0', deleted), newer], undefined, undefined, FIRST);
  const second = build([...list(), item('a/050', '0.1.0', deleted)], first.snapshot, undefined, LATER);
  const gone = rowsGone(first.snapshot, second.snapshot);
  const served = openSnapshot(withTombstones(second.snapshot, gone, LATER), { verify: true });
  const known = knownOf({ snapshot: served, origins: originsIn(second.origins, second.snapshot, served) });
  const items = [...list(), item('z')];
  const recognized = build(items, served, known.rows, LATER);
  expect(recognized.snapshot.header.hash).toBe(build(items, served, undefined, LATER).snapshot.header.hash);
  expect(known.opened()).toBe(1);
});

test('rows are rebuilt if what is served differs', () => {
  const first = build(list(), undefined, undefined, FIRST);
  const changed = list().map((one, index) => (index < 5 ? item(`a/00${index}`, '1.0.0', {}, { title: 'Other' }) : one));
  const served = build(changed, first.snapshot, undefined, LATER).snapshot;
  const now = LATER + 1000;
  const recognized = build(list(), served, knownOf(first).rows, now);
  expect(recognized.snapshot.header.hash).toBe(build(list(), served, undefined, now).snapshot.header.hash);
  expect(recognized.snapshot.rowFacts('a/000', '1.0.0')).toMatchObject({ publishedAt: FIRST, updatedAt: now });
});

test('if most of it is new, the snapshot is not opened', () => {
  const first = build(list(), undefined, undefined, FIRST);
  const known = knownOf(first);
  const items = list().map((one, index) => (index < 50 ? item(`b/${index}`) : one));
  build(items, first.snapshot, known.rows, LATER);
  expect(known.opened()).toBe(0);
});

test.each<[string, (origins: Buffer) => Buffer]>([
  ['nothing', () => Buffer.alloc(0)],
  ['half of them', (origins) => origins.subarray(0, origins.length / 2)],
  ['another byte', (origins) => Buffer.from(origins).fill(0, 100, 101)],
  ['another snapshot', (origins) => Buffer.from(origins).fill(0, 0, 32)],
])('damaged origins are ignored: %s', (_, damage) => {
  const { snapshot, origins } = build(list(), undefined, undefined, FIRST);
  expect(KnownRows.read(damage(encodeOrigins(snapshot.header.hash, origins)), () => snapshot)).toBeUndefined();
});

test('a snapshot that does not match the origins, or a missing one, is not used', () => {
  const first = build(list(), undefined, undefined, FIRST);
  const other = build(list(99), undefined, undefined, FIRST).snapshot;
  const origins = encodeOrigins(first.snapshot.header.hash, first.origins);
  const items = [...list(), item('z')];
  const expected = build(items, first.snapshot, undefined, LATER).snapshot.header.hash;
  for (const open of [(): Snapshot => other, gone]) {
    expect(build(items, first.snapshot, KnownRows.read(origins, open), LATER).snapshot.header.hash).toBe(expected);
  }
});
