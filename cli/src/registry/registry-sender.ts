import { names, ports } from '@toolhive-registry/api/group';
import type { Cluster } from '../cluster/connect.ts';
import { nameTaken, type RegistryObject } from '../cluster/registries.ts';
import { Failure } from '../program/failure.ts';
import type { Session } from '../terminal/session.ts';
import { clusterSender, type Line, type Via } from './in-cluster.ts';

/** Sends requests to one port of a registry of a cluster. They fail where its Service is that of another registry. */
export async function registrySender(
  cluster: Cluster,
  object: RegistryObject,
  port: keyof typeof ports,
  via: Via,
  session: Pick<Session, 'env' | 'signal'>,
): Promise<Line> {
  const { name, namespace = cluster.namespace } = object.metadata;
  const taken = nameTaken(object);
  if (taken !== undefined) {
    const failure = new Failure(`registry ${namespace}/${name} serves nothing: ${taken}`, { remedy: 'ask the other one with --group' });
    return { send: () => Promise.reject(failure), close: () => undefined };
  }
  const service = port === 'http' ? names.api(name) : names.internal(name);
  return clusterSender(cluster, { namespace, service, port: ports[port] }, via, session);
}
