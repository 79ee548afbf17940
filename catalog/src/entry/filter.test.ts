import { describe, expect, test } from '@jest/globals';
import { compileFilter, type FilterRules } from './filter.ts';
import { entry } from '../testing.ts';

const passes = (rules: FilterRules | undefined, name: string, tags?: string[], alias?: string): boolean =>
  compileFilter(rules)(entry(name, tags, alias)) === undefined;

describe('names', () => {
  test.each<[pattern: string, name: string, expected: boolean]>([
    ['io.github.a/b', 'io.github.a/b', true],
    ['io.github.a/b', 'io.github.a/bc', false],
    ['*', 'io.github.a/b', true],
    ['io.github.*', 'io.github.a/b', true],
    ['io.github.*/*', 'io.github.a/b', true],
    ['*/b', 'io.github.a/b', true],
    ['**', 'a/b/c', true],
    ['*-experimental', 'a/b-experimental', true],
    ['deprecated-*', 'a/deprecated-x', false],
    ['a/?', 'a/b', true],
    ['a/?', 'a/bc', false],
    ['a/[bc]', 'a/c', true],
    ['a/[!b]', 'a/b', false],
    ['a/[', 'a/[', true],
    ['a/[', 'a/b', false],
    ['A/B', 'a/b', false],
    ['!a/b', 'a/c', false],
    ['#a', '#a', true],
    ['a/{b,c}', 'a/b', false],
    ['a/{b,c}', 'a/{b,c}', true],
    ['+(a)', 'aa', false],
    ['.a/*', '.a/b', true],
    ['*', '.a/b', true],
    ['', 'a/b', false],
    ['a'.repeat(257), 'a'.repeat(257), false],
  ])('%s on %s: %s', (pattern, name, expected) => {
    expect(passes({ names: { include: [pattern] } }, name)).toBe(expected);
    expect(passes({ names: { exclude: [pattern] } }, name)).toBe(!expected);
  });

  test("a ToolHive entry's short key counts as a name", () => {
    const rules = { names: { exclude: ['deprecated-*'] } };
    expect(passes(rules, 'io.github.stacklok/deprecated-x', [], 'deprecated-x')).toBe(false);
    expect(passes(rules, 'io.github.stacklok/x', [], 'x')).toBe(true);
  });

  test('a pattern that hangs other libraries is handled', () => {
    expect(passes({ names: { include: ['*a*a*a*a*a*a*a*b'] } }, 'a'.repeat(120))).toBe(false);
  });
});

describe('names and tags together', () => {
  test.each<[what: string, rules: FilterRules | undefined, tags: string[] | undefined, expected: boolean]>([
    ['no filter', undefined, undefined, true],
    ['empty lists', { names: { include: [], exclude: [] }, tags: { include: [], exclude: [] } }, ['x'], true],
    ['tag included', { tags: { include: ['x', 'y'] } }, ['y'], true],
    ['no tag included', { tags: { include: ['x'] } }, ['y'], false],
    ['no tags against include', { tags: { include: ['x'] } }, undefined, false],
    ['no tags against exclude', { tags: { exclude: ['x'] } }, undefined, true],
    ['tags are compared exactly', { tags: { include: ['X'] } }, ['x'], false],
    ['tags are no patterns', { tags: { include: ['*'] } }, ['x'], false],
    ['exclude beats include', { tags: { include: ['x'], exclude: ['y'] } }, ['x', 'y'], false],
    ['name excluded although tag included', { names: { exclude: ['a/*'] }, tags: { include: ['x'] } }, ['x'], false],
    ['name excluded although name included', { names: { include: ['a/b'], exclude: ['a/*'] } }, ['x'], false],
    ['both must pass', { names: { include: ['a/*'] }, tags: { include: ['x'] } }, ['y'], false],
    ['both pass', { names: { include: ['a/*'] }, tags: { include: ['x'] } }, ['x'], true],
  ])('%s', (_, rules, tags, expected) => {
    expect(passes(rules, 'a/b', tags)).toBe(expected);
  });
});
