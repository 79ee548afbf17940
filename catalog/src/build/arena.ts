/** Size of one piece of memory in bytes. Freed pieces of this size go back to the system; thousands of small ones would not. */
const CHUNK_BYTES = 1024 * 1024;

/** Longest text that is shared, in characters, and the most such texts. */
const MAX_SHARED_TEXT = 64;
const MAX_SHARED = 1_000;

/** Stores many texts as bytes, one after the other, in large pieces of memory. */
export class ByteArena {
  #chunk = Buffer.alloc(0);
  #used = 0;
  readonly #shared = new Map<string, Buffer>();

  /** The text in UTF-8. */
  add(text: string): Buffer {
    // A UTF-16 code unit takes at most three bytes.
    if (this.#chunk.length - this.#used < text.length * 3) this.#next(Buffer.byteLength(text));
    const start = this.#used;
    this.#used += this.#chunk.write(text, start);
    return this.#chunk.subarray(start, this.#used);
  }

  /** The same for a text with many equal ones, in the memory of the first of them: even a view of a few bytes takes a hundred of them. */
  addShared(text: string): Buffer {
    const known = this.#shared.get(text);
    if (known !== undefined) return known;
    const added = this.add(text);
    if (text.length <= MAX_SHARED_TEXT && this.#shared.size < MAX_SHARED) this.#shared.set(text, added);
    return added;
  }

  #next(bytes: number): void {
    if (this.#chunk.length - this.#used >= bytes) return;
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes));
    this.#used = 0;
  }
}
