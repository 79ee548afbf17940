import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { isExactNumber, parseExact } from './exact-json.ts';
import { draft, serverJson, snapshotOf } from './testing.ts';

describe('numbers come back unchanged', () => {
  test.each([
    '9007199254740993',
    '-9007199254740993',
    '12345678901234567890123',
    '1e400',
    '1e-400',
    '-0',
    '-0.0',
    '3.14159265358979323846',
    '9007199254740992',
    '1e3',
    '1.50',
    '1.0',
    '100000000000000000000',
    '1E21',
    '1e+21',
    '0.0',
    '0.10',
    '10',
    '-1.5',
    '0',
  ])('%s', (number) => {
    for (const text of [`{"a":${number}}`, `[1,${number}]`, `{"a":[${number},"b"]}`, `{"a":[[1,${number}]]}`]) {
      expect(JSON.stringify(parseExact(text))).toBe(text);
      expect(JSON.stringify(parseExact(text.replaceAll(/([:,[])/g, '$1 ').replaceAll(/([\]}])/g, ' $1')))).toBe(text);
    }
  });

  test('everything else is parsed as usual', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.stringify(parseExact(text))).toBe(text.includes('-0') ? text : JSON.stringify(JSON.parse(text)));
      }),
    );
    expect(Object.keys(parseExact('{"__proto__":{"a":9007199254740993}}') as object)).toEqual(['__proto__']);
    expect(isExactNumber({ rawJSON: '1' })).toBe(false);
  });

  test('a number of a million digits costs no more than its length', () => {
    const digits = `1${'0'.repeat(1_000_000)}1`;
    expect(JSON.stringify(parseExact(`[${digits}]`))).toBe(`[${digits}]`);
  });

  test('a number text that is not valid JSON is an error', () => {
    expect(() => parseExact('{"a": 1e400.5}')).toThrow(SyntaxError);
  });
});

test('an entry is served with the numbers of its source', () => {
  const text = JSON.stringify(serverJson('a/b', { _meta: { x: 'N' } })).replace('"N"', '[18446744073709551615,-0]');
  const first = snapshotOf([draft('s', Buffer.from(`[${text}]`))]);
  expect(first.version('a/b', 'latest', { includeDeleted: false })?.toString()).toContain('[18446744073709551615,-0]');
});
