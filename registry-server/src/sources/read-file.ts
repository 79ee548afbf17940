import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';
import { codeOf, messageOf } from '../errors.ts';
import { SourceError, type Fetched } from './source.ts';

const gunzipAsync = promisify(gunzip);

const CHUNK_BYTES = 256 * 1024;

/** Reads a file up to the size limit of a catalogue, in pieces, and hashes it on the way. Throws {@link SourceError}. */
export async function readLimited(path: string, signal: AbortSignal): Promise<{ bytes: Buffer; hash: string }> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    await using file = await open(path, 'r');
    // No stream: one that is aborted reports its error a second time, to nobody, and that ends the process.
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      length += bytesRead;
      if (length > MAX_CATALOG_BYTES) throw tooLarge(path);
      hash.update(chunk);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof SourceError) throw cause;
    if (codeOf(cause) === 'ENOENT') throw new SourceError('SourceNotFound', `${path} does not exist`, { cause });
    if (codeOf(cause) === 'EISDIR') throw new SourceError('SourceUnreadable', `${path} is a folder; name a file`, { cause });
    throw new SourceError('SourceUnreadable', `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
  return { bytes: Buffer.concat(chunks, length), hash: hash.digest('hex') };
}

/** Reads a mounted file and unpacks it if need be. Throws {@link SourceError}. */
export async function readMounted(path: string, file: string, what: string, signal: AbortSignal): Promise<Fetched> {
  const { bytes, hash } = await readLimited(path, signal);
  const mounted = { file, hash };
  try {
    const unpacked = await unpack(bytes, what);
    return { bytes: unpacked, mounted, ...(unpacked === bytes ? { hash } : {}) };
  } catch (cause) {
    throw cause instanceof SourceError ? new SourceError(cause.reason, cause.message, { cause, mounted }) : cause;
  }
}

/** Unpacks gzip, which catalogues over a ConfigMap's 1 MiB come in; anything else is returned as it is. Throws {@link SourceError}. */
export async function unpack(bytes: Uint8Array, what: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await gunzipAsync(bytes, { maxOutputLength: MAX_CATALOG_BYTES });
  } catch (cause) {
    if (codeOf(cause) === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(what);
    throw new SourceError('SourceUnreadable', `${what} looks like gzip but cannot be unpacked: ${messageOf(cause)}`, { cause });
  }
}

function tooLarge(what: string): SourceError {
  return new SourceError('SourceTooLarge', `${what} has more than ${MAX_CATALOG_BYTES} bytes; split the catalogue into several sources`);
}
