import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tarGz } from './archive.ts';
import type { MadeFile } from './files.ts';

const FILES: MadeFile[] = [
  { path: 'program', content: '#!/bin/sh\necho run\n', executable: true },
  { path: 'empty', content: '' },
  { path: 'block', content: Buffer.alloc(512, 'b') },
  { path: 'folder/text', content: 'Zo\u00eb\n' },
];
const TIME = Date.UTC(2026, 7, 1) / 1000;

test('tar extracts what was packed, with modes and times', () => {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  try {
    writeFileSync(join(folder, 'all.tar.gz'), tarGz(FILES, TIME));
    execFileSync('tar', ['-xzf', 'all.tar.gz'], { cwd: folder });
    for (const { path, content, executable = false } of FILES) {
      expect(readFileSync(join(folder, path))).toEqual(Buffer.from(content));
      const { mode, mtimeMs } = statSync(join(folder, path));
      expect([path, (mode & 0o100) !== 0, mtimeMs]).toEqual([path, executable, TIME * 1000]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the same files give the same bytes', () => {
  expect(tarGz(FILES, TIME).equals(tarGz(FILES, TIME))).toBe(true);
});

test.each(['', 'a b', 'Zo\u00eb', 'x'.repeat(101)])('the path "%s" is refused', (path) => {
  expect(() => tarGz([{ path, content: '' }], TIME)).toThrow(`the path "${path}" does not fit`);
});
