import { expect, test } from '@jest/globals';
import { parseExact } from '../../exact-json.ts';
import type { Json } from '../../json.ts';
import { phraseOf, type PhraseLimits } from './phrase.ts';
import type { Subject } from './statement.ts';

/** Values in angle brackets. */
function phrase(subjects: readonly Omit<Subject, 'pointer'>[], limits?: PhraseLimits): string {
  const statement = { attention: 'text', what: 'what', subjects: subjects.map((subject) => ({ pointer: '/x', ...subject })) } as const;
  return phraseOf(statement, limits)
    .map((part) => ('words' in part ? part.words : `<${part.value}>`))
    .join('');
}

const long = 'a'.repeat(300);
const nested = JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) as Json;

test.each<[string, readonly Omit<Subject, 'pointer'>[], string]>([
  ['nothing more to say', [], 'what'],
  ['names', [{ name: 'a' }, { name: 'b', notes: 'secret' }], 'what: <a>, <b> (secret)'],
  ['a name and its value', [{ name: 'a', notes: 'n', after: 1 }], 'what: <a> (n) = <1>'],
  ['what a name had', [{ name: 'a', before: null }], 'what: <a> (was <null>)'],
  ['what something had', [{ before: 'x' }], 'what: was <x>'],
  ['a change', [{ before: 'x', after: ['y'] }], 'what: <x> → <["y"]>'],
  ['texts that one would not see', [{ before: '', after: ' x' }], 'what: <""> → <" x">'],
  [
    'numbers by their digits',
    [{ before: parseExact('[1.10]'), after: parseExact('[9007199254740993]') }],
    'what: <[1.10]> → <[9007199254740993]>',
  ],
  ['long values', [{ after: long }], `what: <${'a'.repeat(200)}… (300 characters)>`],
  ['long names', [{ name: long }], `what: <${'a'.repeat(200)}… (300 characters)>`],
  [
    'long values from where they differ',
    [{ before: `${long}x`, after: `${long}y` }],
    `what: <…${'a'.repeat(40)}x> → <…${'a'.repeat(40)}y>`,
  ],
  ['values that are nested deeply', [{ after: nested }], 'what: <…>'],
])('%s', (_, subjects, expected) => {
  expect(phrase(subjects)).toBe(expected);
});

test('no more subjects than requested', () => {
  const names = ['a', 'b', 'c'].map((name) => ({ name }));
  expect(phrase(names, { subjects: 2 })).toBe('what: <a>, <b> and 1 more');
  expect(phrase(names, { subjects: 3 })).toBe('what: <a>, <b>, <c>');
  expect(phrase([{ after: 'abcdef' }], { value: 3 })).toBe('what: <abc… (6 characters)>');
});
