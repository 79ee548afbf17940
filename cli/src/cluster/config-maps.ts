import { CONFIG_MAPS } from '@toolhive-registry/reconciler/client';
import type { ConfigMapObject } from '../manifest/catalog-config-map.ts';
import { FIELD_MANAGER } from './annotate.ts';
import { explained, type Cluster } from './connect.ts';
import { create, find, type WriteMode } from './objects.ts';

/** Creates a ConfigMap, or puts its data in place of those that there are: a key may move between `data` and `binaryData`. */
export async function putConfigMap(cluster: Cluster, configMap: ConfigMapObject, { dryRun, signal }: WriteMode): Promise<void> {
  const { name, namespace } = configMap.metadata;
  const before = await find<ConfigMapObject>(cluster, CONFIG_MAPS, { name, namespace }, signal);
  if (before === undefined) {
    await create(cluster, configMap, { dryRun, signal });
    return;
  }
  const patch = [
    { op: 'add', path: '/data', value: configMap.data ?? {} },
    { op: 'add', path: '/binaryData', value: configMap.binaryData ?? {} },
  ];
  await cluster.client
    .patch(CONFIG_MAPS, { name, namespace }, patch, { dryRun, signal, fieldManager: FIELD_MANAGER })
    .catch((error: unknown) => Promise.reject(explained(error, cluster.access)));
}
