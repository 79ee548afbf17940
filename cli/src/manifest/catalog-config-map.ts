import { gzipSync } from 'node:zlib';
import { labels, type RegistryGroup } from '@toolhive-registry/api/group';
import type { KubeObject } from '@toolhive-registry/reconciler/client';
import { isGzip } from '../catalog-file/unpack.ts';
import { misuse } from '../program/failure.ts';

/** Value of the label on ConfigMaps that this program made. */
export const MADE_BY = 'toolhive-registry-cli';

/** The labels of what this program makes for a registry. Two registries of one name may have the same ConfigMaps in mind, one of each API group. */
export function madeFor(registry: string, group: RegistryGroup): Readonly<Record<string, string>> {
  return { [labels.appManagedBy]: MADE_BY, [labels.registryName]: registry, [labels.appPartOf]: group };
}

/** The name of the ConfigMap with the catalog of a registry, or of one of its sources. */
export function catalogName(registry: string, source: string | undefined): string {
  return source === undefined ? `${registry}-catalog` : `${registry}-catalog-${source}`;
}

/** The key of a catalog in its ConfigMap where no other is named. */
export const CATALOG_KEY = 'registry.json';

/** A ConfigMap as far as this program writes it. */
export interface ConfigMapObject extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

/** Maximum size in bytes of a ConfigMap's values together, Base64 decoded: so the API server counts (kubernetes, pkg/apis/core/validation, ValidateConfigMap). */
const MAX_BYTES = 1_048_576;
/** Larger catalogs are stored compressed; smaller ones stay readable for people. */
const PLAIN_BYTES = 512 * 1024;

/** Where a catalog is put, and for which registry. */
export interface CatalogPlace {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly registry: string;
  readonly group: RegistryGroup;
  readonly key: string;
}

/** A ConfigMap with a catalog: as text, or compressed where it would be too large. The same bytes give the same ConfigMap. */
export function catalogConfigMap({ name, namespace, registry, group, key }: CatalogPlace, catalog: Uint8Array): ConfigMapObject {
  const head = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: madeFor(registry, group),
    },
  };
  const isCompressed = isGzip(catalog);
  if (!isCompressed && catalog.length <= PLAIN_BYTES) return { ...head, data: { [key]: Buffer.from(catalog).toString('utf8') } };
  const compressed = isCompressed ? Buffer.from(catalog) : gzipSync(catalog, { level: 9 });
  if (compressed.length > MAX_BYTES)
    throw misuse(
      `the catalog has ${catalog.length} bytes${isCompressed ? '' : `, ${compressed.length} compressed`}; a ConfigMap holds ${MAX_BYTES}`,
      'put it into a Git repository or behind a URL, and use --from git or --from url',
    );
  return { ...head, binaryData: { [key]: compressed.toString('base64') } };
}
