import { normalizedSources } from '@toolhive-registry/api';
import { CONFIG_MAPS, isNotFound, type ApiClient, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import type { ConfigMapObject } from '../render/config-map.ts';
import type { ValidRegistry } from '../resource.ts';
import { keyHashes } from './content.ts';

/** SHA-256 of the keys of the sources' ConfigMaps, by name of the ConfigMap, if it exists. Rejects when the API server does not answer. */
export type SourceHashes = (registry: ValidRegistry, signal: AbortSignal) => Promise<ReadonlyMap<string, ReadonlyMap<string, string>>>;

/** Creates a reader of hashes. It reads each version of a ConfigMap from the API server once, since the store holds no data. */
export function createSourceHashes(
  client: Pick<ApiClient, 'get'>,
  configMaps: { get(key: ObjectKey): KubeObject | undefined },
): SourceHashes {
  const hashesOf = new WeakMap<KubeObject, ReadonlyMap<string, string>>();

  return async (registry, signal) => {
    const found = new Map<string, ReadonlyMap<string, string>>();
    for (const source of normalizedSources(registry.manifest)) {
      if (source.type !== 'configmap' || found.has(source.configmap.name)) continue;
      const ref = { namespace: registry.namespace, name: source.configmap.name };
      const known = configMaps.get(ref);
      if (known === undefined) continue;
      let hashes = hashesOf.get(known);
      if (hashes === undefined) {
        try {
          hashes = keyHashes(await client.get<ConfigMapObject>(CONFIG_MAPS, ref, { signal }));
        } catch (error) {
          if (isNotFound(error)) continue;
          throw error;
        }
        hashesOf.set(known, hashes);
      }
      found.set(ref.name, hashes);
    }
    return found;
  };
}
