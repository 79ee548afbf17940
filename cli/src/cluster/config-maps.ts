import { CONFIG_MAPS } from '@toolhive-registry/reconciler/client';
import type { ConfigMapObject } from '../manifest/catalog-config-map.ts';
import { misuse } from '../program/failure.ts';
import { FIELD_MANAGER } from './annotate.ts';
import { explained, type Cluster } from './connect.ts';
import { create, find, type WriteMode } from './objects.ts';

/**
 * Creates a ConfigMap, or replaces its data: a key may move between `data` and `binaryData`. Throws a failure for one with
 * other labels: someone else made it.
 */
export async function putConfigMap(cluster: Cluster, configMap: ConfigMapObject, { dryRun, signal }: WriteMode): Promise<void> {
  const { name, namespace } = configMap.metadata;
  const before = await find<ConfigMapObject>(cluster, CONFIG_MAPS, { name, namespace }, signal);
  if (before === undefined) {
    await create(cluster, configMap, { dryRun, signal });
    return;
  }
  const wanted = Object.entries(configMap.metadata.labels ?? {});
  if (!wanted.every(([label, value]) => before.metadata.labels?.[label] === value))
    throw misuse(
      `configmap/${name} of namespace ${namespace ?? ''} was not made for this registry`,
      'delete or rename it, or name another with --from configmap',
    );
  const patch = [
    { op: 'add', path: '/data', value: configMap.data ?? {} },
    { op: 'add', path: '/binaryData', value: configMap.binaryData ?? {} },
  ];
  await cluster.client
    .patch(CONFIG_MAPS, { name, namespace }, patch, { dryRun, signal, fieldManager: FIELD_MANAGER })
    .catch((error: unknown) => Promise.reject(explained(error, cluster.access)));
}
