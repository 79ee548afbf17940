import { configMapReferences, parseMCPRegistry } from '@toolhive-registry/api';
import { CONFIG_MAPS, type KubeObject } from '@toolhive-registry/reconciler/client';
import { find } from '../../cluster/objects.ts';
import type { ConfigMapObject } from '../../manifest/catalog-config-map.ts';
import type { Target } from '../../registry/target.ts';
import type { Session } from '../../terminal/session.ts';

/** What the API server adds to every object, and what ties it to one cluster. */
const SERVER_FIELDS = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink', 'ownerReferences'];
/** Annotations that say what is to be done once, or that others keep for themselves. */
const PASSING = /^(?:kubectl\.kubernetes\.io\/last-applied-configuration|toolhive\.stacklok\.dev\/(?:sync-trigger|sync-source))$/;

/** The MCPRegistry and the ConfigMaps that it reads, as they would be applied. */
export async function manifestsOf({ cluster, object }: NonNullable<Target['inCluster']>, { signal }: Session): Promise<KubeObject[]> {
  const { status: _status, ...registry } = object;
  const parsed = parseMCPRegistry(object, { unknownFields: 'ignore' });
  const names = new Set(parsed.ok ? configMapReferences(parsed.registry).map(({ name }) => name) : []);
  const found: KubeObject[] = [];
  for (const name of names) {
    const configMap = await find<ConfigMapObject>(cluster, CONFIG_MAPS, { name, namespace: object.metadata.namespace }, signal);
    if (configMap !== undefined) found.push({ ...cleaned(configMap), apiVersion: 'v1', kind: 'ConfigMap' });
  }
  return [...found, cleaned(registry)];
}

function cleaned<T extends KubeObject>(object: T): T {
  const { metadata, apiVersion, kind, ...rest } = object;
  const kept = Object.fromEntries(Object.entries(metadata).filter(([name]) => !SERVER_FIELDS.includes(name)));
  const annotations = Object.entries(metadata.annotations ?? {}).filter(([name]) => !PASSING.test(name));
  const { annotations: _annotations, ...others } = kept;
  return {
    apiVersion,
    kind,
    metadata: { ...others, ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }) },
    ...rest,
  } as unknown as T;
}
