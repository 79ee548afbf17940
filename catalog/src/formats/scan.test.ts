import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { findItems } from './scan.ts';

/** A document that was cut and put together again; undefined where it has to be parsed as a whole. Throws where a part is no JSON. */
function cut(text: string): { pointer: string; items: unknown[]; around: unknown } | undefined {
  const bytes = Buffer.from(text);
  const found = findItems(bytes);
  if (found === undefined) return undefined;
  const part = (from: number, to: number): string => new TextDecoder().decode(bytes.subarray(from, to));
  const items = [...found.starts].map((start, index) => JSON.parse(part(start, found.ends[index] ?? 0)) as unknown);
  const around = JSON.parse(`${part(0, found.before)}[]${part(found.after, bytes.length)}`) as unknown;
  return { pointer: found.pointer, items, around };
}

const SHAPES = {
  '': (items: unknown[]) => items,
  '/servers': (items: unknown[], other: unknown) => ({ metadata: other, servers: items, more: other }),
  '/data/servers': (items: unknown[], other: unknown) => ({ version: other, data: { groups: other, servers: items }, meta: other }),
} as const;
/** Without the keys that are looked for: a list may stand under one of them as well. */
const value = fc.jsonValue({ maxDepth: 3 }).filter((json) => !/"(?:servers|data)"/.test(JSON.stringify(json)));
const documents = fc.record({
  pointer: fc.constantFrom('', '/servers', '/data/servers'),
  items: fc.array(value, { maxLength: 5 }),
  other: value,
  indent: fc.constantFrom(0, 2, '\t'),
});

describe('a list of servers', () => {
  test('is split into what JSON.parse finds in it, however the document is written', () => {
    fc.assert(
      fc.property(documents, ({ pointer, items, other, indent }) => {
        const document = SHAPES[pointer](items, other);
        const found = cut(JSON.stringify(document, undefined, indent));
        expect(found?.pointer).toBe(pointer);
        expect(found?.items).toEqual(JSON.parse(JSON.stringify(items)));
        expect(found?.around).toEqual(JSON.parse(JSON.stringify(SHAPES[pointer]([], other))));
      }),
    );
  });

  test('of a damaged document is never taken for complete', () => {
    fc.assert(
      fc.property(documents, fc.nat(), fc.constantFrom('', ',', ']', '}', '"', '[', ':', 'x'), ({ pointer, items, other }, at, put) => {
        const text = JSON.stringify(SHAPES[pointer](items, other));
        const place = at % (text.length + 1);
        const damaged = text.slice(0, place) + put + text.slice(place + 1);
        let found: ReturnType<typeof cut>;
        try {
          found = cut(damaged);
        } catch {
          return;
        }
        if (found === undefined) return;
        // It was no damage after all.
        const whole = JSON.parse(damaged) as Record<string, unknown>;
        const list =
          found.pointer === ''
            ? whole
            : found.pointer === '/servers'
              ? whole['servers']
              : (whole['data'] as Record<string, unknown>)['servers'];
        expect(found.items).toEqual(list);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['nothing', ''],
    ['a text', '"servers"'],
    ["ToolHive's form", '{"servers": {"a": {}}}'],
    ['other keys', '{"a": [1], "data": [1]}'],
    ['a key twice', '{"servers": [1], "servers": [2]}'],
    ['two lists', '{"data": {"servers": [1]}, "servers": [2]}'],
    ['a key that is written otherwise', '{"\\u0073ervers": [1]}'],
    ['a list within data within data', '{"data": {"data": {"servers": [1]}}}'],
    ['a list that does not end', '[1, 2'],
    ['a comma too many', '[1, 2,]'],
    ['a comma too few', '[1 2]'],
    ['something behind it that is missing', '{"servers": [1], '],
  ])('is not found in %s', (_, text) => {
    expect(cut(text)).toBeUndefined();
  });

  test('is found after a byte order mark', () => {
    expect(cut('\ufeff[1]')).toEqual({ pointer: '', items: [1], around: [] });
  });
});
