import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { CatalogError } from '@toolhive-registry/catalog';
import { joinedFiles } from '../catalog-file/open-catalog.ts';
import { convert } from '../convert/convert.ts';
import { diffJson } from './document.ts';
import { diffMarkdown } from './markdown/markdown.ts';
import { diffOf, sideOfBytes, type CatalogDiff, type DiffSide } from './side.ts';
import { printable } from './testing.ts';

const NOW = Date.UTC(2026, 0, 1);

function testdata(name: string): Uint8Array {
  return readFileSync(new URL(`../../../catalog/testdata/${name}`, import.meta.url));
}

function side(label: string, bytes: Uint8Array, by: 'server' | 'version' = 'server'): DiffSide {
  return sideOfBytes(label, bytes, { name: 'test', now: NOW, by });
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

const server = (name: string, version: string): Record<string, unknown> => ({ name, version, description: 'd' });

function numbers({ comparison: { added, removed, changed, unchanged } }: CatalogDiff): number[] {
  return [added.length, removed.length, changed.length, unchanged];
}

describe('bytes in any form', () => {
  const legacy = testdata('toolhive-legacy-2025-10-22.json');

  test.each(['upstream', 'toolhive', 'official'] as const)('a catalog and what the form %s has of it are the same', (to) => {
    const { bytes } = convert(legacy, { name: 'test', to, now: NOW + 1_000 });
    expect(numbers(diffOf(side('a', legacy), side('b', bytes)))).toEqual([0, 0, 0, 88]);
  });

  test('gzip, and a folder', () => {
    const bytes = json([server('a/b', '1.0.0'), server('a/c', '1.0.0')]);
    const folder = joinedFiles([
      { path: 'b.json', text: JSON.stringify([server('a/b', '1.0.0')]) },
      { path: 'c.json', text: JSON.stringify([server('a/c', '1.0.0')]) },
    ]);
    expect(numbers(diffOf(side('a', bytes), side('b', gzipSync(bytes))))).toEqual([0, 0, 0, 2]);
    expect(numbers(diffOf(side('a', bytes), side('b', folder)))).toEqual([0, 0, 0, 2]);
  });

  test('what cannot be read is counted', () => {
    const { findings, entries } = side('a', json([server('a/b', '1.0.0'), server('a/b', '1.0.0'), { name: 'a/c' }]));
    expect([entries.size, findings?.counts.leftOut]).toEqual([1, 2]);
    expect(findings?.kept.map(({ rule }) => rule)).toEqual(['missing', 'duplicate']);
  });

  test('no catalog', () => {
    expect(() => side('a', json({ a: 1 }))).toThrow(CatalogError);
  });

  test('by server or by version', () => {
    const [before, after] = [json([server('a/b', '1.0.0')]), json([server('a/b', '1.0.0'), server('a/b', '1.1.0')])];
    expect(numbers(diffOf(side('a', before), side('b', after)))).toEqual([0, 0, 1, 0]);
    expect(numbers(diffOf(side('a', before, 'version'), side('b', after, 'version')))).toEqual([1, 0, 0, 1]);
  });
});

test("half a year of ToolHive's catalog", () => {
  const diff = diffOf(
    side('2025.json', testdata('toolhive-legacy-2025-10-22.json')),
    side('2026.json', testdata('toolhive-catalog-2026-08-24.json')),
  );
  expect(numbers(diff)).toEqual([243, 5, 83, 0]);
  const markdown = diffMarkdown(diff, { printable });
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  expect(markdown).toMatch(/^### Catalog: 243 added, 5 removed, 83 changed, 0 the same\n/);
  expect(markdown).toContain(
    '| changed | `io.github.stacklok/arxiv-mcp-server` | `1.0.0` | **security**: new allowed host: `api.semanticscholar.org`; ',
  );
  const { entries } = JSON.parse(diffJson(diff)) as {
    readonly entries: readonly { readonly attention: string; readonly statements: readonly unknown[]; readonly change: string }[];
  };
  expect(entries).toHaveLength(331);
  expect(entries.filter(({ change, statements }) => change !== 'removed' && statements.length === 0)).toEqual([]);
});
