import { createHash } from 'node:crypto';
import { fileKeys, keys, names, type RegistryStatusDocument } from '@toolhive-registry/api';
import { CONFIG_MAPS } from '@toolhive-registry/reconciler/client';
import type { Cluster } from '../cluster/connect.ts';
import { find } from '../cluster/objects.ts';
import type { RegistryObject } from '../cluster/registries.ts';
import type { ConfigMapObject } from '../manifest/catalog-config-map.ts';
import { Failure } from '../program/failure.ts';
import type { Session } from '../terminal/session.ts';
import { until } from '../terminal/wait.ts';
import { documentOf } from './client.ts';
import { inCluster } from './cluster-target.ts';

/** A file of a ConfigMap that a registry reads, as its status names it. */
export interface MountedFile {
  readonly file: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** The key of a ConfigMap as a mounted file. */
export function mountedFile(file: string, { data, binaryData }: ConfigMapObject, key: string): MountedFile {
  const text = data?.[key];
  const bytes = text === undefined ? Buffer.from(binaryData?.[key] ?? '', 'base64') : Buffer.from(text, 'utf8');
  return { file, hash: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Waits until a registry that is Ready has read its spec as it is now, and the given files of its sources: an edit arrives a moment after it is written.
 * Returns how many servers it serves. Throws a {@link Failure} where a source fails.
 */
export async function untilServed(
  cluster: Cluster,
  object: RegistryObject,
  files: readonly MountedFile[],
  timeoutMs: number,
  session: Session,
): Promise<number> {
  // The caller closes the cluster.
  const kept: Cluster = { ...cluster, [Symbol.asyncDispose]: () => Promise.resolve() };
  await using target = await inCluster(kept, object, 'auto', session);
  const { label } = target.client;
  const wait = { what: `the change of ${label}`, timeoutMs, interrupted: 'the change stays, and the registry will read it' };
  return await until(wait, session, async () => {
    const expected = [...(await specFile(cluster, object, session)), ...files];
    const document = await documentOf(target.client);
    const late = expected.find(({ file, hash }) => document?.files[file] !== hash);
    if (document === undefined || late !== undefined) return { waiting: `the registry has not read ${late?.file ?? 'anything'} yet` };
    if (document.syncing) return { waiting: 'the registry reads its sources' };
    return { done: servedBy(document, label) };
  });
}

/** The spec as the controller wrote it for the registry. */
async function specFile(cluster: Cluster, { metadata }: RegistryObject, { signal }: Session): Promise<MountedFile[]> {
  const ref = { name: names.config(metadata.name), namespace: metadata.namespace };
  const configMap = await find<ConfigMapObject>(cluster, CONFIG_MAPS, ref, signal);
  return configMap === undefined ? [] : [mountedFile(fileKeys.spec, configMap, keys.spec)];
}

function servedBy({ sources, serverCount }: RegistryStatusDocument, label: string): number {
  const failed = sources.find(({ state }) => state === 'failed');
  if (failed === undefined) return serverCount;
  throw new Failure(`${label} is served, but not every source could be read: ${failed.name}: ${failed.message ?? 'it gave no reason'}`, {
    remedy: failed.remedy ?? 'status shows the sources',
  });
}
