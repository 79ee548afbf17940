import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { CatalogError } from '../entry/entry.ts';
import { draft, json, serverJson } from '../testing.ts';
import { readSource } from './read-source.ts';

test.each<[string, unknown, number, boolean]>([
  ['a missing description', [{ name: 'a/b', version: '1' }, serverJson('c/d')], 1, false],
  ['a name with a space', [serverJson('a b'), serverJson('c/d')], 1, false],
  ['a version called latest', [serverJson('a/b', { version: 'latest' }), serverJson('c/d')], 1, false],
  ['an empty repository', [serverJson('a/b', { repository: {} }), serverJson('c/d')], 2, true],
])('%s is one finding, and the entry is served only if it can be repaired', (_, file, served, repaired) => {
  const { rows, findings } = draft('a', json(file));
  expect(rows).toHaveLength(served);
  expect(findings.kept).toMatchObject([{ served: repaired }]);
  expect(findings.counts.leftOut).toBe(repaired ? 0 : 1);
});

test('an entry nested too deeply is left out without affecting others', () => {
  const deep = `{"name":"a/deep","version":"1","description":"d","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  const { rows, findings } = draft('a', Buffer.from(`[${deep},${JSON.stringify(serverJson('a/b'))}]`));
  expect(rows.map(({ name }) => name)).toEqual(['a/b']);
  expect(findings).toMatchObject({ counts: { leftOut: 1 }, kept: [{ entry: 'a/deep', rule: 'invalid', served: false }] });
});

test('an entry must pass every filter', () => {
  const bytes = json([serverJson('a/b'), serverJson('a/c'), serverJson('d/e')]);
  const read = draft('s', bytes, { names: { include: ['a/*'] } }, { names: { exclude: ['*/c'] } });
  expect(read.rows.map(({ name }) => name)).toEqual(['a/b']);
  expect(read.filtered).toBe(2);
});

test('the hash is that of the bytes, or the one already known', () => {
  const bytes = json([serverJson('a/b')]);
  const rules = { name: 's', format: 'auto', filters: [] } as const;
  expect(readSource(rules, { bytes }, { now: 0 }).hash).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(readSource(rules, { bytes, hash: 'known' }, { now: 0 }).hash).toBe('known');
});

test('bytes that are not a catalog throw', () => {
  expect(() => draft('a', Buffer.from('{'))).toThrow(CatalogError);
});
