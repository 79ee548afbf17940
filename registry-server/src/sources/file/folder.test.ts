import { chmod, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { CatalogFile } from '@toolhive-registry/catalog';
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
    ['loop.json', expect.stringContaining('broken link')],
  ]);
});

test('what may not be read, and links to folders, are named and cost themselves only', async () => {
  await using folder = await temporaryFolder();
  await folder.write('a.json', '[]');
  for (const name of ['closed', 'open']) await mkdir(join(folder.path, name));
  await folder.write('closed.json', '[]');
  await folder.write('open/b.json', '[]');
  await symlink('open', join(folder.path, 'linked'));
  for (const name of ['closed.json', 'closed']) await chmod(join(folder.path, name), 0);
  await chmod(folder.path, 0o755);
  const files = await asNobody(async () => {
    const listed = await listFolder(folder.path);
    const read: CatalogFile[] = [];
    for await (const file of readFolder(listed.files, folder.path, AbortSignal.timeout(10_000))) read.push(file);
    return read;
  });
  expect(files.map((file) => [file.path, 'problem' in file ? file.problem : undefined])).toEqual([
    ['a.json', undefined],
    ['closed', 'is a folder that cannot be read; correct its permissions'],
    ['closed.json', 'cannot be read; correct its permissions'],
    ['linked', 'is a link to a folder, which is not followed'],
    ['open/b.json', undefined],
  ]);
});

/** The superuser may read everything. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
