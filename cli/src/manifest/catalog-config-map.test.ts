import { expect, test } from '@jest/globals';
import { catalogConfigMap } from './catalog-config-map.ts';

const PLACE = { name: 'x-catalog', registry: 'x', group: 'toolhive.stacklok.dev', key: 'registry.json' } as const;
/** The limit of the API server. */
const MOST = 1_048_576;

/** Bytes that are taken for gzip, which are stored as they are. */
function gzipOf(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set([0x1f, 0x8b]);
  return bytes;
}

test('a ConfigMap may have as many bytes as the API server accepts, and no more', () => {
  const { binaryData } = catalogConfigMap(PLACE, gzipOf(MOST));
  expect(Buffer.from(binaryData?.['registry.json'] ?? '', 'base64').length).toBe(MOST);
  expect(() => catalogConfigMap(PLACE, gzipOf(MOST + 1))).toThrow(`the catalog has ${MOST + 1} bytes; a ConfigMap holds ${MOST}`);
});
