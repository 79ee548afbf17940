import { expect, test } from '@jest/globals';
import { base64, shellCommand, shellQuote, tomlKey, tomlString } from './quote.ts';
import { shellWords } from './testing.ts';

test.each([
  ['npx', 'npx'],
  ['@example/weather@1.2.3', '@example/weather@1.2.3'],
  ['--port=8080', '--port=8080'],
  ['https://example.com/mcp', 'https://example.com/mcp'],
  ['', "''"],
  ['two words', "'two words'"],
  ["it's", String.raw`'it'\''s'`],
  [String.raw`C:\Users`, String.raw`'C:'\\'Users'`],
  ['$HOME', "'$HOME'"],
  ['~', "'~'"],
  ['=ls', "'=ls'"],
  ['a#b', "'a#b'"],
  ['{"a":1}', `'{"a":1}'`],
])('%j is written as %s', (word, quoted) => {
  expect(shellQuote(word)).toBe(quoted);
});

test('a shell reads quoted words back, and runs none of them', () => {
  const words = [
    '',
    ' ',
    "'",
    '"',
    '\\',
    "\\'",
    `'; touch /tmp/owned; '`,
    '$(touch /tmp/owned)',
    '`id`',
    '${HOME}',
    '$((1+1))',
    '!!',
    '*',
    '?',
    '[a]',
    '~root',
    '&& id',
    '| id',
    '> /tmp/owned',
    '<(id)',
    '#',
    '-n',
    '--',
    '%s',
    'a\nb',
    'a\rb',
    '\t',
    '\u00a0',
    '…',
    '🙂',
    'a\'b\\c"d`e$f',
    String.fromCharCode(...Array.from({ length: 94 }, (_, index) => index + 33)),
  ];
  expect(shellWords([shellCommand(words), ...words.map(shellQuote)])).toEqual([words, ...words.map((word) => [word])]);
});

test.each([
  ['plain', '"plain"'],
  ['"', String.raw`"\""`],
  ['\\', String.raw`"\\"`],
  ['"]\n[other]\ncommand = "rm', String.raw`"\"]\n[other]\ncommand = \"rm"`],
  ['\u0000\u001f\u007f', String.raw`"\u0000\u001f\u007f"`],
  ['\ud800', '"\ufffd"'],
  ['é🙂', '"é🙂"'],
])('%j in TOML is %s', (text, written) => {
  expect(tomlString(text)).toBe(written);
});

test.each([
  ['API_KEY', 'API_KEY'],
  ['a.b', '"a.b"'],
  ['x]\ny = 1', String.raw`"x]\ny = 1"`],
])('the key %j of TOML is %s', (key, written) => {
  expect(tomlKey(key)).toBe(written);
});

test('Base64 is that of the UTF-8 bytes', () => {
  expect(Buffer.from(base64('é🙂 {"a":1}'), 'base64').toString()).toBe('é🙂 {"a":1}');
});
