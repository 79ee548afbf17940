import { expect, test } from '@jest/globals';
import { piecesOf } from '../catalog/highlight.tsx';
import { seen } from './plain.tsx';
import { safeUrl } from './safe-url.ts';
import { relative } from './time.tsx';

test.each<[url: string | undefined, safe: string | undefined]>([
  ['https://a.example/x?y#z', 'https://a.example/x?y#z'],
  ['http://a.example', 'http://a.example/'],
  [' https://a.example ', 'https://a.example/'],
  ['javascript:alert(1)', undefined],
  ['JaVaScRiPt:alert(1)', undefined],
  ['java\nscript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['vbscript:x', undefined],
  ['file:///etc/passwd', undefined],
  ['//a.example/x', undefined],
  ['/relative', undefined],
  ['https://user:password@a.example/', undefined],
  ['', undefined],
  [undefined, undefined],
])('a link to %j', (url, safe) => {
  expect(safeUrl(url)).toBe(safe);
});

test.each<[text: string, shown: string]>([
  ['plain text', 'plain text'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['two\r\nlines\rmore', 'two\nlines\nmore'],
  ['half \ud83d', String.raw`half \u{D83D}`],
  ['gnp\u202Eexe', String.raw`gnp\u{202E}exe`],
  ['\u0000\u001b[31m', String.raw`\x00\x1B[31m`],
  ['a\u200Bb\uFEFF', String.raw`a\u{200B}b\u{FEFF}`],
  ['\u{E0041}', String.raw`\u{E0041}`],
  ['👩\u200D💻 می\u200Cخواهم', '👩\u200D💻 می\u200Cخواهم'],
  ['Größe 東京', 'Größe 東京'],
])('%j is seen as %j', (text, shown) => {
  expect(seen(text)).toBe(shown);
});

test.each<[text: string, words: string[], marked: string[]]>([
  ['Sends email and e-mails', ['email', 'mail'], ['email', 'mail']],
  ['Postgres', ['postgres'], ['Postgres']],
  ['a+b (c)', ['a+b', '(c)'], ['a+b', '(c)']],
  ['nothing', [], []],
  ['nothing', ['else', ''], []],
])('of %j the words %j are marked', (text, words, marked) => {
  const pieces = piecesOf(text, words);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  expect(pieces.filter((piece) => piece.marked).map((piece) => piece.text)).toEqual(marked);
});

const NOW = Date.parse('2026-06-15T12:00:00Z');

test.each<[time: string, said: string]>([
  ['2026-06-15T11:59:55Z', '5 seconds ago'],
  ['2026-06-15T11:58:00Z', '2 minutes ago'],
  ['2026-06-15T15:00:00Z', 'in 3 hours'],
  ['2026-06-14T12:00:00Z', 'yesterday'],
  ['2026-03-20T00:00:00Z', '3 months ago'],
  ['2024-06-15T00:00:00Z', '2 years ago'],
  ['2026-06-15T11:00:10Z', '1 hour ago'],
  ['2026-06-14T12:10:00Z', 'yesterday'],
])('%s is %s', (time, said) => {
  expect(relative(time, NOW)).toBe(said);
});
