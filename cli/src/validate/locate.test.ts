import { describe, expect, test } from '@jest/globals';
import { positionsIn } from './lines.ts';
import { locatorOf } from './locate.ts';

/** `line:column` of a pointer in a text. */
function at(text: string | Uint8Array, pointer: string, document?: number, path?: string): string {
  const { line, column } = locatorOf(Buffer.from(text), path).at({ pointer, ...(document === undefined ? {} : { document }) });
  return `${line}:${column}`;
}

test.each<[what: string, text: string, offset: number, position: string]>([
  ['an empty text', '', 0, '1:1'],
  ['a beginning', 'ab\ncd', 0, '1:1'],
  ['the end of a line', 'ab\ncd', 2, '1:3'],
  ['a line behind LF', 'ab\ncd', 3, '2:1'],
  ['a line behind CRLF', 'ab\r\ncd', 5, '2:2'],
  ['a line behind CR', 'ab\rcd', 3, '2:1'],
  ['a line behind two ends of lines', 'a\n\r\nb', 4, '3:1'],
  ['a tab is one column', '\t\tx', 2, '1:3'],
  ['a character of two UTF-16 units is two', '😀x', 2, '1:3'],
  ['one of three bytes is one', '日x', 1, '1:2'],
  ['a separator of lines ends none', 'a\u2028b', 2, '1:3'],
  ['behind the end', 'ab', 2, '1:3'],
])('positions: %s', (_, text, offset, position) => {
  const { line, column } = positionsIn(text)(offset);
  expect(`${line}:${column}`).toBe(position);
});

const JSON_TEXT = `{
  "servers": [
    {"name": "a/b"},
    {
      "na~me": 1, "a/b": {"x": [10, [20]]},
      "twice": 1,
      "twice": {"last": 2},
      "": 0
    }
  ]
}
`;

const YAML_TEXT = `# a comment
servers:
  one: &anchor
    image: img
    tags:
      - a
      -   b
  "t/wo": {image: x, list: [1, two]}
  three: *anchor
  4: number
  0x10: sixteen
empty:
---
# only a comment
---
~
---
- name: second
  version: 1.0
`;

describe.each<[language: string, text: string, cases: [pointer: string, position: string, document?: number][]]>([
  [
    'JSON',
    JSON_TEXT,
    [
      ['', '1:1'],
      ['/servers', '2:3'],
      ['/servers/0', '3:5'],
      ['/servers/0/name', '3:6'],
      ['/servers/1/na~0me', '5:7'],
      ['/servers/1/a~1b/x/1/0', '5:38'],
      ['/servers/1/twice', '7:7'],
      ['/servers/1/twice/last', '7:17'],
      ['/servers/1/', '8:7'],
      // As far as it leads.
      ['/servers/1/missing', '4:5'],
      ['/servers/7/name', '2:3'],
      ['/servers/0/name/deeper', '3:6'],
      ['/missing', '1:1'],
    ],
  ],
  [
    'YAML',
    YAML_TEXT,
    [
      ['', '2:1'],
      ['/servers', '2:1'],
      ['/servers/one', '3:3'],
      ['/servers/one/image', '4:5'],
      ['/servers/one/tags/0', '6:9'],
      ['/servers/one/tags/1', '7:11'],
      ['/servers/t~1wo', '8:3'],
      ['/servers/t~1wo/list/1', '8:32'],
      ['/servers/three', '9:3'],
      ['/servers/three/image', '4:5'],
      ['/servers/4', '10:3'],
      ['/servers/16', '11:3'],
      ['/servers/one/missing', '3:3'],
      ['/empty', '12:1'],
      ['/empty/deeper', '12:1'],
      ['', '18:1', 1],
      ['/0', '18:3', 1],
      ['/0/version', '19:3', 1],
      ['/0', '1:1', 2],
    ],
  ],
])('%s', (_, text, given) => {
  const cases = given.map(([pointer, position, document = 0]): [string, string, number] => [pointer, position, document]);

  test.each(cases)('%s is at %s', (pointer, position, document) => {
    expect(at(text, pointer, document)).toBe(position);
  });

  test.each(cases)('%s is at %s with CRLF and a byte order mark as well', (pointer, position, document) => {
    expect(at(`\ufeff${text.replaceAll('\n', '\r\n')}`, pointer, document)).toBe(position);
  });
});

test.each<[what: string, text: string, pointer: string, position: string, path: string | undefined]>([
  ['tabs', '{\n\t"a": {\t"b": 1}}', '/a/b', '2:9', undefined],
  ['characters of several units', '{"😀": 1, "日": {"b": 1}}', '/日/b', '1:17', undefined],
  ['the same in YAML', '😀: 1\n日: {😀: 1, b: 1}\n', '/日/b', '2:12', 'a.yaml'],
  ["JSON in a folder's file of YAML", '{"a": {"b": 1}}', '/a/b', '1:8', 'a.yaml'],
  ['flow style, which only the name tells', '{a: {b: 1}}', '/a/b', '1:6', 'a.yml'],
  ['what is nested too deeply to look through', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, '/0/0', '1:1', undefined],
  ['space before', '\n  [1]', '', '2:3', undefined],
  ['nothing', '', '/a', '1:1', undefined],
])('%s', (_, text, pointer, position, path) => {
  expect(at(text, pointer, undefined, path)).toBe(position);
});

test.each<[what: string, text: string | Uint8Array, position: string]>([
  ['a comma too many', '{\n  "a": 1,\n}', '3:1'],
  ['a word', '[\n  nope]', '2:3'],
  ['a comment', '{\n  // why\n}', '2:3'],
  ['single quotes', "\r\n['a']", '2:2'],
  ['an end too early', '{"a": [1', '1:9'],
  ['no fault: the beginning', '\n {"kind": "Pod"}', '2:2'],
  ['no UTF-8', Buffer.concat([Buffer.from('{\n "ä": "'), Buffer.of(0xff)]), '2:8'],
])('fault: %s', (_, text, position) => {
  const { line, column } = locatorOf(Buffer.from(text), undefined).fault();
  expect(`${line}:${column}`).toBe(position);
});
