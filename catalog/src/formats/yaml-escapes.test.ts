import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { writeYaml } from './yaml.ts';

const NUL = '\u0000';

test.each<[what: string, text: string]>([
  ['C1', 'a\u009b1m\u009d'],
  ['the reading direction', 'a\u202egnp.exe'],
  ['separators', 'a\u2028b\u2029c'],
  ['a tag', 'a\u{e0041}'],
  ['NUL, and what follows it', `a${NUL}x41;`],
  ['several lines', 'a\u202e\nb\tc'],
  ['what looks like a mark', String.raw`\0x41;`],
  ['what looks like a mark beside one', `\\\\0x41;\u202e\\0x42;`],
  ['a backslash before one', `\\\u202e`],
  ['nothing of that', 'Zürich 日本 😀'],
])('%s', (_, text) => {
  const value = { [text]: [text, { deep: text }] };
  const yaml = writeYaml(value) ?? '';
  expect(load(yaml)).toEqual(value);
  expect(yaml).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});
