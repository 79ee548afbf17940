import { expect, test } from '@jest/globals';
import { printable, printableJson } from './printable.ts';

test.each<[what: string, text: string, shown: string]>([
  ['letters of all kinds', 'Zürich 日本 عربى 😀 é', 'Zürich 日本 عربى 😀 é'],
  ['a sequence that sets a color', '\u001b[31mred', String.raw`\x1B[31mred`],
  ['NUL and DEL', '\u0000\u007f', String.raw`\x00\x7F`],
  ['C1', '\u009b1m', String.raw`\x9B1m`],
  ['a carriage return', 'good\rbad', String.raw`good\x0Dbad`],
  ['a line feed and a tab', 'a\n\tb', String.raw`a\x0A\x09b`],
  ['separators', 'a\u2028b\u2029c', String.raw`a\u{2028}b\u{2029}c`],
  ['embeddings and overrides', '\u202a\u202b\u202c\u202d\u202e', String.raw`\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}`],
  ['isolates', '\u2066\u2067\u2068\u2069', String.raw`\u{2066}\u{2067}\u{2068}\u{2069}`],
  ['marks of direction', '\u200e\u200f\u061c', String.raw`\u{200E}\u{200F}\u{61C}`],
  ['zero width', 'a\u200b\u200c\u200d\u2060b', String.raw`a\u{200B}\u{200C}\u{200D}\u{2060}b`],
  ['a byte order mark', '\ufeffa', String.raw`\u{FEFF}a`],
  ['a tag', 'a\u{e0041}', String.raw`a\u{E0041}`],
  ['halves of characters', '\ud83d \ude00', String.raw`\u{D83D} \u{DE00}`],
])('%s', (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

test('ends of lines and tabs are kept where they are wanted, and nothing else', () => {
  expect(printable('a\n\tb\r\n\u001bc', 'keep')).toBe('a\n\tb\\x0D\n\\x1Bc');
});

test.each([['\u001b[0m\u007f\u0085'], ['\u202e\ufeff\u2028'], ['\u{e0041}😀'], ['a\nb']])('JSON of %j means the same', (text) => {
  const json = printableJson({ [text]: [text] }, 2);
  expect(JSON.parse(json)).toEqual({ [text]: [text] });
  expect(json).toMatch(/^[\n\P{C}]*$/u);
});
