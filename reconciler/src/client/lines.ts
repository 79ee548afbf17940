import { KubeDecodeError } from './errors.ts';

/** Longer lines are not objects of any API server (etcd refuses objects above 1.5 MiB by default). */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Splits a byte stream into lines. Works on bytes, so that a character split across two chunks stays whole. A last line without newline is dropped: a stream
 * that breaks off in the middle of an object must not yield half of it.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const line = Buffer.concat([...pending, chunk.subarray(start, end)]).toString('utf8');
      pending = [];
      size = 0;
      start = end + 1;
      if (line.trim() !== '') yield line;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > MAX_LINE_BYTES) throw new KubeDecodeError(`a line exceeds ${MAX_LINE_BYTES} bytes`);
  }
}
