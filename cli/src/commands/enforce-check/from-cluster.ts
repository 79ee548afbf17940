import { enforcementModeOf } from '@toolhive-registry/api';
import { KubeApiError, resourcePath } from '@toolhive-registry/reconciler/client';
import { connect, explained, type Cluster } from '../../cluster/connect.ts';
import { findRegistry, listRegistries, nameTaken, type RegistryObject } from '../../cluster/registries.ts';
import { clusterClient } from '../../registry/cluster-client.ts';
import type { Session } from '../../terminal/session.ts';
import type { Flags } from './command.ts';
import type { Enforcer, Enforcers, EnforcerSource } from './enforcers.ts';
import type { ManifestServer } from './servers.ts';

/** The registries of a cluster: those that are named, or those of each object's namespace. */
export async function clusterEnforcers(flags: Flags, session: Session): Promise<EnforcerSource> {
  const cluster = await connect(flags, session.env, 'registries without a cluster with --url');
  const open: (() => void)[] = [];
  /** By namespace; the named ones under theirs. */
  const found = new Map<string, Promise<readonly Enforcer[]>>();

  async function enforcer(object: RegistryObject): Promise<Enforcer> {
    const { client, close } = await clusterClient(cluster, object, { port: 'internal', via: flags.via ?? 'auto' }, session);
    open.push(close);
    const { name } = object.metadata;
    return { name, label: client.label, mode: enforcementModeOf(object), client, problem: problemOf(object) };
  }

  async function named(): Promise<Enforcer[]> {
    const objects: RegistryObject[] = [];
    for (const name of new Set(flags.registry)) objects.push(await findRegistry(cluster, name, flags.group, session.signal));
    return Promise.all(objects.map(enforcer));
  }

  async function ofNamespace(namespace: string): Promise<Enforcer[]> {
    const objects = await listRegistries(cluster, namespace, session.signal);
    // Of two registries of one name, one of each group, the one that is served counts.
    return Promise.all(objects.filter((object) => nameTaken(object) === undefined).map(enforcer));
  }

  function once(key: string, find: () => Promise<readonly Enforcer[]>): Promise<readonly Enforcer[]> {
    const known = found.get(key) ?? find();
    found.set(key, known);
    return known;
  }

  return {
    of: async (server): Promise<Enforcers> => {
      const namespace = namespaceOf(server, cluster);
      if (flags.registry.length > 0) return { namespace, all: await once('', named), isComplete: false };
      return { namespace, all: await once(namespace, () => ofNamespace(namespace)), isComplete: true };
    },
    running: (server) => runningObject(cluster, server, session.signal),
    [Symbol.asyncDispose]: async () => {
      for (const close of open) close();
      await cluster[Symbol.asyncDispose]();
    },
  };
}

function namespaceOf({ namespace }: ManifestServer, cluster: Cluster): string {
  return namespace ?? cluster.namespace;
}

function problemOf({ status }: RegistryObject): string | undefined {
  const condition = status?.conditions?.find(({ type }) => type === 'EnforcementActive');
  return condition?.status === 'False' ? condition.message : undefined;
}

/** The object that a manifest would change. If it may not be read, it is judged as a new one. */
async function runningObject(cluster: Cluster, server: ManifestServer, signal: AbortSignal): Promise<unknown> {
  const { kind, apiVersion, name } = server;
  if (name === '') return undefined;
  const { group, plural } = kind;
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  const path = resourcePath(
    { group, version, plural, kind: kind.kind, namespaced: true },
    { namespace: namespaceOf(server, cluster), name },
  );
  return cluster.client.request({ method: 'GET', path, signal }).catch((error: unknown) => {
    if (error instanceof KubeApiError) return undefined;
    throw explained(error, cluster.access);
  });
}
