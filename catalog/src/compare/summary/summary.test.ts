import { describe, expect, test } from '@jest/globals';
import { OFFICIAL_META, ORIGIN_META, PUBLISHER_META, TOOLHIVE_EXTENSION } from '../../entry/entry.ts';
import type { JsonObject } from '../../json.ts';
import { draft, serverJson, snapshotFrom, testdata } from '../../testing.ts';
import { itemsOf } from '../../views/items.ts';
import { compareCatalogs, itemDifferences } from '../catalogs.ts';
import { differences } from '../differences.ts';
import { factsOf, type CatalogItem } from '../facts.ts';
import { summaryOf } from './summary.ts';

import { between, npm, oci, outbound, texts, toolhive } from './testing.ts';

describe('items', () => {
  const item = (meta: JsonObject): CatalogItem => ({ server: serverJson('a/b'), _meta: meta });
  const skill = (fields: JsonObject): CatalogItem => ({
    kind: 'skill',
    server: { namespace: 'a', name: 'b', version: '1', description: 'd', ...fields },
  });
  test.each<[string, CatalogItem, CatalogItem, string[]]>([
    [
      'status',
      item({}),
      item({ [OFFICIAL_META]: { status: 'deprecated', statusMessage: 'old' } }),
      ['behavior: status changed: active → deprecated', 'text: reason of status added: old'],
    ],
    [
      'what server.json has no place for',
      item({ [ORIGIN_META]: { carried: { patch: { oauth: 1 } } } }),
      item({ [ORIGIN_META]: { carried: { patch: { oauth: 2 } } } }),
      ['behavior: part without a place in server.json changed: oauth (1 → 2)'],
    ],
    [
      "other registries' words",
      item({}),
      item({ 'com.example/rating': { stars: 5 } }),
      ['text: registry\'s metadata added: com.example/rating = {"stars":5}'],
    ],
    [
      'tools of a skill',
      skill({ allowedTools: ['Read'] }),
      skill({ allowedTools: ['Read', 'Bash'] }),
      ['security: new allowed tool: Bash'],
    ],
    [
      'where a skill is',
      skill({ packages: [{ registryType: 'git', url: 'https://github.com/a/b', ref: '1' }] }),
      skill({ packages: [{ registryType: 'git', url: 'https://github.com/c/b', ref: '2' }] }),
      [
        'security: package comes from another place: https://github.com/a/b → https://github.com/c/b',
        'behavior: commit of package changed: git https://github.com/c/b (1 → 2)',
      ],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(texts(summaryOf(itemDifferences(before, after)))).toEqual(expected);
  });

  test('a new server is described by what it runs, asks for and may do', () => {
    const server = serverJson('a/b', {
      title: 'B',
      repository: { url: 'https://github.com/a/b', source: 'github' },
      ...npm({ environmentVariables: [{ name: 'KEY', isSecret: true }] }),
      ...outbound({ allow_host: ['a.example'] }),
    });
    expect(texts(summaryOf(differences({}, factsOf({ server, _meta: { [OFFICIAL_META]: { status: 'active' } } }))))).toEqual([
      'security: new package: npm x = 1.0.0',
      'security: new environment variable: KEY (secret)',
      'security: new allowed host: a.example',
      'text: description: What a/b does',
    ]);
  });

  test('an image in a new version, with the extension that goes with it', () => {
    const version = (tag: string, tier: string): CatalogItem => ({
      server: serverJson('a/b', {
        ...oci(`ghcr.io/a/b:${tag}`),
        _meta: { [PUBLISHER_META]: { [TOOLHIVE_EXTENSION]: { [`ghcr.io/a/b:${tag}`]: { tier } } } },
      }),
    });
    expect(texts(summaryOf(itemDifferences(version('1', 'x'), version('2', 'y'))))).toEqual([
      'behavior: image changed: ghcr.io/a/b:1 → ghcr.io/a/b:2',
      'behavior: tier changed: x → y',
    ]);
  });
});

describe('hostile entries', () => {
  test('unlisted differences need a review', () => {
    const many = (from: number): JsonObject => toolhive({ tags: Array.from({ length: 2_000 }, (_, index) => `t${from + index}`) });
    const [first, ...others] = texts(
      summaryOf(itemDifferences({ server: serverJson('a/b', many(0)) }, { server: serverJson('a/b', { ...many(2_000), ...npm({}) }) })),
    );
    expect(first).toBe('security: 3001 more differences that are not listed here');
    expect(others).toHaveLength(1);
  });

  test('more parts than are described', () => {
    const hosts = Array.from({ length: 30_000 }, (_, index) => `h${index}`);
    const [first] = texts(
      summaryOf(itemDifferences({ server: serverJson('a/b') }, { server: serverJson('a/b', outbound({ allow_host: hosts })) })),
    );
    expect(first).toBe('security: more differences than are listed here');
  });

  test.each<[string, JsonObject]>([
    ['packages', { packages: [null, 1, 'x', [], {}, { registryType: 5, identifier: {} }] }],
    ['remotes', { remotes: [null, [], { url: 7, headers: 'x' }] }],
    ['variables', npm({ environmentVariables: [null, 'A', { name: { a: 1 } }, {}], packageArguments: { a: 1 } })],
    [
      'extensions',
      {
        _meta: {
          [PUBLISHER_META]: {
            [TOOLHIVE_EXTENSION]: {
              a: null,
              b: [],
              c: { permissions: [], tools: { a: 1 }, tool_definitions: [1, {}], provenance: 'x', args: 'x' },
            },
          },
        },
      },
    ],
    ['keys of a prototype', JSON.parse('{"__proto__":{"a":1},"constructor":[]}') as JsonObject],
  ])('%s of odd types are described when they are added or removed', (_, fields) => {
    expect(between({}, fields).length).toBeGreaterThan(0);
    expect(between(fields, {}).length).toBeGreaterThan(0);
  });
});

test.each([
  ['toolhive-legacy-2025-10-22.json', 'toolhive-catalog-2026-08-24.json'],
  ['mcp-registry-seed-2025-09-29.json', 'official-registry-dump-2026-02-06.json'],
])('every difference between real entries is described: %s, %s', (before, after) => {
  const read = (name: string): CatalogItem[] => [...itemsOf(snapshotFrom(draft('s', testdata(name))))];
  const { changed, added } = compareCatalogs(read(before), read(after), { by: 'server' });
  expect(changed.length).toBeGreaterThan(10);
  for (const { name, differences: found } of changed) {
    if (found === undefined) throw new Error(`${name} has no differences`);
    const spoken = summaryOf(found).flatMap(({ subjects }) => subjects.map(({ pointer }) => pointer));
    const isSpoken = (pointer: string): boolean => spoken.some((one) => one.startsWith(pointer));
    const silent = found.listed.filter(({ kind, pointer }) => kind !== 'renamed' && !isSpoken(pointer)).map(({ pointer }) => pointer);
    // Icons and definitions of tools have one statement for all.
    expect(silent.filter((pointer) => !/\/icons\/|\/tool_definitions\//.test(pointer))).toEqual([]);
  }
  for (const { differences: found } of added)
    expect(summaryOf(found ?? { listed: [], unlisted: 0 }).some(({ what }) => what === 'description')).toBe(true);
});
