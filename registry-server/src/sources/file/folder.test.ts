import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../../testing.ts';
import { listFolder, readFolder, type FolderFile } from './folder.ts';

async function readAll(files: readonly FolderFile[], where: string): Promise<void> {
  for await (const file of readFolder(files, where, AbortSignal.timeout(10_000))) expect(file).toHaveProperty('text');
}

test('a file that goes away between listing and reading fails the source: its servers are not taken out', async () => {
  await using folder = await temporaryFolder();
  await folder.write('a.json', '[]');
  const gone = await folder.write('b.json', '[]');
  const { files } = await listFolder(folder.path);
  await rm(gone);
  await expect(readAll(files, folder.path)).rejects.toMatchObject({
    reason: 'SourceNotFound',
  });
});

test('a file that becomes a link between listing and reading is not followed', async () => {
  await using folder = await temporaryFolder();
  const file = await folder.write('a.json', '[]');
  const { files } = await listFolder(folder.path);
  await rm(file);
  await symlink('/etc/hostname', file);
  await expect(readAll(files, folder.path)).rejects.toMatchObject({
    reason: 'SourceUnreadable',
  });
});

test.each(['nowhere.json', 'loop.json'])('a link to %s is named, and costs that file only', async (target) => {
  await using folder = await temporaryFolder();
  await folder.write('a.json', '[]');
  await symlink(target, join(folder.path, 'loop.json'));
  const { files } = await listFolder(folder.path);
  expect(files.map(({ path, problem }) => [path, problem])).toEqual([
    ['a.json', undefined],
    ['loop.json', expect.stringContaining('leads nowhere')],
  ]);
});
