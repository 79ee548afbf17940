import { expect, test } from '@jest/globals';
import { loadAll } from 'js-yaml';
import { migrateObjects, migrateTexts, writeMigrations } from './index.ts';
import { manifest } from './testing.ts';

test('nothing gets out of a comment', () => {
  const evil = 'x\n---\nkind: Secret\r\u0085kind: A\u2028kind: B\u0000\ud800';
  const migrations = migrateObjects([
    manifest(
      { source: { configmap: { name: 'a' } }, [evil]: evil, displayName: evil },
      { metadata: { name: evil, annotations: { a: evil } } },
    ),
    { kind: evil, metadata: { name: evil } },
  ]);
  const text = writeMigrations(migrations);
  const lines = text.split(/[\n\r\u0085\u2028\u2029]/u);
  expect(lines.filter((line) => line.startsWith('kind:'))).toEqual(['kind: MCPRegistry']);
  expect(loadAll(text).filter((document) => document !== null)).toHaveLength(1);
});

test('a large catalog in the configuration still becomes a ConfigMap', () => {
  const data = `{"servers":{},"x":"\u2028${'y'.repeat(400_000)}"}`;
  const migrations = migrateObjects([manifest({ configYAML: JSON.stringify({ sources: [{ name: 'a', file: { data } }] }) })]);
  expect(loadAll(writeMigrations(migrations))).toEqual([
    expect.objectContaining({ kind: 'MCPRegistry' }),
    expect.objectContaining({ kind: 'ConfigMap', data: { 'registry.json': data } }),
  ]);
});

test('of nothing is nothing', () => {
  expect(writeMigrations(migrateTexts([]))).toBe('');
  expect(writeMigrations(migrateTexts([{ name: 'a.yaml', text: '---\n---\n' }]))).toBe('');
});
