import { promisify } from 'node:util';
import { brotliDecompress, gzip } from 'node:zlib';
import { NO_CACHE, strongEtag, type Answer } from '../chain/answer.ts';
import type { EncodedBodies } from '../chain/encoding.ts';
import { markup } from '../page/html.ts';
import { NO_SNIFFING, PAGE_HEADERS, VARY_ON_PAGE } from './headers.ts';
import type { PackedFile, PackedPage } from './packed-page.ts';

/** The page for browsers, as it is answered. */
export interface ServedPage {
  /** The document, for clients that reach the server under a prefix. */
  document(prefix: string): Answer;
  /** A file of it; undefined where there is none of the name. */
  file(name: string): Answer | undefined;
}

/** Names contain a hash of the content, so a cached file never needs revalidation (RFC 8246). */
const FOR_EVER = { 'Cache-Control': 'public, max-age=31536000, immutable' } as const;

/** Makes answers of a page. */
export function servedPage({ document: [before, after], files }: PackedPage): ServedPage {
  const answers = new Map(files.map((file) => [file.name, fileAnswer(file)]));
  return {
    document: (prefix) => {
      const body = `${before}${baseOf(prefix)}${after}`;
      return {
        status: 200,
        contentType: 'text/html; charset=utf-8',
        headers: { ...NO_CACHE, ...VARY_ON_PAGE, ...PAGE_HEADERS },
        etag: strongEtag(body),
        body,
      };
    },
    file: (name) => answers.get(name),
  };
}

/**
 * The element that names the folder of relative URLs. It is needed where clients write the prefix without a slash at its end. Without a prefix it would
 * harm: behind a proxy that takes one away and says nothing, relative URLs find the files, and those from the root do not.
 */
function baseOf(prefix: string): string {
  return prefix === '' ? '' : markup`<base href="${`${prefix}/`}">`.text;
}

/** Of a file the bytes in brotli stay in memory; it is unpacked for those few who do not take that, and what they get in gzip is kept once it was made. */
function fileAnswer({ contentType, etag, length, br }: PackedFile): Answer {
  const packed = Buffer.from(br, 'base64');
  const plain = (): Promise<Buffer> => promisify(brotliDecompress)(packed);
  let gzipped: Buffer | undefined;
  const encoded: EncodedBodies = {
    get: (encoding) => {
      if (encoding === 'br') return { body: [packed] };
      if (encoding !== 'gzip') return undefined;
      if (gzipped !== undefined) return { body: [gzipped] };
      return { body: made(async () => (gzipped = await promisify(gzip)(await plain(), { level: 9 }))) };
    },
    keep: () => undefined,
  };
  return { status: 200, contentType, headers: { ...FOR_EVER, ...NO_SNIFFING }, etag, length, body: made(plain), encoded };
}

/** A body that is generated for each answer when it is written. */
function made(make: () => Promise<Buffer>): AsyncIterable<Buffer> {
  return {
    async *[Symbol.asyncIterator]() {
      yield await make();
    },
  };
}
