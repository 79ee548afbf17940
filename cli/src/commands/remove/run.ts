import { CONFIG_MAPS } from '@toolhive-registry/reconciler/client';
import { find, remove, writtenName, type WriteMode } from '../../cluster/objects.ts';
import { connect, explained, type Cluster } from '../../cluster/connect.ts';
import { findRegistry, groupOf, registryKind, type RegistryObject } from '../../cluster/registries.ts';
import { madeFor, type ConfigMapObject } from '../../manifest/catalog-config-map.ts';
import type { Run } from '../../program/command.ts';
import type { Session } from '../../terminal/session.ts';
import { waitTimeoutMs, until } from '../../terminal/wait.ts';
import type { flags as flagSpecs } from './command.ts';

/** Deletes a registry. */
export const runRemove: Run<typeof flagSpecs> = async ({ args: [name = ''], flags }, session) => {
  const timeoutMs = waitTimeoutMs(flags.timeout);
  await using cluster = await connect(flags, session.env);
  const object = await findRegistry(cluster, name, flags.group, session.signal);
  const made = flags['keep-catalog'] ? [] : await madeBefore(cluster, object, session);
  const mode: WriteMode = { dryRun: flags['dry-run'], signal: session.signal };
  const what = flags['dry-run'] ? 'deleted (dry run)' : 'deleted';
  await remove(cluster, object, mode);
  await session.write(`${writtenName(object)} ${what}\n`);
  for (const configMap of made) {
    await remove(cluster, configMap, mode);
    await session.write(`configmap/${configMap.metadata.name} ${what}\n`);
  }
  if (flags.wait && !flags['dry-run']) await untilGone(cluster, object, timeoutMs, session);
  return 0;
};

/** The ConfigMaps that this program made for a registry. */
async function madeBefore(cluster: Cluster, object: RegistryObject, { signal }: Session): Promise<readonly ConfigMapObject[]> {
  const labelSelector = Object.entries(madeFor(object.metadata.name, groupOf(object)))
    .map(([label, value]) => `${label}=${value}`)
    .join(',');
  const { items } = await cluster.client
    .list<ConfigMapObject>(CONFIG_MAPS, { namespace: cluster.namespace, labelSelector, signal })
    .catch((error: unknown) => Promise.reject(explained(error, cluster.access)));
  return items;
}

async function untilGone(cluster: Cluster, object: RegistryObject, timeoutMs: number, session: Session): Promise<void> {
  const { name, namespace, uid } = object.metadata;
  const wait = { what: `the deletion of registry ${namespace ?? ''}/${name}`, timeoutMs, interrupted: 'the deletion continues' };
  await until(wait, session, async () => {
    const now = await find<RegistryObject>(cluster, registryKind(groupOf(object)), { namespace, name }, session.signal);
    return now === undefined || now.metadata.uid !== uid ? { done: undefined } : { waiting: now.status?.message ?? 'it is still there' };
  });
}
