import type { ports } from '@toolhive-registry/api';
import type { Cluster } from '../cluster/connect.ts';
import type { RegistryObject } from '../cluster/registries.ts';
import type { Session } from '../terminal/session.ts';
import { RegistryClient } from './client.ts';
import type { Via } from './in-cluster.ts';
import { registrySender } from './registry-sender.ts';

/** A registry that is asked at one of its ports alone. The caller closes it; the cluster stays open. */
export interface ClusterClient {
  readonly client: RegistryClient;
  readonly close: () => void;
}

/** Reaches one port of a registry of a cluster: `http` is open to all, `internal` has what is for operators. */
export async function clusterClient(
  cluster: Cluster,
  object: RegistryObject,
  { port, via }: { readonly port: keyof typeof ports; readonly via: Via },
  session: Pick<Session, 'env' | 'signal'>,
): Promise<ClusterClient> {
  const { name, namespace = cluster.namespace } = object.metadata;
  const { send, close } = await registrySender(cluster, object, port, via, session);
  return { client: new RegistryClient(`registry ${namespace}/${name}`, { send }), close };
}
