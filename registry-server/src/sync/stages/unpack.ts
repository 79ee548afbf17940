import { createHash, type Hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';
import { codeOf, messageOf } from '../../errors.ts';
import { SourceError } from '../../sources/source-error.ts';

/** Content on its way to disk, with the hashes that are known once it has passed. */
export interface UnpackedContent {
  readonly content: AsyncIterable<Uint8Array>;
  /** SHA-256 of what came and of what it unpacks to, hexadecimal; one and the same where nothing was packed. To be asked once, at the end. */
  readonly hashes: () => { readonly received: string; readonly unpacked: string };
}

/**
 * Unpacks gzip, in which catalogs over a ConfigMap's 1 MiB come; anything else passes as it is. Each byte is hashed once. The content throws
 * {@link SourceError} when there are too many bytes, before or after, and when they cannot be unpacked.
 *
 * @param what where the content comes from, for messages
 */
export async function unpack(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, what: string): Promise<UnpackedContent> {
  const { isGzip, whole } = await sniff(content);
  const received = createHash('sha256');
  const passing = counted(whole, received, what);
  if (!isGzip) {
    return {
      content: passing,
      hashes: () => {
        const hash = received.digest('hex');
        return { received: hash, unpacked: hash };
      },
    };
  }
  const unpacked = createHash('sha256');
  return {
    content: counted(gunzipped(passing, what), unpacked, what),
    hashes: () => ({ received: received.digest('hex'), unpacked: unpacked.digest('hex') }),
  };
}

/** Peeks at the first two bytes, and returns the complete content. */
async function sniff(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<{ readonly isGzip: boolean; readonly whole: AsyncIterable<Uint8Array> }> {
  const pieces = iterate(content);
  const head: Uint8Array[] = [];
  let length = 0;
  while (length < 2) {
    const { done, value } = await pieces.next();
    if (done === true) break;
    head.push(value);
    length += value.length;
  }
  const start = Buffer.concat(head.map((piece) => piece.subarray(0, 2)));
  return { isGzip: start[0] === 0x1f && start[1] === 0x8b, whole: chained(head, pieces) };
}

async function* iterate(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* content;
}

async function* chained(head: readonly Uint8Array[], rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* head;
  yield* rest;
}

async function* counted(content: AsyncIterable<Uint8Array>, hash: Hash, what: string): AsyncGenerator<Uint8Array, void, undefined> {
  let length = 0;
  for await (const piece of content) {
    length += piece.length;
    if (length > MAX_CATALOG_BYTES) {
      throw new SourceError('SourceTooLarge', `${what} has more than ${MAX_CATALOG_BYTES} bytes; split the catalog into several sources`);
    }
    hash.update(piece);
    yield piece;
  }
}

async function* gunzipped(content: AsyncIterable<Uint8Array>, what: string): AsyncGenerator<Uint8Array, void, undefined> {
  const gunzip = createGunzip();
  // Its failure is that of the stream as well, which is where it is heard of.
  const feeding = pipeline(content, gunzip).catch(() => undefined);
  try {
    for await (const piece of gunzip) yield piece as Uint8Array;
    await feeding;
  } catch (cause) {
    if (codeOf(cause)?.startsWith('Z_') !== true) throw cause;
    throw new SourceError('SourceUnreadable', `${what} looks like gzip but cannot be unpacked: ${messageOf(cause)}`, { cause });
  }
}
