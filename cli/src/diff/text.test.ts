import { describe, expect, test } from '@jest/globals';
import { diffOfItems, HOSTILE, printable, server } from './testing.ts';
import { diffText, type DiffStyle } from './text.ts';

const same = (text: string): string => text;
const PLAIN: DiffStyle = { bold: same, dim: same, red: same, green: same, yellow: same };
/** Tells where each style begins and ends. */
const TAGS: DiffStyle = {
  bold: (text) => `<b>${text}</b>`,
  dim: (text) => `<dim>${text}</dim>`,
  red: (text) => `<red>${text}</red>`,
  green: (text) => `<green>${text}</green>`,
  yellow: (text) => `<yellow>${text}</yellow>`,
};

const REMOTE = { remotes: [{ type: 'sse', url: 'https://b.example' }] };
const before = [server('a/changed', '1.0.0'), server('a/gone', '1.0.0'), server('a/same', '1.0.0')];
const after = [server('a/changed', '1.1.0', { ...REMOTE, title: 'T' }), server('a/new', '2.0.0'), server('a/same', '1.0.0')];
const diff = diffOfItems(before, after, { by: 'server' });

test('what needs the closest look comes first', () => {
  expect(diffText(diff, { printable, style: PLAIN })).toBe(
    [
      '~ a/changed 1.0.0 → 1.1.0',
      '    security   new remote URL: https://b.example (sse)',
      '    behavior   version changed: 1.0.0 → 1.1.0',
      '    text       title added: T',
      '- a/gone 1.0.0',
      '+ a/new 2.0.0',
      '    text       description: What it does',
      '',
      'a.json → b.json: 1 added, 1 removed, 1 changed, 1 the same',
      '',
    ].join('\n'),
  );
});

test('styles are those that are given', () => {
  expect(diffText(diff, { printable, style: TAGS }).split('\n').slice(0, 3)).toEqual([
    '<yellow>~</yellow> <b>a/changed</b> <dim>1.0.0 → 1.1.0</dim>',
    '    <red>security   </red>new remote URL: https://b.example (sse)',
    '    <dim>behavior   </dim>version changed: 1.0.0 → 1.1.0',
  ]);
});

describe('other cases', () => {
  test('catalogs that are the same', () => {
    expect(diffText(diffOfItems(before, before), { printable, style: PLAIN })).toBe(
      'a.json → b.json: 0 added, 0 removed, 0 changed, 3 the same\n',
    );
  });

  test('what is not compared', () => {
    const repeated = diffOfItems(before, [...before, ...before]);
    expect(diffText(repeated, { printable, style: PLAIN }).split('\n')[0]).toBe('not compared: 3 entries that occur twice in b.json');
  });

  test('more entries than are looked into', () => {
    const lines = diffText(diffOfItems([], before, { details: 0 }), { printable, style: PLAIN }).split('\n');
    expect(lines.slice(0, 2)).toEqual(['+ a/changed 1.0.0', '    too many entries differ; compare this one by itself']);
  });

  test('skills are called that', () => {
    const skill = { kind: 'skill', server: { namespace: 'a', name: 's', version: '1.0.0', description: 'd' } } as const;
    expect(diffText(diffOfItems([skill], []), { printable, style: PLAIN })).toContain('- skill a/s 1.0.0\n');
  });

  test.each(HOSTILE)('%j stays on its line', (text) => {
    const items = [server(text, text, { title: text, [text]: text, remotes: [{ type: text, url: text }] })];
    const hostile = diffOfItems([server('a/b', '1')], items);
    const shown = diffText({ ...hostile, after: { ...hostile.after, label: text } }, { printable, style: PLAIN });
    expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(shown.split('\n').filter((line) => !/^(?:[+-] | {4}(?:security|behavior|text) |.* → .*: 1 added|$)/.test(line))).toEqual([]);
  });
});
