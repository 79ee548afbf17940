import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { chunksOf } from '../chunks.ts';

/**
 * The content of a file, if it exists and has the hash. It is read twice: a mismatch at the end of the only read would be too
 * late for a caller that has already used it.
 *
 * @param hash SHA-256, hexadecimal
 */
export async function readIfIntact(path: string, hash: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array> | undefined> {
  const found = createHash('sha256');
  try {
    for await (const chunk of contentOf(path, signal)) found.update(chunk);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  return found.digest('hex') === hash ? contentOf(path, signal) : undefined;
}

async function* contentOf(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  await using file = await open(path);
  yield* chunksOf(file, signal);
}
