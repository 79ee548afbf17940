import { expect, test } from '@jest/globals';
import { npmComponent } from './npm.ts';

test.each([
  ['zod', '4.6.7', 'pkg:npm/zod@4.6.7', undefined],
  ['@kubernetes/client-node', '2.0.1', 'pkg:npm/%40kubernetes/client-node@2.0.1', '@kubernetes'],
  ['x', '1.0.0-rc.1+5', 'pkg:npm/x@1.0.0-rc.1%2B5', undefined],
])('%s %s is %s', (name, version, purl, group) => {
  const component = npmComponent({ name, version });
  expect(component).toMatchObject({ type: 'library', 'bom-ref': purl, purl, version });
  expect(component.group).toBe(group);
  expect(`${group === undefined ? '' : `${group}/`}${component.name}`).toBe(name);
});

test.each([
  ['MIT', [{ license: { id: 'MIT' } }]],
  ['(MPL-2.0 OR Apache-2.0)', [{ expression: '(MPL-2.0 OR Apache-2.0)' }]],
  [undefined, undefined],
])('the license %j is written as %j', (license, licenses) => {
  expect(npmComponent({ name: 'x', version: '1.0.0', license }).licenses).toEqual(licenses);
});

test('the hash is that of the archive', () => {
  const hex = 'b1cb3a6f8b1b23a2ee9b0ec5a9e3de9e';
  const integrity = `sha512-${Buffer.from(hex, 'hex').toString('base64')}`;
  expect(npmComponent({ name: 'x', version: '1.0.0' }, integrity).hashes).toEqual([{ alg: 'SHA-512', content: hex }]);
  expect(npmComponent({ name: 'x', version: '1.0.0' }, 'sha1-AAAA').hashes).toBeUndefined();
});

test('a package without a version is refused', () => {
  expect(() => npmComponent({ name: 'x' })).toThrow('a package is called "x" undefined; it needs name and version');
});
