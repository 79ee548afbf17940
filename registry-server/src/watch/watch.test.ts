import { describe, expect, test } from '@jest/globals';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger } from '../logger.ts';
import { eventually, temporaryFolder } from '../testing.ts';
import { contentIdentity, fileIdentity, folderIdentity } from './identity.ts';
import { createWatch } from './watch.ts';

const logger = createLogger({ level: 'silent', format: 'json' });
/** For what only the slow look sees. */
const POLL_MS = 50;

describe('a change is reported', () => {
  test.each<[string, before: (at: (name: string) => string) => Promise<void>, change: (at: (name: string) => string) => Promise<void>]>([
    ['of a file', (at) => writeFile(at('watched/a.yaml'), '1'), (at) => writeFile(at('watched/a.yaml'), '22')],
    ['when a file appears', () => Promise.resolve(), (at) => writeFile(at('watched/b.yaml'), '1')],
    ['when a file goes', (at) => writeFile(at('watched/a.yaml'), '1'), (at) => rm(at('watched/a.yaml'))],
    [
      'behind a link',
      async (at) => {
        await writeFile(at('elsewhere'), '1');
        await symlink(at('elsewhere'), at('watched/a.yaml'));
      },
      (at) => writeFile(at('elsewhere'), '22'),
    ],
    [
      'in a folder that was recreated',
      (at) => writeFile(at('watched/a.yaml'), '1'),
      async (at) => {
        await rename(at('watched'), at('old'));
        await mkdir(at('watched'));
        await writeFile(at('watched/a.yaml'), '22');
      },
    ],
  ])('%s', async (_, before, change) => {
    await using folder = await temporaryFolder();
    const at = (name: string): string => join(folder.path, name);
    await mkdir(at('watched'));
    await before(at);
    let changes = 0;
    const watch = createWatch(logger, POLL_MS);
    try {
      await watch.add({ directories: [at('watched')], identity: () => folderIdentity(at('watched'), /\.yaml$/) }, () => (changes += 1));
      await change(at);
      await eventually(
        () => changes,
        (count) => count > 0,
      );
    } finally {
      watch.close();
    }
  });
});

test('what does not matter is not reported, and nothing is once the watch has ended', async () => {
  await using folder = await temporaryFolder();
  await folder.write('a.yaml', '1');
  let changes = 0;
  const watch = createWatch(logger, 60_000);
  try {
    const end = await watch.add(
      { directories: [folder.path], identity: () => folderIdentity(folder.path, /\.yaml$/) },
      () => (changes += 1),
    );
    await folder.write('noise.log', '1');
    await watch.check();
    expect(changes).toBe(0);
    await folder.write('a.yaml', '22');
    await watch.check();
    expect(changes).toBe(1);
    end();
    await folder.write('a.yaml', '333');
    await watch.check();
    expect(changes).toBe(1);
  } finally {
    watch.close();
  }
});

test('a target that is slow to look at delays no other', async () => {
  await using folder = await temporaryFolder();
  let changes = 0;
  const watch = createWatch(logger, 60_000);
  try {
    void watch.add({ directories: [folder.path], identity: () => new Promise(() => undefined) }, () => undefined);
    const file = await folder.write('a.yaml', '1');
    await watch.add({ directories: [folder.path], identity: () => fileIdentity(file) }, () => (changes += 1));
    await folder.write('a.yaml', '22');
    await eventually(
      () => changes,
      (count) => count > 0,
    );
  } finally {
    watch.close();
  }
});

test('a file that is rewritten with the same content has the same content identity, and another file identity', async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write('a.json', 'same');
  const content = contentIdentity(path);
  const before = [await content(), await fileIdentity(path)];
  await rm(path);
  await folder.write('other', 'takes the inode');
  await folder.write('a.json', 'same');
  const after = [await content(), await fileIdentity(path)];
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  await folder.write('a.json', 'other');
  expect(await content()).not.toBe(before[0]);
});

test('a change is reported although something beside it is written all the time', async () => {
  await using folder = await temporaryFolder();
  const file = await folder.write('a.yaml', '1');
  let changes = 0;
  const watch = createWatch(logger, 60_000);
  const noise = setInterval(() => void folder.write('noise.log', String(Math.random())), 20);
  try {
    await watch.add({ directories: [folder.path], identity: () => fileIdentity(file) }, () => (changes += 1));
    await folder.write('a.yaml', '22');
    await eventually(
      () => changes,
      (count) => count > 0,
    );
  } finally {
    clearInterval(noise);
    watch.close();
  }
});
