import { annotations } from '@toolhive-registry/api/group';
import { annotate } from '../../cluster/annotate.ts';
import type { Cluster } from '../../cluster/connect.ts';
import type { RegistryObject } from '../../cluster/registries.ts';
import type { Session } from '../../terminal/session.ts';

/** Asks all replicas of a registry in a cluster for a sync, by the annotations. Returns the value that marks its end in the status. */
export async function trigger(
  registry: { readonly cluster: Cluster; readonly object: RegistryObject },
  sources: readonly string[],
  session: Session,
): Promise<string> {
  const value = new Date(session.now()).toISOString();
  const source = sources.length === 0 ? null : sources.join(',');
  await annotate(registry, { [annotations.syncTrigger]: value, [annotations.syncSource]: source }, session);
  return value;
}
