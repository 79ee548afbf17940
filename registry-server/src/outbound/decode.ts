import { pipeline } from 'node:stream/promises';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import { codeOf } from '../errors.ts';
import { SourceError } from '../sources/source-error.ts';

type Pieces = AsyncIterable<Uint8Array>;
type Decoder = ReturnType<typeof createGunzip>;

/** The supported encodings. */
export const ACCEPT_ENCODING = 'gzip, br, zstd, deflate';

/** More than one is hardly ever used, and each multiplies what a small answer can unpack to. */
const MAX_ENCODINGS = 2;

/** A window of 8 MiB is all that RFC 9659 allows in HTTP; a frame may ask for 128 MiB of memory otherwise. */
const ZSTD_OPTIONS = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

/**
 * Undoes the encodings of a `Content-Encoding` header, in pieces. Throws {@link SourceError} for one that is not known; the content throws it
 * when it cannot be decoded.
 *
 * @param place where the content comes from, for messages
 */
export function decoded(content: Pieces, header: string | undefined, place: string): Pieces {
  const encodings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'identity');
  if (encodings.length > MAX_ENCODINGS)
    throw new SourceError('SourceUnreadable', `${place} has ${encodings.length} content encodings; at most ${MAX_ENCODINGS} are supported`);
  return encodings.reduceRight((pieces, encoding) => decodedOnce(pieces, encoding, place), content);
}

function decodedOnce(content: Pieces, encoding: string, place: string): Pieces {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return through(content, () => createGunzip(), encoding, place);
    case 'br':
      return through(content, () => createBrotliDecompress(), encoding, place);
    case 'zstd':
      return through(content, () => createZstdDecompress(ZSTD_OPTIONS), encoding, place);
    case 'deflate':
      return inflated(content, place);
    default: {
      const name = encoding.replaceAll(/[^a-z0-9-]/g, '?').slice(0, 20);
      throw new SourceError('SourceUnreadable', `${place} has the content encoding "${name}"; supported are ${ACCEPT_ENCODING}`);
    }
  }
}

/** `deflate` means the zlib form (RFC 9110, 8.4.1.2); some servers send it without the zlib header, whose first byte ends in 8. */
async function* inflated(content: Pieces, place: string): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces = content[Symbol.asyncIterator]();
  try {
    let head = await pieces.next();
    while (head.done !== true && head.value.length === 0) head = await pieces.next();
    if (head.done === true) return;
    const first = head.value;
    const whole = (async function* () {
      yield first;
      for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
    })();
    const create = ((first[0] ?? 0) & 0x0f) === 8 ? createInflate : createInflateRaw;
    yield* through(whole, () => create(), 'deflate', place);
  } finally {
    await pieces.return?.();
  }
}

async function* through(
  content: Pieces,
  create: () => Decoder | ReturnType<typeof createZstdDecompress>,
  encoding: string,
  place: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = create();
  // Its failure also fails the decoder, which reports it.
  const feeding = pipeline(content, decoder).catch(() => undefined);
  try {
    for await (const piece of decoder) yield piece as Uint8Array;
    await feeding;
  } catch (cause) {
    if (cause instanceof SourceError) throw cause;
    const code = codeOf(cause) ?? 'unknown failure';
    throw new SourceError('SourceUnreadable', `${place} cannot be decoded as ${encoding} (${code}); the response is damaged or truncated`, {
      cause,
    });
  }
}
