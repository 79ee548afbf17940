import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import { weightsOf } from '../input/weights.ts';
import type { Answer, Body, WholeBody } from './answer.ts';

/** The encodings that answers are sent in (RFC 9110, 8.4.1; RFC 7932; RFC 8878), the preferred one first. */
const ENCODINGS = ['zstd', 'br', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Below this, one more header costs as much as the encoding saves. */
const MIN_BYTES = 1024;
/** Above this an answer is sent as it is: a few clients that ask for all of a large catalog would take the memory and the thread pool. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Encoded forms of a body that are kept beside it. */
export interface EncodedBodies {
  get(encoding: Encoding): EncodedBody | undefined;
  /** Keeps one that was just made. */
  keep(encoding: Encoding, body: Buffer): void;
}

/** A body in an encoding, and its length in bytes where it is a stream. */
export interface EncodedBody {
  readonly body: Body;
  readonly length?: number;
}

/** Keeps what was made once. */
export function createEncodedBodies(): EncodedBodies {
  const bodies = new Map<Encoding, EncodedBody>();
  return {
    get: (encoding) => bodies.get(encoding),
    keep: (encoding, body) => void bodies.set(encoding, { body: [body] }),
  };
}

/** For a body as it is. */
export const NO_ENCODINGS: readonly Encoding[] = [];

/** Maximum number of headers whose meaning is remembered; clients of one kind send the same one. */
const MAX_HEADERS = 100;

/** Reads `Accept-Encoding`: which of our encodings a client accepts, in its order of preference (RFC 9110, 12.5.3); none: the body as it is. */
export function createNegotiation(): (header: string | string[] | undefined) => readonly Encoding[] {
  const known = new Map<string, readonly Encoding[]>();
  return (header) => {
    if (typeof header !== 'string') return NO_ENCODINGS;
    const before = known.get(header);
    if (before !== undefined) return before;
    const encodings = acceptedEncodings(header);
    if (known.size >= MAX_HEADERS) known.clear();
    known.set(header, encodings);
    return encodings;
  };
}

function acceptedEncodings(header: string): readonly Encoding[] {
  const weights = weightsOf(header);
  const any = weights.get('*') ?? 0;
  const identity = weights.get('identity') ?? 0;
  const qualityOf = (encoding: Encoding): number =>
    weights.get(encoding) ?? (encoding === 'gzip' ? weights.get('x-gzip') : undefined) ?? any;
  return ENCODINGS.filter((encoding) => qualityOf(encoding) > 0 && qualityOf(encoding) >= identity).toSorted(
    (a, b) => qualityOf(b) - qualityOf(a),
  );
}

/** Whether an answer is worth encoding. */
export function isEncodable({ status, body, encoded }: Answer): boolean {
  if (status !== 200) return false;
  if (encoded !== undefined && isStreamed(body)) return true;
  if (isStreamed(body)) return false;
  const length = typeof body === 'string' ? body.length : body.reduce((sum, piece) => sum + piece.length, 0);
  return length >= MIN_BYTES && length <= MAX_BYTES;
}

function isStreamed(body: Body): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && Symbol.asyncIterator in body;
}

const compress = {
  // Quick levels: an answer that is asked for once is encoded for it alone.
  gzip: (bytes: Buffer): Promise<Buffer> => promisify(gzip)(bytes, { level: 6 }),
  br: (bytes: Buffer): Promise<Buffer> =>
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
  zstd: (bytes: Buffer): Promise<Buffer> => promisify(zstdCompress)(bytes),
} as const satisfies Record<Encoding, (bytes: Buffer) => Promise<Buffer>>;

/** Encodes a body, in the thread pool. */
export function encode(body: WholeBody, encoding: Encoding): Promise<Buffer> {
  return compress[encoding](
    typeof body === 'string' ? Buffer.from(body) : body.length === 1 ? (body[0] ?? Buffer.alloc(0)) : Buffer.concat(body),
  );
}

/** The tag of an encoded answer: other bytes have another strong tag (RFC 9110, 8.8.3.3). */
export function encodedEtag(etag: string, encoding: Encoding): string {
  return `${etag.slice(0, -1)}-${encoding}"`;
}

/** The tag without its encoding: freshness does not depend on the encoding. */
export function plainEtag(etag: string): string {
  return etag.replace(/-(?:zstd|br|gzip)"$/, '"');
}

/** The answer with another body. */
export function encodedAnswer(answer: Answer, encoding: Encoding, { body, length }: EncodedBody): Answer {
  const { length: _plain, lines: _lines, ...rest } = answer;
  return {
    ...rest,
    ...(length === undefined ? {} : { length }),
    ...(answer.etag === undefined ? {} : { etag: encodedEtag(answer.etag, encoding) }),
    headers: { ...answer.headers, 'Content-Encoding': encoding },
    body,
  };
}
