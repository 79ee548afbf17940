import { readFile, stat } from 'node:fs/promises';
import { Failure, misuse } from '../program/failure.ts';
import type { Session } from '../terminal/session.ts';
import { reasonOf } from '../validate/file-errors.ts';
import { STDIN_NAME } from '../validate/inputs.ts';
import type { NamedBytes } from './read-catalog.ts';
import { isReadableToEnd, NOT_REGULAR } from './readable-kind.ts';

/** Reads one file, or `-` for standard input, whole. Throws a failure that names it, also for more than `maxBytes`. */
export async function readBytes(path: string, maxBytes: number, { stdin, signal }: Pick<Session, 'stdin' | 'signal'>): Promise<NamedBytes> {
  if (path === '-') return { name: STDIN_NAME, bytes: await collected(stdin, maxBytes) };
  const bytes = await readWhole(path, signal).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw cause instanceof Failure ? cause : misuse(`${path} ${reasonOf(cause, { EISDIR: 'is a folder; name a file' })}`);
  });
  if (bytes.length > maxBytes) throw tooLarge(path, maxBytes);
  return { name: path, bytes };
}

async function readWhole(path: string, signal: AbortSignal): Promise<Uint8Array> {
  const stats = await stat(path);
  if (!stats.isDirectory() && !isReadableToEnd(path, stats)) throw misuse(`${path} ${NOT_REGULAR}`);
  return readFile(path, { signal });
}

async function collected(input: Session['stdin'], maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) throw tooLarge(STDIN_NAME, maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function tooLarge(name: string, maxBytes: number): Error {
  return misuse(`${name} has more than ${maxBytes} bytes`, 'name a smaller file');
}
