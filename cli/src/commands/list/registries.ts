import { connect } from '../../cluster/connect.ts';
import { conditionOf, listRegistries, type RegistryObject } from '../../cluster/registries.ts';
import { outputFormat, structured } from '../../output/format.ts';
import { TableWriter, type Column } from '../../output/table.ts';
import { ageOf } from '../../terminal/age.ts';
import type { Session } from '../../terminal/session.ts';
import { styleFor } from '../../terminal/style.ts';
import type { Flags } from './command.ts';

/** Lists the registries of a namespace, or of all. */
export async function listRegistriesOf(flags: Flags, session: Session): Promise<void> {
  const format = outputFormat(flags.output);
  await using cluster = await connect(flags, session.env, 'a registry without a cluster with --url');
  const namespace = flags['all-namespaces'] ? undefined : cluster.namespace;
  const items = await listRegistries(cluster, namespace, session.signal);
  const value = { apiVersion: 'v1', kind: 'List', items };
  const text = structured(format, value, session.terminal);
  if (text !== undefined) return session.write(text);
  if (format.kind === 'name') return session.write(items.map((item) => `${nameOf(item)}\n`).join(''));
  if (items.length === 0) {
    session.say(namespace === undefined ? 'No registries found.' : `No registries found in namespace ${namespace}.`);
    return;
  }
  const several = new Set(items.map(({ apiVersion }) => apiVersion)).size > 1;
  const columns = columnsFor({ namespaces: flags['all-namespaces'], groups: several, now: session.now() });
  const table = new TableWriter(columns, {
    wide: format.wide,
    width: session.terminal.columns,
    style: styleFor(session.terminal.color),
    headers: !flags['no-headers'],
  });
  await session.write(table.lines(items));
}

/** The name of an object of a group, as kubectl prints it. */
function nameOf({ apiVersion, metadata }: RegistryObject): string {
  return `mcpregistry.${apiVersion?.split('/')[0] ?? ''}/${metadata.name}`;
}

function columnsFor({ namespaces, groups, now }: { namespaces: boolean; groups: boolean; now: number }): Column<RegistryObject>[] {
  return [
    ...(namespaces ? [{ title: 'NAMESPACE', text: ({ metadata }: RegistryObject) => metadata.namespace ?? '' }] : []),
    { title: 'NAME', text: ({ metadata }) => metadata.name },
    ...(groups ? [{ title: 'GROUP', text: ({ apiVersion }: RegistryObject) => apiVersion?.split('/')[0] ?? '' }] : []),
    {
      title: 'STATUS',
      text: ({ status }) => status?.phase ?? 'Pending',
      style: ({ status }, style) => (status?.phase === 'Running' ? style.green : status?.phase === 'Failed' ? style.red : style.yellow),
    },
    {
      title: 'READY',
      text: (item) => conditionOf(item, 'Ready'),
      style: (item, style) => (conditionOf(item, 'Ready') === 'True' ? undefined : style.yellow),
    },
    { title: 'SERVERS', text: ({ status }) => String(status?.serverCount ?? '') },
    {
      title: 'SYNCED',
      text: (item) => conditionOf(item, 'SyncSuccessful'),
      style: (item, style) => (conditionOf(item, 'SyncSuccessful') === 'False' ? style.red : undefined),
    },
    { title: 'REPLICAS', text: ({ status }) => String(status?.readyReplicas ?? ''), wide: true },
    { title: 'LAST CHANGE', text: ({ status }) => ageOf(status?.lastSyncTime, now), wide: true },
    { title: 'AGE', text: ({ metadata }) => ageOf(metadata.creationTimestamp ?? undefined, now) },
    { title: 'URL', text: ({ status }) => status?.url ?? '', rest: true },
    { title: 'MESSAGE', text: ({ status }) => status?.message ?? '', wide: true },
  ];
}
