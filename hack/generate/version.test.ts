import { expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { assertVersion, isPrerelease, lockWithVersion, manifestsWithVersion, manifestWithVersion, namesWithVersion } from './version.ts';

test.each([
  ['0.1.0', false],
  ['10.20.30', false],
  ['1.0.0-rc.1', true],
  ['0.2.0-dev', true],
])('%s is a version', (version, prerelease) => {
  expect(assertVersion(version, 'x')).toBe(version);
  expect(isPrerelease(version)).toBe(prerelease);
});

test.each(['', '1.0', 'v1.0.0', '1.0.0+5', '1.0.0-', '1.0.0-a..b', 'undefined', '1.0.0\n'])('%j is not a version', (version) => {
  expect(() => assertVersion(version, 'package.json: "version"')).toThrow('package.json: "version" is');
});

test('a manifest gets it for itself and for the workspaces that it needs', () => {
  const manifest =
    '{\n  "name": "@toolhive-registry/a",\n  "version": "0.1.0",\n  "x": {\n    "@toolhive-registry/b": "0.1.0",\n    "zod": "0.1.0"\n  }\n}\n';
  expect(manifestWithVersion(manifest, 'a/package.json', '2.0.0-rc.1')).toBe(
    '{\n  "name": "@toolhive-registry/a",\n  "version": "2.0.0-rc.1",\n  "x": {\n    "@toolhive-registry/b": "2.0.0-rc.1",\n    "zod": "0.1.0"\n  }\n}\n',
  );
  expect(() => manifestWithVersion('{}', 'a/package.json', '2.0.0')).toThrow('a/package.json has no "version"');
});

test('a lock file gets it for the root and the workspaces alone', () => {
  const lock = {
    name: 'x',
    version: '0.1.0',
    packages: {
      '': { version: '0.1.0' },
      a: {
        version: '0.1.0',
        dependencies: { '@toolhive-registry/b': '0.1.0', zod: '0.1.0' },
        devDependencies: { '@toolhive-registry/c': '0.1.0', tar: '0.1.0' },
      },
      'node_modules/zod': { version: '0.1.0' },
    },
  };
  expect(JSON.parse(lockWithVersion(JSON.stringify(lock), ['a'], '2.0.0'))).toEqual({
    name: 'x',
    version: '2.0.0',
    packages: {
      '': { version: '2.0.0' },
      a: {
        version: '2.0.0',
        dependencies: { '@toolhive-registry/b': '2.0.0', zod: '0.1.0' },
        devDependencies: { '@toolhive-registry/c': '2.0.0', tar: '0.1.0' },
      },
      'node_modules/zod': { version: '0.1.0' },
    },
  });
  expect(() => lockWithVersion(JSON.stringify(lock), ['c'], '2.0.0')).toThrow('lacks the workspace c; run npm install');
});

test.each([
  [
    'load toolhive-registry-server:0.1.0 ghcr.io/t/toolhive-registry-controller:0.1.0',
    'load toolhive-registry-server:2.0.0 ghcr.io/t/toolhive-registry-controller:2.0.0',
  ],
  ['`dist/cli/toolhive-registry-0.1.0.tgz`', '`dist/cli/toolhive-registry-2.0.0.tgz`'],
  ['./toolhive-registry-reconciler-0.1.0-rc.1.tgz', './toolhive-registry-reconciler-2.0.0.tgz'],
  ['toolhive-registry-server:0.1.0-dev and zod 0.1.0.', 'toolhive-registry-server:2.0.0 and zod 0.1.0.'],
  ['It is toolhive-registry-server:0.1.0.', 'It is toolhive-registry-server:2.0.0.'],
])('%j becomes %j', (document, expected) => {
  expect(namesWithVersion(document, 'x.md', '2.0.0')).toBe(expected);
});

test('a document without such a name is refused', () => {
  expect(() => namesWithVersion('toolhive-registry 0.1.0', 'x.md', '2.0.0')).toThrow('x.md names neither');
});

test('the version in the root is that of every workspace and of the lock file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'version-'));
  try {
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'package.json'), '{ "version": "2.0.0", "workspaces": ["a"] }');
    writeFileSync(join(folder, 'a/package.json'), '{\n  "version": "0.1.0"\n}\n');
    writeFileSync(join(folder, 'package-lock.json'), '{ "version": "0.1.0", "packages": { "": {}, "a": { "version": "0.1.0" } } }');
    const files = manifestsWithVersion(pathToFileURL(`${folder}/`));
    expect(files.map(({ path }) => path)).toEqual(['a/package.json', 'package-lock.json']);
    expect(files.filter(({ content }) => content.includes('0.1.0') || !content.includes('2.0.0'))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
