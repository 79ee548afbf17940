import { Failure } from '../program/failure.ts';
import type { Session } from '../terminal/session.ts';
import { until } from '../terminal/wait.ts';
import { find } from './objects.ts';
import { isSettled } from './settled.ts';
import type { Cluster } from './connect.ts';
import { conditionOf, groupOf, registryKind, type RegistryObject } from './registries.ts';

/**
 * Waits until a registry is served as its current spec says: Ready, with nothing in progress, and every source read. Throws a {@link Failure} with the
 * reason when it cannot become so without a change. `judgesSync` false: the status of its sources may still be the previous one.
 */
export async function untilReady(
  cluster: Cluster,
  object: RegistryObject,
  timeoutMs: number,
  session: Session,
  { judgesSync = true }: { readonly judgesSync?: boolean } = {},
): Promise<RegistryObject> {
  const { name, namespace = cluster.namespace } = object.metadata;
  const label = `registry ${namespace}/${name}`;
  const wait = { what: label, timeoutMs, interrupted: `${label} stays in place, and continues to become ready` };
  return until(wait, session, async () => {
    const now = await find<RegistryObject>(cluster, registryKind(groupOf(object)), { namespace, name }, session.signal);
    if (now === undefined) throw new Failure(`${label} was deleted in the meantime`);
    const { status, metadata } = now;
    if (status?.observedGeneration !== metadata.generation) return { waiting: 'the controller has not seen it yet' };
    if (isSettled(now)) {
      const failed = status?.conditions?.find(({ type, status: holds }) => type === 'SyncSuccessful' && holds === 'False');
      if (failed === undefined || !judgesSync) return { done: now };
      throw new Failure(`${label} is served, but not every source could be read: ${failed.message}`, {
        remedy: 'status shows the sources',
      });
    }
    if (status?.phase === 'Failed' || conditionOf(now, 'Stalled') === 'True')
      throw new Failure(
        `${label} ${status?.phase === 'Running' ? 'is still served as before, and makes no progress' : 'cannot be served'}: ${status?.message ?? 'the controller gave no reason'}`,
        {
          remedy: `correct it with set, or delete it with remove ${name}`,
        },
      );
    return { waiting: status?.message ?? status?.phase ?? 'Pending' };
  });
}
