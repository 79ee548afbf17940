import { expect, test } from '@jest/globals';
import { changesOf, sectionOf, withRelease } from './changelog.ts';

const CHANGELOG = `# Changelog

Words about it.

## [Unreleased]: 0.2.0

### Added

- A flag. More about it.

### Fixed

- An error.

### Known limits

- No wings.

## [0.1.0] - 2026-01-01

The first version.
`;

test.each([
  ['Unreleased', '### Added\n\n- A flag. More about it.\n\n### Fixed\n\n- An error.\n\n### Known limits\n\n- No wings.'],
  ['0.1.0', 'The first version.'],
])('of %s it says what stands up to the next version', (version, section) => {
  expect(sectionOf(CHANGELOG, version)).toBe(section);
});

test.each([
  ['0.2.0', CHANGELOG, 'has no "## [0.2.0]"; run node hack/version.ts 0.2.0'],
  ['1.0.0', '## [1.0.0] - 2026-01-01\n\n## [0.1.0]\n\n- Text\n', 'says nothing under "## [1.0.0]"'],
])('%s cannot be told', (version, changelog, message) => {
  expect(() => sectionOf(changelog, version)).toThrow(message);
});

test('a release takes what is unreleased, and the rest stays', () => {
  const released = withRelease(CHANGELOG, '0.2.0', '2026-02-03');
  expect(released).toContain('\n## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\n### Added\n\n- A flag.');
  expect(sectionOf(released, '0.1.0')).toBe('The first version.');
  expect(() => withRelease(released, '0.2.0', '2026-02-03')).toThrow('a version is released once');
  expect(() => withRelease(released, '0.3.0', '2026-02-03')).toThrow('says nothing under "## [Unreleased]"');
});

test('changes have the kind of their heading', () => {
  expect(changesOf(sectionOf(CHANGELOG, 'Unreleased'))).toEqual([
    { kind: 'added', text: 'A flag. More about it.' },
    { kind: 'fixed', text: 'An error.' },
  ]);
  expect(changesOf(sectionOf(CHANGELOG, '0.1.0'))).toEqual([]);
});
