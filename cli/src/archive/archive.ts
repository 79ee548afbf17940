import { pipeline } from 'node:stream/promises';
import { createGunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { extract, pack } from 'tar-stream';
import { misuse } from '../program/failure.ts';

/** Files by their names, as an archive has them. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Maximum number of files in an archive. An export has eight at most. */
const MAX_FILES = 100;

/** Writes files as a .tar.gz, all with the same `time`, in milliseconds since 1970. */
export async function writeArchive(files: Files, time: number): Promise<Uint8Array> {
  const archive = pack();
  const chunks = collected(archive as AsyncIterable<Uint8Array>);
  for (const [name, content] of files) archive.entry({ name, mode: 0o600, mtime: new Date(time) }, Buffer.from(content));
  archive.finalize();
  return promisify(gzip)(await chunks);
}

/**
 * Reads a .tar.gz that {@link writeArchive} wrote. Only files that `maxBytes` names are kept, each of at most that many bytes:
 * an archive may come from anywhere, and a few kilobytes of it can unpack to gigabytes. Throws a failure for anything else.
 */
export async function readArchive(name: string, bytes: Uint8Array, maxBytes: Readonly<Record<string, number>>): Promise<Files> {
  const files = new Map<string, Uint8Array>();
  // A file that is not kept may have as many bytes as one that is.
  const maxOther = Math.max(...Object.values(maxBytes));
  try {
    const reader = extract();
    const read = async () => {
      let count = 0;
      for await (const entry of reader) {
        const { name: file, type, size } = entry.header;
        if (++count > MAX_FILES) throw new Error(`it has more than ${MAX_FILES} files`);
        const known = Object.hasOwn(maxBytes, file);
        const limit = known ? (maxBytes[file] ?? 0) : maxOther;
        if (size > limit) throw new Error(`its ${file} has ${size} bytes; the limit is ${limit}`);
        if (known && type !== 'file') throw new Error(`its ${file} is not a regular file`);
        if (files.has(file)) throw new Error(`it contains ${file} twice`);
        if (known) files.set(file, await collected(entry as AsyncIterable<Uint8Array>));
        else entry.resume();
      }
    };
    await Promise.all([pipeline([bytes], createGunzip(), reader), read()]);
  } catch (cause) {
    throw misuse(`${name} is not an export archive: ${cause instanceof Error ? cause.message : String(cause)}`, 'name another file');
  }
  return files;
}

async function collected(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
