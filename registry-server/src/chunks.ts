import type { FileHandle } from 'node:fs/promises';

/** Large enough for few calls, small enough that requests are served in between. */
const CHUNK_BYTES = 256 * 1024;

/**
 * The rest of an open file, in pieces. Not a stream: one that is aborted reports its error a second time, to nobody, and that ends the
 * process.
 */
export async function* chunksOf(file: FileHandle, signal?: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
