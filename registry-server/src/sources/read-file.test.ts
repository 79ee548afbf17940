import { expect, test } from '@jest/globals';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { temporaryFolder } from '../testing.ts';
import { readLimited } from './read-file.ts';

test.each([0, 1, 2, 3, 5, 8])('a read that is given up after %i turns fails once, and only its caller hears of it', async (turns) => {
  await using folder = await temporaryFolder();
  const path = await folder.write('large.json', Buffer.alloc(32 * 1024 * 1024, ' '));
  const stopping = new AbortController();
  const heard: unknown[] = [];
  const listen = (error: unknown): number => heard.push(error);
  process.on('uncaughtException', listen);
  try {
    const reading = readLimited(path, stopping.signal).catch((error: unknown) => error);
    for (let turn = 0; turn < turns; turn++) await nextTurn();
    stopping.abort(new Error('the server is shutting down'));
    expect(await reading).toMatchObject({ name: 'SourceError', message: `${path} cannot be read: the server is shutting down` });
    await nextTurn();
    expect(heard).toEqual([]);
  } finally {
    process.off('uncaughtException', listen);
  }
});

test('a file is read whole, in pieces', async () => {
  await using folder = await temporaryFolder();
  const content = Buffer.alloc(600_000, 'ab');
  const { bytes } = await readLimited(await folder.write('a', content), new AbortController().signal);
  expect(bytes.equals(content)).toBe(true);
});
