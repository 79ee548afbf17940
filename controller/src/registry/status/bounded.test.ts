import { expect, test } from '@jest/globals';
import { boundedCount, boundedMessage, boundedReason, boundedText } from './bounded.ts';

test.each<[string, string, string]>([
  ['an empty one', '', ''],
  ['one that is as long as may be', 'x'.repeat(4_096), 'x'.repeat(4_096)],
  ['one that is too long', 'x'.repeat(4_097), `${'x'.repeat(4_096)}… (1 more characters)`],
  ['one that is far too long', 'x'.repeat(104_096), `${'x'.repeat(4_096)}… (100000 more characters)`],
  ['one that would be cut within a character', `${'x'.repeat(4_095)}😀`, `${'x'.repeat(4_095)}… (2 more characters)`],
  ['one that somebody else has cut within a character', 'x\uD83D', 'x\uFFFD'],
])('a message: %s', (_, message, expected) => {
  expect(boundedMessage(message)).toBe(expected);
  expect(JSON.parse(JSON.stringify(boundedMessage(message)))).toBe(expected);
});

test.each<[string, string]>([
  ['SourceNotFound', 'SourceNotFound'],
  ['A', 'A'],
  ['a_b,c:d9', 'a_b,c:d9'],
  ['x'.repeat(1_024), 'x'.repeat(1_024)],
  ['x'.repeat(1_025), 'Unknown'],
  ['', 'Unknown'],
  ['not found', 'Unknown'],
  ['Not-Found', 'Unknown'],
  ['9lives', 'Unknown'],
  ['ends:', 'Unknown'],
  ['Ünknown', 'Unknown'],
  ['Two\nlines', 'Unknown'],
])('a reason %j becomes %j', (reason, expected) => {
  expect(boundedReason(reason)).toBe(expected);
});

test("texts and counts stay within the CRD's limits", () => {
  expect(boundedText('abc', 2)).toBe('ab');
  expect(boundedText('a😀', 2)).toBe('a');
  expect([boundedCount(3), boundedCount(2 ** 40)]).toEqual([3, 2_147_483_647]);
});
