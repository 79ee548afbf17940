import type { Readable } from 'node:stream';

/** A file of a repository. Its content has to be read, or at least left, before the next one is asked for. */
export interface Blob {
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Longest line that `git cat-file --batch` writes before a content. */
const MAX_HEADER = 200;

/**
 * Reads the output of `git cat-file --batch`: for each object a line `HASH blob SIZE`, the content and a line end. Content is passed on in chunks
 * as it arrives. Throws for an object that is not there or is not a file.
 */
export async function* readBlobs(output: Readable): AsyncGenerator<Blob, void, undefined> {
  const pieces = output[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);

  async function more(): Promise<boolean> {
    const { done, value } = await pieces.next();
    if (done === true) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  }

  async function header(): Promise<string | undefined> {
    for (;;) {
      const end = rest.indexOf('\n');
      if (end >= 0) {
        const line = rest.subarray(0, end).toString('latin1');
        rest = rest.subarray(end + 1);
        return line;
      }
      if (rest.length > MAX_HEADER) throw new Error('git cat-file wrote something other than objects');
      if (!(await more())) return undefined;
    }
  }

  async function* content(progress: { left: number }): AsyncGenerator<Uint8Array, void, undefined> {
    while (progress.left > 0) {
      if (rest.length === 0 && !(await more())) throw new Error('git cat-file ended in the middle of an object');
      const piece = rest.subarray(0, progress.left);
      rest = rest.subarray(piece.length);
      progress.left -= piece.length;
      yield piece;
    }
  }

  try {
    for (let line = await header(); line !== undefined; line = await header()) {
      const [, hash = '', size = ''] = /^([0-9a-f]+) blob (\d+)$/.exec(line) ?? [];
      if (hash === '') throw new Error(`git cat-file: ${line.slice(0, MAX_HEADER)}`);
      const progress = { left: Number(size) };
      yield { hash, size: progress.left, content: content(progress) };
      const unread = content(progress);
      while ((await unread.next()).done !== true);
      if (rest.length === 0) await more();
      rest = rest.subarray(1);
    }
  } finally {
    output.destroy();
  }
}
