import { createHash } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { chunksOf } from '../chunks.ts';
import { codeOf, messageOf } from '../errors.ts';
import { StorageError } from '../store/incoming.ts';
import { traceOf } from '../watch/identity.ts';
import type { SourceRequest } from './contract.ts';
import { SourceError } from './source-error.ts';

/** A file that was read. */
export interface ReadFile {
  /** SHA-256 of its content, hexadecimal. */
  readonly hash: string;
  /** Its {@link fileIdentity}; absent: it was written during the read. */
  readonly identity?: string;
}

/**
 * Passes a file on to the request. Throws {@link SourceError}, with the file's hash under the given name where it was read but cannot be
 * used.
 */
export async function saveFile(path: string, name: string, request: SourceRequest): Promise<ReadFile> {
  const { signal } = request;
  await using file = await openFile(path);
  const before = await file.stat({ bigint: true });
  if (!before.isFile()) {
    const what = before.isDirectory() ? 'a folder; name a file' : 'not a regular file; name one';
    throw new SourceError('SourceUnreadable', `${path} is ${what}`);
  }
  let hash: string;
  try {
    ({ receivedHash: hash } = await request.save(chunksOf(file, signal)));
  } catch (cause) {
    if (signal.aborted || cause instanceof StorageError) throw cause;
    if (!(cause instanceof SourceError)) throw unreadable(path, cause);
    throw new SourceError(cause.reason, cause.message, { cause, files: { [name]: await hashOf(path, signal) } });
  }
  const after = await file.stat({ bigint: true });
  const identity = traceOf(before);
  return { hash, ...(identity === traceOf(after) && isSettled(after) ? { identity } : {}) };
}

/** A file written twice within one tick of the file system clock looks unchanged: one this young is read again (as git does). */
const YOUNG_MS = 1_000;

/** Whether the file system's clock has gone on since the file was written. */
export function isSettled({ mtimeMs }: BigIntStats): boolean {
  return Date.now() - Number(mtimeMs) > YOUNG_MS;
}

/** Opens a file to read it, with more flags of `open` where needed. Throws {@link SourceError}. */
export async function openFile(path: string, flags = 0): Promise<FileHandle> {
  try {
    // A pipe that nobody writes to would block a thread forever.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK | flags);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** What a failure of the file system means for a source. */
export function unreadable(path: string, cause: unknown): SourceError {
  if (codeOf(cause) === 'ENOENT') return new SourceError('SourceNotFound', `${path} does not exist`, { cause });
  return new SourceError('SourceUnreadable', `${path} cannot be read: ${messageOf(cause)}`, { cause });
}

/** The hash of the whole file, though only a part of it was taken. */
async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await using file = await openFile(path);
  for await (const chunk of chunksOf(file, signal)) hash.update(chunk);
  return hash.digest('hex');
}
