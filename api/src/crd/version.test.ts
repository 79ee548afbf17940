import { expect, test } from '@jest/globals';
import { annotations, customResourceDefinition, groups } from '../index.ts';
import { compareVersions, crdVersion } from './version.ts';

// The order of https://semver.org/#spec-item-11, and more.
const ORDERED = [
  '0.9.10',
  '0.10.0-rc.1',
  '0.10.0',
  '1.0.0-1',
  '1.0.0-2',
  '1.0.0-11',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1',
  '10.0.0',
];

test.each(ORDERED.flatMap((a, left) => ORDERED.map((b, right) => [a, b, Math.sign(left - right)] as const)))(
  '%s to %s: %i',
  (a, b, order) => {
    expect(Math.sign(compareVersions(a, b) ?? Number.NaN)).toBe(order);
  },
);

test('build metadata does not matter', () => {
  expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0);
});

test.each(['', '1', '1.0', 'v1.0.0', '1.0.0-', 'latest'])('%j is not a version', (text) => {
  expect(compareVersions(text, '1.0.0')).toBeUndefined();
  expect(compareVersions('1.0.0', text)).toBeUndefined();
});

test.each(groups)('the CRD of %s records its product version', (group) => {
  expect(customResourceDefinition(group)['metadata']).toMatchObject({ annotations: { [annotations.crdVersion]: crdVersion } });
});
