import { NAMESPACES } from '@toolhive-registry/reconciler/client';
import { connect, type ClusterFlags } from '../../cluster/connect.ts';
import { contextNames } from '../../cluster/contexts.ts';
import { listRegistries } from '../../cluster/registries.ts';
import type { Completed } from '../../program/flag.ts';
import { rowOf } from '../../registry/server-row.ts';
import { openTarget } from '../../registry/target.ts';
import type { Session } from '../../terminal/session.ts';

/** Maximum number of names that are offered. */
const MAX_OFFERED = 500;

/** Names from the kubeconfig, a cluster or a registry, depending on the flags typed so far. */
export async function knownNames(what: Exclude<Completed, 'file'>, typed: readonly string[], session: Session): Promise<readonly string[]> {
  const flags: ClusterFlags = {
    kubeconfig: valueOf(typed, 'kubeconfig'),
    context: valueOf(typed, 'context'),
    namespace: valueOf(typed, 'namespace', 'n'),
  };
  if (what === 'context') return contextNames(flags.kubeconfig, session.env);
  if (what === 'server') return serverNames(typed, flags, session);
  await using cluster = await connect(flags, session.env);
  if (what === 'registry') return (await listRegistries(cluster, cluster.namespace, session.signal)).map(({ metadata }) => metadata.name);
  const { items } = await cluster.client.list(NAMESPACES, { signal: session.signal, metadataOnly: true });
  return items.map(({ metadata }) => metadata.name);
}

/** `REGISTRY/SERVER`, or with a URL the servers alone. */
async function serverNames(typed: readonly string[], flags: ClusterFlags, session: Session): Promise<readonly string[]> {
  const url = valueOf(typed, 'url');
  const current = typed.at(-1) ?? '';
  if (url === undefined && !current.includes('/')) {
    await using cluster = await connect(flags, session.env);
    const all = await listRegistries(cluster, cluster.namespace, session.signal);
    return all.map(({ metadata }) => `${metadata.name}/`);
  }
  const [registry = '', ...rest] = url === undefined ? current.split('/') : [undefined, current];
  await using target = await openTarget(url === undefined ? registry : undefined, { ...flags, url, via: undefined }, session);
  const prefix = url === undefined ? `${registry}/` : '';
  const names: string[] = [];
  for await (const items of target.client.named(rest.join('/') || undefined)) {
    names.push(...items.map((item) => `${prefix}${rowOf(item).name}`));
    if (names.length >= MAX_OFFERED) break;
  }
  return names;
}

/** The typed value of a flag. */
function valueOf(typed: readonly string[], name: string, short?: string): string | undefined {
  for (const [index, word] of typed.entries()) {
    if (word === `--${name}` || (short !== undefined && word === `-${short}`)) return typed[index + 1];
    if (word.startsWith(`--${name}=`)) return word.slice(name.length + 3);
  }
  return undefined;
}
