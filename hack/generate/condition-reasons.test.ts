import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { REASONS } from '../../api/src/reasons.ts';
import { CONDITION_REASONS } from './condition-reasons.ts';

const root = new URL('../../', import.meta.url);
/** Files of the controller that give reasons, and the one in which the words of pods are known. */
const FILES = globSync(['controller/src/{registry,enforcement,pods}/**/*.ts', 'api/src/pods.ts'], { cwd: root }).filter(
  (file) => !/test|fake/.test(file),
);
/** Reasons of refusals at admission, and of Events that go with no condition: docs/reference/conditions-and-events.md has a table of them. */
const NO_CONDITION = ['Forbidden', 'NotInCatalog', 'OverlappingInstallations', 'SyncSucceeded'];

/** Guides of features have the reasons of their own condition. */
const guides = globSync('docs/*.md', { cwd: root })
  .map((file) => readFileSync(new URL(file, root), 'utf8'))
  .join('\n');

test('every reason that the controller gives is explained', () => {
  const words = FILES.flatMap((file) => {
    const text = readFileSync(new URL(file, root), 'utf8');
    return [...text.matchAll(/(?:reason: |troubleFrom\()'([A-Z][A-Za-z]+)'/g)].map(([, word = '']) => word);
  });
  expect(words.length).toBeGreaterThan(30);
  const known = new Set([...Object.keys(CONDITION_REASONS), ...Object.keys(REASONS), ...NO_CONDITION]);
  const explained = (word: string): boolean => known.has(word) || new RegExp(`^\\|.*\`${word}\``, 'm').test(guides);
  expect([...new Set(words)].filter((word) => !explained(word))).toEqual([]);
});

test('Events that go with no condition are explained, too', () => {
  const page = readFileSync(new URL('docs/reference/conditions-and-events.md', root), 'utf8');
  const news = readFileSync(new URL('controller/src/crds/events.ts', root), 'utf8');
  const words = [...news.matchAll(/reason: '(\w+)'/g)].map(([, word = '']) => word);
  for (const word of [...NO_CONDITION.slice(1), ...words]) expect(page).toContain(`\n| \`${word}\` `);
});

test.each(Object.entries(CONDITION_REASONS))(
  '%s is a word that Kubernetes allows, and is explained in sentences',
  (reason, { meaning, remedy }) => {
    expect(reason).toMatch(/^[A-Z][A-Za-z]{2,62}$/);
    expect(Object.hasOwn(REASONS, reason)).toBe(false);
    for (const sentence of [meaning, remedy ?? 'Nothing.']) expect(sentence).toMatch(/^["[`A-Z].*\.$/s);
  },
);
