import { explained, type Cluster } from './connect.ts';
import { groupOf, registryKind, type RegistryObject } from './registries.ts';
import type { Session } from '../terminal/session.ts';

/** Field manager that the API server records. */
export const FIELD_MANAGER = 'toolhive-registry-cli';

/** Sets annotations of a registry; null removes one. */
export async function annotate(
  { cluster, object }: { readonly cluster: Cluster; readonly object: RegistryObject },
  annotations: Readonly<Record<string, string | null>>,
  { signal }: Pick<Session, 'signal'>,
): Promise<void> {
  const { name, namespace = cluster.namespace } = object.metadata;
  await cluster.client
    .patch(registryKind(groupOf(object)), { namespace, name }, { metadata: { annotations } }, { signal, fieldManager: FIELD_MANAGER })
    .catch((error: unknown) => Promise.reject(explained(error, cluster.access)));
}
