import { gunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { extract, pack } from 'tar-stream';
import { misuse } from '../program/failure.ts';

/** Files by their names, as an archive has them. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Most bytes of an archive once it is unpacked. */
const MAX_BYTES = 2 * 1024 * 1024 * 1024;

/** Writes files as a .tar.gz. `time` stands for all of them, in milliseconds since 1970. */
export async function writeArchive(files: Files, time: number): Promise<Uint8Array> {
  const archive = pack();
  const chunks = collected(archive as AsyncIterable<Uint8Array>);
  for (const [name, content] of files) archive.entry({ name, mode: 0o600, mtime: new Date(time) }, Buffer.from(content));
  archive.finalize();
  return promisify(gzip)(await chunks);
}

/** Reads a .tar.gz that {@link writeArchive} wrote. Throws a failure for anything else. */
export async function readArchive(name: string, bytes: Uint8Array): Promise<Files> {
  const files = new Map<string, Uint8Array>();
  try {
    const reader = extract();
    reader.end(await promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES }));
    for await (const entry of reader) files.set(entry.header.name, await collected(entry as AsyncIterable<Uint8Array>));
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
