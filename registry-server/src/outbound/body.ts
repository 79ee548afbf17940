import { SourceError } from '../sources/source-error.ts';

type Pieces = AsyncIterable<Uint8Array>;

/** Maximum number of characters of an answer that a message quotes. */
const MAX_EXCERPT = 200;
/** Bytes that are read for it. */
const EXCERPT_BYTES = 2048;

/** Passes content on up to a limit. The stream throws {@link SourceError} at the first byte beyond. */
export async function* limited(content: Pieces, maxBytes: number, place: string): AsyncGenerator<Uint8Array, void, undefined> {
  let length = 0;
  for await (const piece of content) {
    length += piece.length;
    if (length > maxBytes) throw tooLarge(place, maxBytes);
    yield piece;
  }
}

/** An answer that is over its limit. */
export function tooLarge(place: string, maxBytes: number): SourceError {
  return new SourceError('SourceTooLarge', `${place} sends more than ${maxBytes} bytes; split the catalog into several sources`);
}

/**
 * Passes content on unless it contains a secret. If a server echoed credentials, they would be stored, quoted in
 * findings and served to everyone. The stream throws {@link SourceError} where one begins.
 */
export async function* withoutEcho(
  content: Pieces,
  secrets: readonly string[],
  place: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const needles = secrets.map((secret) => Buffer.from(secret));
  const overlap = Math.max(0, ...needles.map((needle) => needle.length - 1));
  let tail: Buffer = Buffer.alloc(0);
  for await (const piece of content) {
    const whole = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    // A secret may be spread over pieces. Only the seam is copied.
    const seam = Buffer.concat([tail, whole.subarray(0, overlap)]);
    if (needles.some((needle) => seam.includes(needle) || whole.includes(needle)))
      throw new SourceError('SourceUnreadable', `${place} echoes the credentials that it was sent; the response was discarded`);
    tail = lastBytes(Buffer.concat([tail, lastBytes(whole, overlap)]), overlap);
    yield piece;
  }
}

function lastBytes(bytes: Buffer, count: number): Buffer {
  return bytes.subarray(Math.max(0, bytes.length - count));
}

/** The beginning of an error's text, for messages: printable characters only. */
export async function excerptOf(content: Pieces): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    pieces.push(piece);
    length += piece.length;
    if (length >= EXCERPT_BYTES) break;
  }
  return printable(Buffer.concat(pieces).subarray(0, EXCERPT_BYTES).toString('utf8'));
}

/** At most 200 printable characters of a text, white space as single spaces. */
export function printable(text: string): string {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '?')
    .trim();
  return line.length <= MAX_EXCERPT ? line : `${line.slice(0, MAX_EXCERPT)}…`;
}
