import { createCrdSearch, group, kind, plural, version } from '@toolhive-registry/api';
import { isRecord, type KubeObject } from '@toolhive-registry/reconciler/client';
import { connect, explained, type Cluster } from '../../cluster/connect.ts';
import { documentAt } from '../../cluster/discovery.ts';
import { Failure } from '../../program/failure.ts';
import type { Session } from '../../terminal/session.ts';
import type { Flags } from './command.ts';

/** ToolHive's MCPRegistries of a cluster, as their newest version has them. Throws a {@link Failure} where the kind is ours, or is not there. */
export async function toolhiveRegistries(flags: Flags, { env, signal }: Session): Promise<readonly unknown[]> {
  await using cluster = await connect(flags, env, 'manifests with -f');
  const ask = (path: string): Promise<unknown> =>
    documentAt(cluster, path, signal).catch((error: unknown) => Promise.reject(explained(error, cluster.access)));
  const { whose } = await createCrdSearch(ask)(group, signal).catch((error: unknown) => Promise.reject(explained(error, cluster.access)));
  if (whose !== 'foreign')
    throw new Failure(
      whose === 'ours'
        ? `the MCPRegistries of this cluster are toolhive-registry's own already`
        : 'this cluster has no MCPRegistries of ToolHive',
      { remedy: 'name manifests with --filename' },
    );
  const served = await servedVersions(ask);
  const namespace = flags['all-namespaces'] ? undefined : cluster.namespace;
  return await listOf(cluster, served[0] ?? version, namespace, signal);
}

/** Versions of the group that have the kind, the newest first: discovery sorts them so (KEP-2336). */
async function servedVersions(ask: (path: string) => Promise<unknown>): Promise<string[]> {
  const answer = await ask(`/apis/${group}`);
  const versions = isRecord(answer) && Array.isArray(answer['versions']) ? answer['versions'].filter(isRecord) : [];
  const found: string[] = [];
  for (const { version: name } of versions) {
    const list = typeof name === 'string' ? await ask(`/apis/${group}/${name}`) : undefined;
    const resources = isRecord(list) && Array.isArray(list['resources']) ? list['resources'].filter(isRecord) : [];
    if (resources.some((one) => one['name'] === plural)) found.push(String(name));
  }
  return found;
}

async function listOf(
  cluster: Cluster,
  inVersion: string,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<readonly KubeObject[]> {
  const { items } = await cluster.client
    .list({ group, version: inVersion, plural, kind, namespaced: true }, { namespace, signal })
    .catch((error: unknown) => Promise.reject(explained(error, cluster.access)));
  return items.map((item) => ({ ...item, apiVersion: `${group}/${inVersion}`, kind }));
}
