import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Page, PageFile } from '@toolhive-registry/web/build';
import { strongEtag } from '../chain/answer.ts';

/** The page for browsers as embedded in a bundle: JSON, with every file compressed. */
export interface PackedPage {
  /** What is before and behind the place for a `base` element in the document. */
  readonly document: readonly [before: string, after: string];
  readonly files: readonly PackedFile[];
}

/** A file of the page. */
export interface PackedFile {
  readonly name: string;
  readonly contentType: string;
  /** Of the bytes as they are, such as `"0123…"`. */
  readonly etag: string;
  /** Number of bytes as they are. */
  readonly length: number;
  /** The bytes in brotli, in base64. */
  readonly br: string;
}

/** Compresses a page. `basePlace` is the placeholder in its document for a `base` element. Throws an Error unless it occurs there exactly once. */
export async function packPage({ html, files }: Pick<Page, 'html' | 'files'>, basePlace: string): Promise<PackedPage> {
  const [before, after, ...more] = html.split(basePlace);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`the document of the page must have ${basePlace} once`);
  }
  return { document: [before, after], files: await Promise.all(files.map(packFile)) };
}

async function packFile({ name, contentType, bytes }: PageFile): Promise<PackedFile> {
  const br = await promisify(brotliCompress)(bytes, {
    // As small as can be: it is made once.
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  return { name, contentType, etag: strongEtag(bytes), length: bytes.length, br: br.toString('base64') };
}
