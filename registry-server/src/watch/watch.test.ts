import { describe, expect, test } from '@jest/globals';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger } from '../logger.ts';
import { eventually, temporaryFolder } from '../testing.ts';
import { watchDirectories } from './directories.ts';

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
      'in a folder that was made anew',
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
    const watch = watchDirectories(() => (changes += 1), logger, POLL_MS);
    try {
      await watch.set([{ directory: at('watched'), only: /\.yaml$/ }]);
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

test('what does not matter is not reported, and a change that comes with other wishes is not lost', async () => {
  await using folder = await temporaryFolder();
  await folder.write('a.yaml', '1');
  let changes = 0;
  const watch = watchDirectories(() => (changes += 1), logger, 60_000);
  try {
    await watch.set([{ directory: folder.path, only: /\.yaml$/ }]);
    await folder.write('noise.log', '1');
    await watch.set([{ directory: folder.path, only: /\.ya?ml$/ }]);
    expect(changes).toBe(0);
    await folder.write('a.yaml', '22');
    await watch.set([{ directory: folder.path, only: /\.(ya?ml|json)$/ }]);
    expect(changes).toBe(1);
  } finally {
    watch.close();
  }
});
