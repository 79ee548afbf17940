/** Bytes of one piece of memory. Pieces of this size go back to the system when they are free; thousands of small ones would not. */
const CHUNK_BYTES = 1024 * 1024;

/** Keeps many texts as bytes, one behind the other in large pieces of memory. */
export class ByteArena {
  #chunk = Buffer.alloc(0);
  #used = 0;

  /** The text in UTF-8. */
  add(text: string): Buffer {
    // Three bytes are the most that one unit of a text can take.
    if (this.#chunk.length - this.#used < text.length * 3) this.#next(Buffer.byteLength(text));
    const start = this.#used;
    this.#used += this.#chunk.write(text, start);
    return this.#chunk.subarray(start, this.#used);
  }

  #next(bytes: number): void {
    if (this.#chunk.length - this.#used >= bytes) return;
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, bytes));
    this.#used = 0;
  }
}
