/*
 * Finds the list of servers in the bytes of a JSON document, and cuts it into its items, without parsing any: a list of 75,000 entries takes ten
 * times its size in memory when it is parsed as a whole. What is cut out is parsed by JSON.parse as ever; here only strings and brackets count.
 */

/** A list in a document. */
export interface ItemList {
  /** Where it is in the document, as a JSON pointer. */
  readonly pointer: '' | '/servers' | '/data/servers';
  /** Where each item begins and ends. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** The document around the list: before its opening bracket, and after the closing one. */
  readonly before: number;
  readonly after: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * The list of servers of a document: the document itself, or the value of `servers` or `data.servers`. Undefined if there is none, and for invalid JSON or
 * duplicate keys: then the document has to be parsed as a whole.
 */
export function findItems(bytes: Uint8Array): ItemList | undefined {
  const scanner = new Scanner(bytes);
  // A byte order mark, as some editors write.
  const start = scanner.skipSpace(bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
  const list = bytes[start] === OPEN_LIST ? scanner.list(start, '') : scanner.listIn(start);
  return list !== undefined && !scanner.failed ? list : undefined;
}

/** Where the JSON value that begins at a position ends. */
export function valueEnd(bytes: Uint8Array, start: number): number {
  return new Scanner(bytes).valueEnd(start);
}

class Scanner {
  /** The text is not JSON, or not in the form that programs write. */
  failed = false;
  readonly #bytes: Uint8Array;
  readonly #keys: Record<'servers' | 'data', Buffer> = { servers: Buffer.from('servers'), data: Buffer.from('data') };

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  skipSpace(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at += 1;
    return at;
  }

  /** Splits the list that begins here. */
  list(open: number, pointer: ItemList['pointer']): ItemList | undefined {
    const starts: number[] = [];
    const ends: number[] = [];
    let at = this.skipSpace(open + 1);
    while (this.#bytes[at] !== CLOSE_LIST || starts.length > 0) {
      const end = this.valueEnd(at);
      if (this.failed || end === at) return this.#fail();
      starts.push(at);
      ends.push(end);
      at = this.skipSpace(end);
      if (this.#bytes[at] === CLOSE_LIST) break;
      if (this.#bytes[at] !== COMMA) return this.#fail();
      at = this.skipSpace(at + 1);
    }
    return { pointer, starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), before: open, after: at + 1 };
  }

  /** Looks for a list in the object that begins here. */
  listIn(open: number, inData = false): ItemList | undefined {
    let found: ItemList | undefined;
    const end = this.#members(open, (key, value) => {
      if (key === 'servers' && this.#bytes[value] === OPEN_LIST) {
        if (found !== undefined) return this.#failAt(value);
        found = this.list(value, inData ? '/data/servers' : '/servers');
        return found?.after ?? value;
      }
      if (key === 'data' && !inData && this.#bytes[value] === OPEN_OBJECT) {
        const inside = this.listIn(value, true);
        if (inside !== undefined && found !== undefined) return this.#failAt(value);
        found ??= inside;
      }
      return this.valueEnd(value);
    });
    return end < 0 ? this.#fail() : found;
  }

  /** Walks the members of an object; `member` returns where a value ends. Returns where the object ends. */
  #members(open: number, member: (key: 'servers' | 'data' | 'other', value: number) => number): number {
    const bytes = this.#bytes;
    if (bytes[open] !== OPEN_OBJECT) return -1;
    let at = this.skipSpace(open + 1);
    if (bytes[at] === CLOSE_OBJECT) return at + 1;
    for (;;) {
      if (bytes[at] !== QUOTE) return -1;
      const keyEnd = this.#stringEnd(at);
      const key = this.#keyAt(at + 1, keyEnd - 1);
      at = this.skipSpace(keyEnd);
      if (bytes[at] !== COLON) return -1;
      at = this.skipSpace(member(key, this.skipSpace(at + 1)));
      if (this.failed) return -1;
      if (bytes[at] === CLOSE_OBJECT) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.skipSpace(at + 1);
    }
  }

  #keyAt(start: number, end: number): 'servers' | 'data' | 'other' {
    const key = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, end - start);
    if (key.equals(this.#keys.servers)) return 'servers';
    return key.equals(this.#keys.data) ? 'data' : 'other';
  }

  /** Where the value that begins here ends. */
  valueEnd(start: number): number {
    const bytes = this.#bytes;
    const first = bytes[start];
    if (first === QUOTE) return this.#stringEnd(start);
    if (first !== OPEN_OBJECT && first !== OPEN_LIST) return this.#scalarEnd(start);
    let depth = 0;
    for (let at = start; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === QUOTE) at = this.#stringEnd(at) - 1;
      else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        depth -= 1;
        if (depth === 0) return at + 1;
      }
    }
    return this.#failAt(bytes.length);
  }

  #stringEnd(start: number): number {
    const bytes = this.#bytes;
    for (let at = start + 1; at < bytes.length; at += 1) {
      if (bytes[at] === BACKSLASH) at += 1;
      else if (bytes[at] === QUOTE) return at + 1;
    }
    return this.#failAt(bytes.length);
  }

  #scalarEnd(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    while (at < bytes.length && !isEnd(bytes[at] ?? 0)) at += 1;
    return at;
  }

  #fail(): undefined {
    this.failed = true;
  }

  #failAt(at: number): number {
    this.failed = true;
    return at;
  }
}

function isEnd(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || byte <= 0x20;
}
