import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { temporaryFolder } from '../testing.ts';
import { readIfIntact } from './read-intact.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

test.each([
  ['with its hash is read', 'data', hashOf('data'), 'data'],
  ['with another hash is not', 'data', hashOf('other'), undefined],
  ['that is missing is not', undefined, hashOf(''), undefined],
])('a file %s', async (_, content, hash, expected) => {
  await using folder = await temporaryFolder();
  const path = content === undefined ? join(folder.path, 'missing') : await folder.write('file', content);
  const read = await readIfIntact(path, hash, AbortSignal.timeout(15_000));
  const pieces: Uint8Array[] = [];
  for await (const piece of read ?? []) pieces.push(piece);
  expect(read === undefined ? undefined : Buffer.concat(pieces).toString()).toBe(expected);
});
