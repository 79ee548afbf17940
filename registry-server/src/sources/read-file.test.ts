import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { temporaryFolder } from '../testing.ts';
import { fileIdentity } from '../watch/identity.ts';
import type { SourceRequest } from './contract.ts';
import { saveFile } from './read-file.ts';

/** A request that keeps what it is given. */
function requestFor(signal = new AbortController().signal, onChunk: () => Promise<void> = () => Promise.resolve()) {
  const chunks: Uint8Array[] = [];
  const request: SourceRequest = {
    signal,
    save: async (content) => {
      for await (const chunk of content) {
        chunks.push(chunk);
        await onChunk();
      }
      return { receivedHash: createHash('sha256').update(Buffer.concat(chunks)).digest('hex') };
    },
  };
  return { request, chunks };
}

test.each([0, 1, 2, 3, 5, 8])('a read that is given up after %i turns fails once, and only its caller hears of it', async (turns) => {
  await using folder = await temporaryFolder();
  const path = await folder.write('large.json', Buffer.alloc(32 * 1024 * 1024, ' '));
  const stopping = new AbortController();
  const heard: unknown[] = [];
  const listen = (error: unknown): number => heard.push(error);
  process.on('uncaughtException', listen);
  try {
    const reading = saveFile(path, 'large.json', requestFor(stopping.signal).request).catch((error: unknown) => error);
    for (let turn = 0; turn < turns; turn++) await nextTurn();
    stopping.abort(new Error('the server is shutting down'));
    expect(await reading).toMatchObject({ message: 'the server is shutting down' });
    await nextTurn();
    expect(heard).toEqual([]);
  } finally {
    process.off('uncaughtException', listen);
  }
});

test('a file is passed on whole, in pieces, and is known by its identity once it is no longer young', async () => {
  await using folder = await temporaryFolder();
  const content = Buffer.alloc(600_000, 'ab');
  const path = await folder.write('a', content);
  expect((await saveFile(path, 'a', requestFor().request)).identity).toBeUndefined();
  await utimes(path, 0, 0);
  const { request, chunks } = requestFor();
  const read = await saveFile(path, 'a', request);
  expect(Buffer.concat(chunks).equals(content)).toBe(true);
  expect(chunks.length).toBeGreaterThan(1);
  expect(read.identity).toBe(await fileIdentity(path));
});

test('a file that is written while it is read is not recognized later', async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write('a', Buffer.alloc(600_000, 'ab'));
  let isWritten = false;
  await utimes(path, 0, 0);
  const { request } = requestFor(undefined, async () => {
    if (!isWritten) {
      await appendFile(path, 'more');
      await utimes(path, 0, 0);
    }
    isWritten = true;
  });
  expect((await saveFile(path, 'a', request)).identity).toBeUndefined();
});

test.each<[string, prepare: (path: string) => void, reason: string, message: string]>([
  ['a file that is not there', () => undefined, 'SourceNotFound', 'does not exist'],
  ['a folder', (path) => spawnSync('mkdir', [path]), 'SourceUnreadable', 'is a folder; name a file'],
  ['a pipe that nobody writes to', (path) => spawnSync('mkfifo', [path]), 'SourceUnreadable', 'is not a regular file'],
])('%s is refused at once', async (_, prepare, reason, message) => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'a');
  prepare(path);
  await expect(saveFile(path, 'a', requestFor().request)).rejects.toMatchObject({
    reason,
    message: expect.stringContaining(message),
  });
});
