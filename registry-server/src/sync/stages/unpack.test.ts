import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';
import { unpack } from './unpack.ts';

const TEXT = Buffer.from('{"servers":{}}'.repeat(1000));
const PACKED = gzipSync(TEXT);

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function collect(content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
  const unpacked = await unpack(content, 'ConfigMap "a"');
  const chunks: Uint8Array[] = [];
  for await (const chunk of unpacked.content) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), ...unpacked.hashes() };
}

function inPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
}

describe('content', () => {
  test.each<[string, sent: Uint8Array[], expected: Uint8Array]>([
    ['that is plain', [TEXT], TEXT],
    ['in pieces of one byte', inPieces(TEXT, 1), TEXT],
    ['that is packed', [PACKED], TEXT],
    ['that is packed, in pieces of one byte', inPieces(PACKED, 1), TEXT],
    ['that is packed in two members', [PACKED, PACKED], Buffer.concat([TEXT, TEXT])],
    ['of nothing', [], Buffer.alloc(0)],
    ['of one byte', [Buffer.from([0x1f])], Buffer.from([0x1f])],
    ['with empty pieces', [Buffer.alloc(0), TEXT, Buffer.alloc(0)], TEXT],
  ])('%s comes out whole, with the hashes of both forms', async (_, sent, expected) => {
    const { bytes, received, unpacked } = await collect(sent);
    expect(bytes.equals(expected)).toBe(true);
    expect({ received, unpacked }).toEqual({ received: sha256(Buffer.concat(sent)), unpacked: sha256(expected) });
  });

  test.each<[string, sent: Iterable<Uint8Array>, reason: string, message: string]>([
    ['that is cut off', [PACKED.subarray(0, 60)], 'SourceUnreadable', 'ConfigMap "a" looks like gzip but cannot be unpacked'],
    ['that only begins like gzip', [Buffer.from([0x1f, 0x8b, 1, 2, 3])], 'SourceUnreadable', 'cannot be unpacked'],
    ['that is too large', endless(Buffer.alloc(1024 * 1024, ' ')), 'SourceTooLarge', `more than ${MAX_CATALOG_BYTES} bytes`],
    ['that unpacks to too much', [gzipSync(Buffer.alloc(MAX_CATALOG_BYTES + 1))], 'SourceTooLarge', 'split the catalog'],
    ['that is too large still packed', packedEndless(), 'SourceTooLarge', `more than ${MAX_CATALOG_BYTES} bytes`],
  ])('%s is refused', async (_, sent, reason, message) => {
    await expect(collect(sent)).rejects.toMatchObject({ reason, message: expect.stringContaining(message) });
  });

  test.each([
    ['plain', TEXT],
    ['packed', PACKED.subarray(0, 40)],
  ])('whose source fails on the way, %s, fails with just that', async (_, first) => {
    const failure = new Error('connection reset');
    await expect(collect(failing(first, failure))).rejects.toBe(failure);
  });
});

function* endless(piece: Uint8Array): Generator<Uint8Array> {
  for (;;) yield piece;
}

/** The head of a gzip file, and then a name in it that never ends. */
function* packedEndless(): Generator<Uint8Array> {
  yield Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]);
  yield* endless(Buffer.alloc(1024 * 1024, 'x'));
}

async function* failing(first: Uint8Array, failure: Error): AsyncGenerator<Uint8Array> {
  yield first;
  throw await Promise.resolve(failure);
}
