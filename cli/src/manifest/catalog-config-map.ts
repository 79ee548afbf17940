import { gzipSync } from 'node:zlib';
import { labels } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler/client';
import { misuse } from '../program/failure.ts';

/** Value of the label by which ConfigMaps are told that this program made. */
export const MADE_BY = 'toolhive-registry-cli';

/** A ConfigMap as far as this program writes it. */
export interface ConfigMapObject extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

/** Most bytes of a ConfigMap's data: etcd and the API server take 1 MiB, names and metadata included. */
const MAX_BYTES = 1_048_576 - 16_384;
/** Above this a catalog is stored compressed: a ConfigMap that people can read is worth more than one that is small. */
const PLAIN_BYTES = 512 * 1024;

/** A ConfigMap with a catalog: as text, or compressed where it would be too large. The same bytes give the same ConfigMap. */
export function catalogConfigMap(
  {
    name,
    namespace,
    registry,
    key,
  }: { readonly name: string; readonly namespace?: string | undefined; readonly registry: string; readonly key: string },
  catalog: Uint8Array,
): ConfigMapObject {
  const head = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { [labels.appManagedBy]: MADE_BY, [labels.registryName]: registry },
    },
  };
  const isCompressed = catalog[0] === 0x1f && catalog[1] === 0x8b;
  if (!isCompressed && catalog.length <= PLAIN_BYTES) return { ...head, data: { [key]: Buffer.from(catalog).toString('utf8') } };
  const compressed = isCompressed ? Buffer.from(catalog) : gzipSync(catalog, { level: 9 });
  const text = compressed.toString('base64');
  if (text.length > MAX_BYTES)
    throw misuse(
      `the catalog has ${catalog.length} bytes, ${compressed.length} of them compressed: a ConfigMap holds 1 MiB`,
      'put it into a Git repository or behind a URL, and use --from git or --from url',
    );
  return { ...head, binaryData: { [key]: text } };
}
