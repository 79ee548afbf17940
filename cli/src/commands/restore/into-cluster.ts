import { CONFIG_MAPS } from '@toolhive-registry/reconciler/client';
import { EXPORTED } from '../../archive/export-file.ts';
import { connect } from '../../cluster/connect.ts';
import { create, find, writtenName } from '../../cluster/objects.ts';
import { untilReady } from '../../cluster/ready.ts';
import { groupOf, ourGroups } from '../../cluster/registries.ts';
import type { ConfigMapObject } from '../../manifest/catalog-config-map.ts';
import { counted } from '../../output/counted.ts';
import { misuse } from '../../program/failure.ts';
import type { Session } from '../../terminal/session.ts';
import { waitTimeoutMs } from '../../terminal/wait.ts';
import { checkedCatalog, restoredObjects, type Archive } from './content.ts';
import type { Flags } from './command.ts';

/** Creates what an archive has. ConfigMaps that are there stay as they are; a registry that is there is an error. */
export async function restoreIntoCluster(archive: Archive, flags: Flags, session: Session): Promise<void> {
  const timeoutMs = waitTimeoutMs(flags.timeout);
  const { signal } = session;
  const catalog = archive.files.get(EXPORTED.catalog);
  if (flags['from-catalog'] && catalog !== undefined) await checkedCatalog(archive, catalog, session.now());
  const { registry, configMaps } = restoredObjects(archive, flags['from-catalog'], flags.namespace);
  await using cluster = await connect(flags, session.env);
  const groups = await ourGroups(cluster, signal);
  if (!groups.includes(groupOf(registry)))
    throw misuse(
      `MCPRegistries of ${groupOf(registry)} are not managed by toolhive-registry in this cluster`,
      `change apiVersion in the archive's manifest.yaml to one of ${groups.join(', ')}, and apply that`,
    );
  const missing: ConfigMapObject[] = [];
  for (const configMap of configMaps) {
    const isThere = (await find(cluster, CONFIG_MAPS, configMap.metadata, signal)) !== undefined;
    if (isThere && flags['from-catalog'])
      throw misuse(
        `configmap/${configMap.metadata.name} already exists, and may hold another catalog`,
        'delete it, or restore into another namespace',
      );
    if (!isThere) missing.push(configMap);
    else session.say(`note: configmap/${configMap.metadata.name} already exists, and is left as it is`);
  }
  const what = flags['dry-run'] ? 'created (dry run)' : 'created';
  // All is judged before anything is created.
  for (const dryRun of flags['dry-run'] ? [true] : [true, false]) {
    for (const object of [registry, ...missing]) await create(cluster, object, { dryRun, signal });
  }
  for (const object of [...missing, registry]) await session.write(`${writtenName(object)} ${what}\n`);
  if (!flags.wait || flags['dry-run']) return;
  const { status } = await untilReady(cluster, registry, timeoutMs, session);
  if (!flags.quiet)
    session.say(
      `registry ${registry.metadata.namespace ?? ''}/${registry.metadata.name} serves ${counted(status?.serverCount ?? 0, 'server')}`,
    );
}
