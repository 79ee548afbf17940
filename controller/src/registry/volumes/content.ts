import { createHash } from 'node:crypto';
import { fileKeys, keys, normalizedSources, paths, secretFiles } from '@toolhive-registry/api';
import type { KubeObject, ObjectKey } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import type { ConfigMapObject } from '../render/config-map.ts';

/** SHA-256 of files in hexadecimal, by the names under which the registry reports them; empty: the file should not exist. */
export type ContentHashes = Readonly<Record<string, string>>;

/** The `resourceVersion` of the object behind each file, by the file's path in the pod. */
export type FileVersions = Readonly<Record<string, string>>;

/** SHA-256 of each key's bytes, as a volume shows them. */
export function keyHashes(configMap: ConfigMapObject): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(configMap.data ?? {}).map(([key, text]) => [key, sha256(Buffer.from(text))] as const),
    ...Object.entries(configMap.binaryData ?? {}).map(([key, text]) => [key, sha256(Buffer.from(text, 'base64'))] as const),
  ]);
}

/** What the pods should have mounted: our own ConfigMaps, and the keys of the sources' ConfigMaps (by name), if those exist. */
export function expectedContent(
  registry: ValidRegistry,
  config: ConfigMapObject,
  sources: ReadonlyMap<string, ReadonlyMap<string, string>>,
  deployed: ConfigMapObject | undefined,
): ContentHashes {
  const hashes: Record<string, string> = {};
  const spec = keyHashes(config).get(keys.spec);
  if (spec !== undefined) hashes[fileKeys.spec] = spec;
  if (deployed !== undefined) hashes[fileKeys.deployed] = keyHashes(deployed).get(keys.deployed) ?? '';
  for (const source of normalizedSources(registry.manifest)) {
    if (source.type !== 'configmap') continue;
    const { name, key } = source.configmap;
    const hash = sources.get(name)?.get(key);
    // The pod should also notice that one is gone.
    hashes[fileKeys.source(source.name, key)] = hash ?? '';
  }
  return hashes;
}

/**
 * The ConfigMaps with the certificates of sources, if they exist. Pods report no hash of anything below `/secrets`, and the contents are not needed here.
 * Secrets are not included: the controller may not watch them.
 */
export function certificateVersions(registry: ValidRegistry, configMaps: { get(key: ObjectKey): KubeObject | undefined }): FileVersions {
  const versions: Record<string, string> = {};
  for (const { name, tls } of normalizedSources(registry.manifest)) {
    if (tls?.caConfigMapRef === undefined) continue;
    const live = configMaps.get({ namespace: registry.namespace, name: tls.caConfigMapRef.name });
    if (live !== undefined) versions[`${paths.secrets}/${secretFiles.ca(name)}`] = live.metadata.resourceVersion ?? '';
  }
  return versions;
}

/** One hash over everything, short enough for an annotation. */
export function contentHash(hashes: ContentHashes | FileVersions): string {
  return sha256(Buffer.from(JSON.stringify(Object.entries(hashes).sort(([a], [b]) => (a < b ? -1 : 1))))).slice(0, 16);
}

/** Whether a pod has read what it should have. A file it does not report has not been read yet. */
export function isCurrent(expected: ContentHashes, reported: ContentHashes): boolean {
  return Object.entries(expected).every(([file, hash]) => (reported[file] ?? '') === hash);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
