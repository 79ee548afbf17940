import { isObject } from '../known-fields.ts';

/** Characters that RE2 and JavaScript might treat differently, and short names. */
const letters = [
  '',
  ' ',
  'a',
  'A',
  '-',
  '.',
  '..',
  '/',
  'a/b',
  'é',
  '\u212a',
  '\u017f',
  '\n',
  'a\n',
  '\u2028',
  '\u0000',
  '\u007f',
  '\u00a0',
  '🧰',
];
const words = [
  'x'.repeat(64),
  'x'.repeat(254),
  '*',
  '[a',
  '~',
  'deadbeef',
  'g123456',
  'true',
  'null',
  'toolhive',
  'url',
  'git',
  'a.b-c',
  'a-',
  'a.',
  'case-config',
  'case-deployed',
];
const durations = [
  '1',
  '1.0',
  '1s',
  '5s',
  '5m',
  '300.0s',
  '0.1h',
  '1µs',
  '1μs',
  '99999h',
  '8759h60m',
  '4.9999s',
  '299999999999h',
  '1s1s1s1s1s',
];
const addresses = ['https://a', 'http://', 'https://a@b', 'https://a?b@c', 'https://a#@b', 'https://a\\@b', 'HTTPS://a.b', 'https://ä.b'];
const repositories = ['file:///a', 'file://a', 'ssh://a', 'ssh://a:1@b', 'ssh://-a', 'ssh://a@-b', 'git@a:b', 'git@-a:b'];
/** One value of every other type; undefined removes the field. */
const scalars = [undefined, null, true, false, 0, 1, 2, -1, 1.5, 100, 101, 1e10, 2 ** 31, 2 ** 53, 1e300];
const structures = [[], {}, [null], ['a'], { a: 1 }, { a: null }, [[]], [{}], { name: 'a' }, [{ name: 'a' }]];

/** Replacements for a field's value. */
export const replacements: readonly unknown[] = [
  ...letters,
  ...words,
  ...durations,
  ...addresses,
  ...repositories,
  ...scalars,
  ...structures,
];

/** Paths of all fields and list items below `value`. */
export function pathsOf(value: unknown, prefix: readonly (string | number)[] = []): (string | number)[][] {
  const children: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  return children.flatMap(([key, child]) => [[...prefix, key], ...pathsOf(child, [...prefix, key])]);
}

/** A copy of `value` with the field at `path` replaced, or removed when the replacement is undefined. */
export function replaced(value: unknown, path: readonly (string | number)[], replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.flatMap((item, index): unknown[] => {
      if (index !== key) return [item];
      const next = replaced(item, rest, replacement);
      return next === undefined ? [] : [next];
    });
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, child]) => [name, name === key ? replaced(child, rest, replacement) : child] as const)
      .filter(([, child]) => child !== undefined),
  );
}
