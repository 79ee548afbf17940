import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { licensesText, packagesOf } from './licenses.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'licenses-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test.each<[inputs: string[], folders: string[]]>([
  [['cli/src/main.ts', 'unused:mime-db'], []],
  [
    ['node_modules/zod/v4/core.js', 'node_modules/zod/index.js', 'node_modules/@a/b/c.js'],
    ['node_modules/@a/b', 'node_modules/zod'],
  ],
  [['node_modules/pino/node_modules/sonic-boom/index.js'], ['node_modules/pino/node_modules/sonic-boom']],
  [
    ['node_modules/jsonpath-plus/dist/index-node-esm.js'],
    ['node_modules/@jsep-plugin/assignment', 'node_modules/@jsep-plugin/regex', 'node_modules/jsep', 'node_modules/jsonpath-plus'],
  ],
])('%j are from %j', (inputs, folders) => {
  expect(packagesOf(inputs)).toEqual(folders);
});

test('each package is named with its version, its license and its notice', () => {
  write('node_modules/a/package.json', '{ "name": "a", "version": "1.2.3", "license": "MIT" }');
  write('node_modules/a/license.md', 'Do as you like.\r\nA. Author\r\n');
  write('node_modules/a/NOTICE', 'Made by A.');
  write('node_modules/a/licensed.js', 'code');
  const text = licensesText(root, ['node_modules/a']);
  expect(text).toContain('a 1.2.3 (MIT)\n\nMade by A.\n\nDo as you like.\nA. Author\n');
  expect(text).not.toContain('code');
});

test('a package without a license file is refused', () => {
  write('node_modules/b/package.json', '{ "name": "b", "version": "1.0.0" }');
  write('node_modules/b/NOTICE', 'Made by B.');
  expect(() => licensesText(root, ['node_modules/b'])).toThrow('node_modules/b has no license file');
});
