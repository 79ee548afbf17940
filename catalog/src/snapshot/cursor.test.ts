import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor.ts';

test('cursors survive a round trip, in URL-safe characters', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[!-~]{1,200}$/), fc.stringMatching(/^[!-~]{1,255}$/), (name, version) => {
      const cursor = encodeCursor({ name, version });
      expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(decodeCursor(cursor)).toEqual({ name, version });
    }),
  );
});

test.each([
  [''],
  ['a:b'],
  ['%%'],
  [Buffer.from('no line').toString('base64url')],
  [Buffer.from('a\nb\nc').toString('base64url')],
  ['x'.repeat(2000)],
])('the cursor %j is refused', (cursor) => {
  expect(decodeCursor(cursor)).toBeUndefined();
});
