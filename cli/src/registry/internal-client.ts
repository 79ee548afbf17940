import { names, ports } from '@toolhive-registry/api';
import type { Cluster } from '../cluster/connect.ts';
import type { RegistryObject } from '../cluster/registries.ts';
import type { Session } from '../terminal/session.ts';
import { RegistryClient } from './client.ts';
import { clusterSender, type Via } from './in-cluster.ts';

/** A registry that is asked at its internal port alone. Whoever opens it closes it; the cluster stays open. */
export interface InternalClient {
  readonly client: RegistryClient;
  readonly close: () => void;
}

/** Reaches the internal port of a registry of a cluster, which has all that the other port has, and more. */
export async function internalClient(
  cluster: Cluster,
  { metadata: { name, namespace = cluster.namespace } }: RegistryObject,
  via: Via,
  session: Pick<Session, 'env' | 'signal'>,
): Promise<InternalClient> {
  const port = { namespace, service: names.internal(name), port: ports.internal };
  const { send, close } = await clusterSender(cluster, port, via, session);
  return { client: new RegistryClient(`registry ${namespace}/${name}`, { send }), close };
}
