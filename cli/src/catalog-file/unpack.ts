import { gunzipSync } from 'node:zlib';
import { CatalogError, MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';

/** Magic number of gzip (RFC 1952, 2.3.1). */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** Whether bytes are gzip. */
export function isGzip(bytes: Uint8Array): boolean {
  return GZIP_MAGIC.equals(bytes.subarray(0, 2));
}

/** The bytes of a catalog, unpacked if they are gzip. Throws CatalogError for what cannot be unpacked, or has more than `most` bytes then. */
export function unpacked(bytes: Uint8Array, most = MAX_CATALOG_BYTES): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (cause) {
    const isTooMuch = typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw new CatalogError(
      isTooMuch ? `is gzip that unpacks to more than ${most} bytes; split it` : 'is damaged gzip; compress the file again',
      {
        cause,
      },
    );
  }
}
