import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { PUBLISHER_META, TOOLHIVE_EXTENSION } from '../entry/entry.ts';
import { parseExact } from '../exact-json.ts';
import { canonicalText, type Json } from '../json.ts';
import { differences } from './differences.ts';

/** `changed /a`, one for each difference. */
function shown(before: Json, after: Json): string[] {
  return differences(before, after).listed.map(({ kind, pointer }) => `${kind} ${pointer}`);
}

const npm = { registryType: 'npm', identifier: '@example/a', version: '1.0.0' };
const pypi = { registryType: 'pypi', identifier: 'a', version: '1.0.0' };
const image = (identifier: string): Json => ({ registryType: 'oci', identifier });
const remote = (type: string, url: string): Json => ({ type, url });
const named = (...names: string[]): Json => names.map((name) => ({ name }));
const extensions = (members: Record<string, Json>): Json => ({ [PUBLISHER_META]: { [TOOLHIVE_EXTENSION]: members } });
const EXTENSIONS = `/io.modelcontextprotocol.registry~1publisher-provided/${TOOLHIVE_EXTENSION}`;

describe('differences', () => {
  test.each<[string, Json, Json, string[]]>([
    ['nothing of equal values', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['nothing of keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['scalars', 1, '1', ['changed ']],
    ['members', { a: 1, b: 1, c: 1 }, { b: 2, c: 1, d: 1 }, ['removed /a', 'changed /b', 'added /d']],
    ['null is a value', { a: null }, {}, ['removed /a']],
    ['another kind of value', { a: {} }, { a: [] }, ['changed /a']],
    ['keys of a pointer are escaped', {}, { 'a/b~c': 1 }, ['added /a~1b~0c']],
    ['keys of a prototype are data', {}, JSON.parse('{"__proto__":{"constructor":1}}') as Json, ['added /__proto__']],
    ['texts of a list come and go', ['a', 'b'], ['b', 'c'], ['removed /0', 'added /1']],
    ['a text that is there twice', ['a', 'a', 'b'], ['a', 'b'], ['removed /1']],
    ['the order of a list', ['a', 'b'], ['b', 'a'], ['reordered ']],
    ['a list that is emptied', { a: [1, 2] }, { a: [] }, ['changed /a']],
    ['a list that was empty', { a: [] }, { a: [1, 2] }, ['added /a/0', 'added /a/1']],
    ['an element that is put in, in front of others', named('b', 'c'), named('a', 'b', 'c'), ['added /0']],
    ['objects without a name, in their order', [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }], ['changed /1/a']],
    ['lists in lists, in their order', [[1], [2]], [[1], [3]], ['removed /1/0', 'added /1/0']],
    ['an object that takes the place of a text', ['a'], [{ a: 1 }], ['removed /0', 'added /0']],
    [
      'an element with a name, wherever it stands',
      { tools: [{ name: 'a', x: 1 }, { name: 'b' }] },
      { tools: [{ name: 'c' }, { name: 'a', x: 2 }] },
      ['changed /tools/1/x', 'removed /tools/1', 'added /tools/0'],
    ],
    [
      'of several with the same name an equal one first',
      [
        { name: '-e', value: '1' },
        { name: '-e', value: '2' },
      ],
      [
        { name: '-e', value: '3' },
        { name: '-e', value: '1' },
        { name: '-e', value: '2' },
      ],
      ['added /0'],
    ],
    [
      'a package by type and identifier',
      { packages: [npm, pypi] },
      { packages: [{ ...pypi, version: '2' }, npm] },
      ['changed /packages/0/version', 'reordered /packages'],
    ],
    [
      'a package in words of summer 2025',
      { packages: [{ registry_type: 'npm', identifier: 'a', version: '1' }, npm] },
      { packages: [npm, { registry_type: 'npm', identifier: 'a', version: '2' }] },
      ['changed /packages/1/version', 'reordered /packages'],
    ],
    [
      'an image in another version',
      { packages: [image('ghcr.io/a/b:1'), image('ghcr.io/a/c:1')] },
      { packages: [image('ghcr.io/a/c:1'), image('ghcr.io/a/b:2@sha256:ab')] },
      ['changed /packages/1/identifier', 'reordered /packages'],
    ],
    [
      'a download in another version',
      { packages: [{ registryType: 'mcpb', identifier: 'https://github.com/a/b/releases/download/v1/x.mcpb' }, npm] },
      { packages: [npm, { registryType: 'mcpb', identifier: 'https://github.com/a/b/releases/download/v2/x.mcpb' }] },
      ['changed /packages/1/identifier', 'reordered /packages'],
    ],
    [
      'the only package of its type',
      { packages: [npm, image('a/b:1')] },
      { packages: [npm, image('ghcr.io/c/d:1')] },
      ['changed /packages/1/identifier'],
    ],
    [
      'several packages of a type',
      { packages: [image('a/b'), image('a/c')] },
      { packages: [image('a/d'), image('a/e')] },
      ['removed /packages/0', 'removed /packages/1', 'added /packages/0', 'added /packages/1'],
    ],
    ['a package of another type', { packages: [npm] }, { packages: [pypi] }, ['removed /packages/0', 'added /packages/0']],
    [
      'the same package by two transports',
      {
        packages: [
          { ...npm, transport: { type: 'stdio' } },
          { ...npm, transport: { type: 'sse', url: 'a' } },
        ],
      },
      { packages: [{ ...npm, transport: { type: 'sse', url: 'b' } }] },
      ['changed /packages/0/transport/url', 'removed /packages/0'],
    ],
    [
      'a remote by type and URL',
      { remotes: [remote('sse', 'https://a'), remote('sse', 'https://b')] },
      { remotes: [remote('sse', 'https://c'), remote('sse', 'https://b')] },
      ['changed /remotes/0/url'],
    ],
    [
      'a remote by its URL',
      { remotes: [remote('sse', 'https://a'), remote('sse', 'https://b')] },
      { remotes: [remote('streamable-http', 'https://a'), remote('sse', 'https://c')] },
      ['changed /remotes/0/type', 'changed /remotes/1/url'],
    ],
    [
      'positional arguments by their hint',
      {
        packageArguments: [
          { valueHint: 'a', value: '1' },
          { valueHint: 'b', value: '1' },
        ],
      },
      { packageArguments: [{ valueHint: 'b', value: '2' }] },
      ['changed /packageArguments/0/value', 'removed /packageArguments/0'],
    ],
    [
      "ToolHive's extension of an image in another version",
      extensions({ 'a/b:1': { tier: 'x' } }),
      extensions({ 'a/b:2': { tier: 'y' } }),
      [`renamed ${EXTENSIONS}/a~1b:2`, `changed ${EXTENSIONS}/a~1b:2/tier`],
    ],
    [
      "ToolHive's extensions of two images",
      extensions({ 'a/b:1': { t: 1 }, 'a/c:1': { t: 2 } }),
      extensions({ 'a/c:2': { t: 2 }, 'a/d:1': { t: 1 } }),
      [`renamed ${EXTENSIONS}/a~1c:2`, `renamed ${EXTENSIONS}/a~1d:1`],
    ],
    ['members elsewhere are not renamed', { x: { 'a/b:1': 1 } }, { x: { 'a/b:2': 1 } }, ['removed /x/a~1b:1', 'added /x/a~1b:2']],
  ])('%s', (_, before, after, expected) => {
    expect(shown(before, after)).toEqual(expected);
  });

  test('an element is named by its identity', () => {
    const [difference] = differences(
      { packages: [{ ...npm, environmentVariables: [{ name: 'A' }] }] },
      { packages: [{ ...npm, environmentVariables: [{ name: 'A', isSecret: true }] }] },
    ).listed;
    expect(difference).toEqual({
      kind: 'added',
      pointer: '/packages/0/environmentVariables/0/isSecret',
      path: [
        { key: 'packages' },
        { key: '0', name: 'npm @example/a' },
        { key: 'environmentVariables' },
        { key: '0', name: 'A' },
        { key: 'isSecret' },
      ],
      after: true,
    });
  });
});

/** The value at a pointer. */
function valueAt(value: Json, pointer: string): Json | undefined {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>(
      (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Record<string, Json>)[key] : undefined),
      value,
    );
}

/** Values that have something in common, with the keys by which elements are identified. */
const values = fc.letrec<{ value: Json; list: Json[]; object: Record<string, Json> }>((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, fc.constantFrom(null, true, 0, 1, '', 'a', 'b'), tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(
    fc.constantFrom('name', 'packages', 'remotes', 'identifier', 'url', 'type', PUBLISHER_META, TOOLHIVE_EXTENSION, 'a/b:1', 'a/b:2'),
    tie('value'),
    { maxKeys: 4 },
  ),
})).value;

test('values differ exactly where a difference is listed, and pointers lead to it', () => {
  fc.assert(
    fc.property(values, values, (before, after) => {
      const found = differences(before, after);
      expect(found.listed.length === 0).toBe(canonicalText(before) === canonicalText(after));
      for (const difference of found.listed) {
        if (difference.kind === 'renamed' || difference.kind === 'reordered') continue;
        const { kind, pointer } = difference;
        if (kind === 'removed') expect(valueAt(before, pointer)).toEqual(difference.before);
        else expect(valueAt(after, pointer)).toEqual(difference.after);
        expect([Object.hasOwn(difference, 'before'), Object.hasOwn(difference, 'after')]).toEqual([kind !== 'added', kind !== 'removed']);
      }
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['9007199254740993', '9007199254740992'],
  ['1.10', '1.1'],
  ['1e400', '1e401'],
  ['1.10', '{"rawJSON":"1.10"}'],
])('the numbers %s and %s differ, and keep their digits', (before, after) => {
  const [first, second] = [`{"a":[{"name":"x","n":${before}}]}`, `{"a":[{"name":"x","n":${after}}]}`];
  expect(differences(parseExact(first), parseExact(first)).listed).toEqual([]);
  const [found] = differences(parseExact(first), parseExact(second)).listed;
  expect(JSON.stringify([found?.pointer, found?.before, found?.after])).toBe(`["/a/0/n",${before},${after}]`);
});

describe('hostile values', () => {
  const nested = (levels: number): Json => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as Json;
  test.each([200, 255])('%i levels are compared', (levels) => {
    expect(differences(nested(levels), nested(levels)).listed).toEqual([]);
    expect(differences(nested(levels), nested(levels - 1)).listed).toHaveLength(1);
  });

  test('too deeply nested values count as different', () => {
    const { listed } = differences({ a: nested(100_000), b: 1 }, { a: nested(100_000), b: 1 });
    expect(listed).toHaveLength(1);
    expect(listed[0]?.path).toHaveLength(256);
  });

  test('no more differences than wanted are listed, and all are counted', () => {
    const numbers = (from: number): Json => Array.from({ length: 100_000 }, (_, index) => from + index);
    const found = differences({ a: numbers(0) }, { a: numbers(100_000) });
    expect([found.listed.length, found.unlisted]).toEqual([1_000, 199_000]);
    expect(differences({ a: 1, b: 1 }, {}, 1)).toMatchObject({ listed: [{ pointer: '/a' }], unlisted: 1 });
  });

  test('many elements with the same name', () => {
    const list = (from: number): Json => Array.from({ length: 50_000 }, (_, index) => ({ name: 'a', value: from + index }));
    expect(differences(list(0), list(1)).listed.map(({ pointer }) => pointer)).toEqual(['/49999/value', '']);
  });

  test('long keys are truncated in pointers', () => {
    const [found] = differences({}, { ['k'.repeat(100_000)]: 1 }).listed;
    expect(found?.pointer).toBe(`/${'k'.repeat(200)}…`);
  });
});
