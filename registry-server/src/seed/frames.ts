import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { chunksOf } from '../chunks.ts';

/*
 * The stream from one replica to another: its owner, as a file called `registry`; then for each file a line of JSON with name and size, its
 * bytes, and a line with their SHA-256; at the end a line with the number of files. A truncated stream is recognized by the missing end.
 */

/** The media type of the stream. */
export const SEED_TYPE = 'application/vnd.toolhive-registry.seed';

/** A file to be sent. It stays as it is while it is open, whatever becomes of its name. */
export interface SeedFile {
  readonly name: string;
  readonly file: FileHandle;
  /** In bytes. */
  readonly size: number;
}

/** The registry that a stream belongs to, sent first. */
export interface SeedOwner {
  readonly name: string;
  readonly namespace: string;
}

/** Writes files as one stream, and closes them. */
export async function* seedStream({ name, namespace }: SeedOwner, files: readonly SeedFile[]): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const owner = Buffer.from(JSON.stringify({ name, namespace }));
    yield line({ name: 'registry', size: owner.length });
    yield owner;
    yield line({ sha256: createHash('sha256').update(owner).digest('hex') });
    for (const { name, file, size } of files) {
      yield line({ name, size });
      const hash = createHash('sha256');
      let left = size;
      for await (const chunk of chunksOf(file)) {
        const piece = chunk.subarray(0, left);
        hash.update(piece);
        left -= piece.length;
        yield piece;
        if (left === 0) break;
      }
      if (left > 0) throw new Error(`${name} has become shorter`);
      yield line({ sha256: hash.digest('hex') });
    }
    yield line({ files: files.length + 1 });
  } finally {
    await Promise.all(files.map(({ file }) => file.close()));
  }
}

/** A file as it arrives. `content` has to be read to its end before the next one. */
export interface ArrivingFile {
  readonly name: string;
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Longest line: a name, a number or a hash. */
const MAX_LINE = 1024;

/** Parses the stream. Throws an Error if it is invalid or truncated, or a file is not what was sent. */
export async function* seedFiles(stream: AsyncIterable<Uint8Array>): AsyncGenerator<ArrivingFile, void, undefined> {
  const input = new Input(stream);
  for (let count = 0; ; count += 1) {
    const head = await input.line();
    if (head['files'] === count) return;
    const { name, size } = head;
    if (typeof name !== 'string' || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
      throw new Error('the other replica sent an unknown format');
    yield { name, size, content: checked(input, name, size) };
  }
}

/** The bytes of a file. Throws at the end if they are not what was sent: callers must not use them before. */
async function* checked(input: Input, name: string, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  for await (const piece of input.bytes(size)) {
    hash.update(piece);
    yield piece;
  }
  if ((await input.line())['sha256'] !== hash.digest('hex')) throw new Error(`${name} arrived damaged`);
}

function line(value: object): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

class Input {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#pieces = stream[Symbol.asyncIterator]();
  }

  async line(): Promise<Record<string, unknown>> {
    for (;;) {
      const end = this.#rest.indexOf(10);
      if (end >= 0) {
        const text = this.#rest.toString('utf8', 0, end);
        this.#rest = this.#rest.subarray(end + 1);
        return parsed(text);
      }
      if (this.#rest.length > MAX_LINE) throw new Error('the other replica sent an unknown format');
      this.#rest = Buffer.concat([this.#rest, await this.#next()]);
    }
  }

  async *bytes(size: number): AsyncGenerator<Uint8Array, void, undefined> {
    for (let left = size; left > 0;) {
      if (this.#rest.length === 0) this.#rest = await this.#next();
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  async #next(): Promise<Buffer> {
    const { value, done } = await this.#pieces.next();
    if (done === true) throw new Error('the stream broke off');
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
}

function parsed(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error('the other replica sent an unknown format');
  return value as Record<string, unknown>;
}
