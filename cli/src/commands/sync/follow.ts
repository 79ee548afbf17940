import type { RegistryStatusDocument } from '@toolhive-registry/api';
import { find } from '../../cluster/objects.ts';
import { groupOf, registryKind, type RegistryObject } from '../../cluster/registries.ts';
import { Failure } from '../../program/failure.ts';
import type { Target } from '../../registry/target.ts';
import type { Session } from '../../terminal/session.ts';
import { until, type Look, type Wait } from '../../terminal/wait.ts';

/** The sync that was started, to distinguish its end from that of an earlier one. */
export interface Begun {
  /** Value of the annotation; undefined: it was asked for over HTTP. */
  readonly trigger: string | undefined;
  /** When the sync before was over. */
  readonly before: string | undefined;
}

/** The state at the end: the status document of the registry, or that of the cluster if the registry cannot be reached. */
export type Over = { readonly document: RegistryStatusDocument } | { readonly object: RegistryObject };

/** Waits until the sync that was asked for is over. */
export function follow({ client, inCluster }: Target, begun: Begun, wait: Wait, session: Session): Promise<Over> {
  return until(wait, session, async () => {
    try {
      const { document } = (await client.status()) ?? {};
      return document === undefined ? { waiting: 'the registry does not report anything yet' } : byDocument(document, begun);
    } catch (error) {
      if (inCluster === undefined || !(error instanceof Failure)) throw error;
      return byObject(inCluster, begun, session);
    }
  });
}

function byDocument(document: RegistryStatusDocument, { trigger, before }: Begun): Look<Over> {
  const isOver = trigger === undefined ? document.lastSync?.completionTime !== before : document.lastSyncTrigger === trigger;
  return isOver && !document.syncing ? { done: { document } } : { waiting: doingOf(document) };
}

async function byObject(
  { cluster, object }: NonNullable<Target['inCluster']>,
  { trigger }: Begun,
  { signal }: Session,
): Promise<Look<Over>> {
  const { name, namespace } = object.metadata;
  const now = await find<RegistryObject>(cluster, registryKind(groupOf(object)), { name, namespace }, signal);
  if (now === undefined) throw new Failure(`registry ${namespace ?? ''}/${name} was deleted in the meantime`);
  return now.status?.lastManualSyncTrigger === trigger ? { done: { object: now } } : { waiting: 'the registry has not done it yet' };
}

function doingOf({ sources, syncing }: RegistryStatusDocument): string {
  const busy = sources
    .filter(({ activity }) => activity !== undefined && activity !== 'idle')
    .map(({ name, activity }) => `${name} (${activity ?? ''})`);
  if (busy.length > 0) return busy.join(', ');
  return syncing ? 'the catalog is built' : 'the registry has not begun yet';
}
