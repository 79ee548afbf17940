import { expect, test } from '@jest/globals';
import { assetNames, checksums } from './assets.ts';
import { releaseNotes } from './notes.ts';

test('hashes are as sha256sum writes them, by name', () => {
  // By `printf archive | sha256sum`.
  const hash = '0eb3e36bfb24dcd9bb1d1bece1531216b59539a8fde17ee80224af0653c92aa3';
  expect(checksums(['b', 'a'].map((path) => ({ path, content: 'archive' })))).toBe(`${hash}  a\n${hash}  b\n`);
});

test('two files of one name are refused', () => {
  expect(() => checksums(['a', 'b', 'a'].map((path) => ({ path, content: path })))).toThrow('two files of the release are called a;');
  const names = [...assetNames('0.1.0').values()];
  expect(new Set(names).size).toBe(names.length);
});

test('the notes have what changes, with links that work there', () => {
  const notes = releaseNotes(
    '## [1.0.0] - 2026-01-01\n\n- A [page](docs/page.md#a), [elsewhere](https://example.com).\n',
    '1.0.0',
    'https://git.example.com/r',
  );
  expect(notes).toContain('- A [page](https://git.example.com/r/blob/v1.0.0/docs/page.md#a), [elsewhere](https://example.com).\n');
  expect(notes).toContain('--version 1.0.0 ');
});
