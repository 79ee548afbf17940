import { groups } from '@toolhive-registry/api/group';
import type { KubeObject } from '@toolhive-registry/reconciler/client';
import { create, writtenName, type WriteMode } from '../../cluster/objects.ts';
import { connect, type Cluster } from '../../cluster/connect.ts';
import { untilReady } from '../../cluster/ready.ts';
import { ourGroups, type RegistryObject } from '../../cluster/registries.ts';
import { CATALOG_KEY, catalogConfigMap, catalogName, type ConfigMapObject } from '../../manifest/catalog-config-map.ts';
import { checkedCatalog } from '../../manifest/check-file.ts';
import { registryManifest } from '../../manifest/registry.ts';
import { sourceOf } from '../../manifest/source-flags.ts';
import { changedSpec } from '../../manifest/spec-flags.ts';
import type { SpecInput } from '../../manifest/types.ts';
import { counted } from '../../output/counted.ts';
import { manifestText } from '../../output/manifests.ts';
import type { Run } from '../../program/command.ts';
import { misuse } from '../../program/failure.ts';
import type { Session } from '../../terminal/session.ts';
import { waitTimeoutMs } from '../../terminal/wait.ts';
import type { Flags, flags as flagSpecs } from './command.ts';

/** Creates a registry, or prints its manifest. */
export const runAdd: Run<typeof flagSpecs> = async ({ args: [name = ''], flags }, session) => {
  const timeoutMs = waitTimeoutMs(flags.timeout);
  const isPrinted = flags.output !== undefined;
  if (isPrinted && flags.wait) throw misuse('--wait has no effect when a manifest is printed', 'leave out --wait or -o');
  // Errors that need no cluster are reported before connecting to one.
  const spec = specOf(name, flags);
  registryManifest({ name, group: flags.group }, spec);
  const catalog = flags['from-file'] === undefined ? undefined : await checkedCatalog(flags['from-file'], flags.quiet, session);
  const objects = (namespace: string | undefined, group: Flags['group']): Made => ({
    registry: registryManifest({ name, namespace, group }, spec),
    configMap: catalog === undefined ? undefined : configMapOf({ name, namespace, group }, flags, catalog),
  });
  if (isPrinted && !flags['dry-run']) {
    await session.write(manifestText(flags.output, listed(objects(flags.namespace, flags.group))));
    return 0;
  }
  await using cluster = await connect(flags, session.env);
  const group = await groupFor(cluster, flags.group, session);
  const made = objects(cluster.namespace, group);
  await createAll(cluster, made, { dryRun: true, signal: session.signal }, session);
  if (flags['dry-run']) {
    await session.write(isPrinted ? manifestText(flags.output, listed(made)) : names(listed(made), 'created (dry run)'));
    return 0;
  }
  await createAll(cluster, made, { dryRun: false, signal: session.signal }, session);
  await session.write(names(listed(made), 'created'));
  if (flags.wait) {
    const { status } = await untilReady(cluster, made.registry, timeoutMs, session);
    if (!flags.quiet)
      session.say(
        `registry ${cluster.namespace}/${name} serves ${counted(status?.serverCount ?? 0, 'server')} at ${status?.url ?? 'its Service'}`,
      );
  } else if (!flags.quiet) session.say(`follow it with: ${session.program} status ${name} --watch`);
  return 0;
};

/** The objects that are created for a registry. */
interface Made {
  readonly registry: RegistryObject;
  readonly configMap: ConfigMapObject | undefined;
}

function listed({ registry, configMap }: Made): KubeObject[] {
  return configMap === undefined ? [registry] : [configMap, registry];
}

function names(objects: readonly KubeObject[], what: string): string {
  return objects.map((object) => `${writtenName(object)} ${what}\n`).join('');
}

function specOf(name: string, flags: Flags): SpecInput {
  const source = sourceOf(flags, catalogName(name, flags.source));
  const own = (flags.source === undefined ? { source } : { sources: [{ name: flags.source, ...source }] }) as SpecInput;
  return changedSpec(own, flags);
}

function configMapOf(
  named: { readonly name: string; readonly namespace: string | undefined; readonly group: Flags['group'] },
  flags: Flags,
  catalog: Uint8Array,
): ConfigMapObject {
  const { name, namespace, group = groups[0] } = named;
  return catalogConfigMap(
    { name: catalogName(name, flags.source), namespace, registry: name, group, key: flags.key ?? CATALOG_KEY },
    catalog,
  );
}

/** The group in which a registry is created: the one that is named, or the first that is ours here. */
async function groupFor(cluster: Cluster, wanted: Flags['group'], { signal }: Session): Promise<Flags['group']> {
  const groups = await ourGroups(cluster, signal);
  if (wanted === undefined || groups.includes(wanted)) return wanted ?? groups[0];
  throw misuse(
    `MCPRegistries of ${wanted} are not managed by toolhive-registry in this cluster`,
    `use --group ${groups.join(' or --group ')}`,
  );
}

/** Creates the registry first: if it is refused, no ConfigMap is left behind. */
async function createAll(cluster: Cluster, { registry, configMap }: Made, mode: WriteMode, session: Session): Promise<void> {
  await create(cluster, registry, mode);
  if (configMap === undefined) return;
  try {
    await create(cluster, configMap, mode);
  } catch (error) {
    if (!mode.dryRun)
      session.say(`note: ${writtenName(registry)} was created, its ConfigMap was not; remove ${registry.metadata.name} takes it away`);
    throw error;
  }
}
