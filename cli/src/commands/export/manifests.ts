import { configMapReferences, parseMCPRegistry } from '@toolhive-registry/api';
import { CONFIG_MAPS, type KubeObject } from '@toolhive-registry/reconciler/client';
import { cleaned } from '../../manifest/cleaned.ts';
import { find } from '../../cluster/objects.ts';
import type { ConfigMapObject } from '../../manifest/catalog-config-map.ts';
import type { Target } from '../../registry/target.ts';
import type { Session } from '../../terminal/session.ts';

/** The MCPRegistry and the ConfigMaps that it reads, as they would be applied. Missing ones are listed in `missing`. */
export async function manifestsOf(
  { cluster, object }: NonNullable<Target['inCluster']>,
  missing: string[],
  { signal }: Session,
): Promise<KubeObject[]> {
  const { status: _status, ...registry } = object;
  const parsed = parseMCPRegistry(object, { unknownFields: 'ignore' });
  if (!parsed.ok)
    missing.push('ConfigMaps are not in the archive: the spec of the registry is not valid, so it is unknown which ones it reads');
  const names = new Set(parsed.ok ? configMapReferences(parsed.registry).map(({ name }) => name) : []);
  const found: KubeObject[] = [];
  for (const name of names) {
    const configMap = await find<ConfigMapObject>(cluster, CONFIG_MAPS, { name, namespace: object.metadata.namespace }, signal);
    if (configMap === undefined) missing.push(`configmap/${name} is not in the archive: it does not exist`);
    else found.push({ ...cleaned(configMap), apiVersion: 'v1', kind: 'ConfigMap' });
  }
  return [...found, cleaned(registry)];
}
