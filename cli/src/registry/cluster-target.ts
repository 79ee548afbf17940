import { connect, type Cluster } from '../cluster/connect.ts';
import { findRegistry, type RegistryObject } from '../cluster/registries.ts';
import type { Session } from '../terminal/session.ts';
import { RegistryClient } from './client.ts';
import type { Via } from './in-cluster.ts';
import { registrySender } from './registry-sender.ts';
import type { Target, TargetFlags } from './target.ts';

/** Finds a registry of a cluster by its name. */
export async function openInCluster(name: string, flags: TargetFlags, session: Session): Promise<Target> {
  const cluster = await connect(flags, session.env, 'a registry by its URL');
  try {
    const object = await findRegistry(cluster, name, flags.group, session.signal);
    return await inCluster(cluster, object, flags.via ?? 'auto', session);
  } catch (error) {
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
}

/** A registry of a cluster that was found already. The target closes the cluster too. */
export async function inCluster(cluster: Cluster, object: RegistryObject, via: Via, session: Session): Promise<Target> {
  const { name, namespace = cluster.namespace } = object.metadata;
  const [open, internal] = await Promise.all([
    registrySender(cluster, object, 'http', via, session),
    registrySender(cluster, object, 'internal', via, session),
  ]);
  return {
    client: new RegistryClient(`registry ${namespace}/${name}`, { send: open.send, internal: internal.send }),
    inCluster: { cluster, object },
    [Symbol.asyncDispose]: async () => {
      open.close();
      internal.close();
      await cluster[Symbol.asyncDispose]();
    },
  };
}
