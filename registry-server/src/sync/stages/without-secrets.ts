import { hash } from 'node:crypto';
import { MAX_CLIENT_TEXT, withoutClientSecrets } from '@toolhive-registry/catalog';

/** Content for the disk, without secrets. */
export interface SafeContent {
  readonly content: AsyncIterable<Uint8Array>;
  /** SHA-256 of what was passed on, hexadecimal, where that is something else than what came. To be asked at the end. */
  readonly hash: () => string | undefined;
}

/** Passes content on. The configuration of a client, which is full of secrets, is buffered to its end, and replaced with its sanitized form. */
export function withoutSecrets(content: AsyncIterable<Uint8Array>): SafeContent {
  let changed: string | undefined;
  async function* safe(): AsyncGenerator<Uint8Array, void, undefined> {
    let held: Uint8Array[] | undefined = [];
    let length = 0;
    for await (const piece of content) {
      if (held === undefined) {
        yield piece;
        continue;
      }
      held.push(piece);
      length += piece.length;
      if (length <= MAX_HELD) continue;
      yield* held;
      held = undefined;
    }
    if (held === undefined) return;
    // Decoded as it is when it is read: without a byte order mark.
    const text = withoutClientSecrets(new TextDecoder().decode(Buffer.concat(held)));
    if (text === undefined) {
      yield* held;
      return;
    }
    const bytes = Buffer.from(text);
    changed = hash('sha256', bytes, 'hex');
    yield bytes;
  }
  return { content: safe(), hash: () => changed };
}

/** A character has up to four bytes. What is longer is not a configuration that is read. */
const MAX_HELD = 4 * MAX_CLIENT_TEXT;
