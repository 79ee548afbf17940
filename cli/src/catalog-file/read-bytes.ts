import { readFile } from 'node:fs/promises';
import { misuse } from '../program/failure.ts';
import type { Session } from '../terminal/session.ts';
import { reasonOf } from '../validate/file-errors.ts';
import { STDIN_NAME } from '../validate/inputs.ts';
import type { NamedBytes } from './read-catalog.ts';

/** Reads one file, or `-` for standard input, whole. Throws a failure that names it, also for more than `maxBytes`. */
export async function readBytes(path: string, maxBytes: number, { stdin, signal }: Pick<Session, 'stdin' | 'signal'>): Promise<NamedBytes> {
  if (path === '-') return { name: STDIN_NAME, bytes: await collected(stdin, maxBytes) };
  const bytes = await readFile(path, { signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw misuse(`${path} ${reasonOf(cause, { EISDIR: 'is a folder; name a file' })}`);
  });
  if (bytes.length > maxBytes) throw tooLarge(path, maxBytes);
  return { name: path, bytes };
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
