import type { MCPRegistryStatus } from '@toolhive-registry/api';
import { formatKey, keyOf, sameJson, Sharing, type InformerEvent, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import type { RegistryObject } from '../resource.ts';
import { foreignParts } from './foreign-parts.ts';
import { previousStatus } from './previous.ts';

/** The last status that this process wrote of each registry. */
export interface LastStatuses {
  /**
   * The status before this pass: the last one written, whether the store shows it yet or somebody has overwritten it since; failing that, the object's own.
   * Otherwise transitions would be dated again, and Events recorded twice.
   */
  before(registry: RegistryObject): MCPRegistryStatus;
  /** Whether the store shows the last write, or something newer. */
  isShown(registry: RegistryObject): boolean;
  /** Remembers a written status. `registry` is what the server returned. */
  wrote(registry: RegistryObject, status: MCPRegistryStatus): void;
  /** Whether somebody else changed a registry's status: it differs from what this process wrote last. */
  readonly changedByOthers: (event: InformerEvent<KubeObject>) => boolean;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

interface Written {
  /** Another object of the same name starts without a written status. */
  readonly uid: string | undefined;
  readonly term: number;
  readonly version: string | undefined;
  readonly status: MCPRegistryStatus;
}

/** Creates it. `leadershipTerm`: a number that changes each time this process gains or loses leadership; earlier writes are irrelevant then. */
export function createLastStatuses(leadershipTerm: () => number): LastStatuses {
  const written = new Map<string, Written>();
  /** Statuses of many registries share most of their content. */
  const sharing = new Sharing<MCPRegistryStatus>();

  function lastOf(registry: KubeObject): MCPRegistryStatus | undefined {
    const last = written.get(formatKey(keyOf(registry)));
    return last?.uid === registry.metadata.uid && last?.term === leadershipTerm() ? last.status : undefined;
  }

  return {
    before: (registry) => lastOf(registry) ?? previousStatus(registry),
    isShown: (registry) => {
      const last = written.get(formatKey(keyOf(registry)));
      const [now, then] = [registry.metadata.resourceVersion, last?.version].map(Number);
      return last === undefined || last.uid !== registry.metadata.uid || Number(now) >= Number(then);
    },
    wrote: (registry, status) => {
      const { uid, resourceVersion: version } = registry.metadata;
      const key = formatKey(keyOf(registry));
      written.set(key, { uid, version, term: leadershipTerm(), status: sharing.object(structuredClone(status), written.get(key)?.status) });
    },
    changedByOthers: (event) => {
      if (event.type !== 'update' || sameJson(statusOf(event.old), statusOf(event.object))) return false;
      const last = lastOf(event.object);
      return last === undefined || !includes(statusOf(event.object), last) || foreignParts(event.object, last).length > 0;
    },
    forget: (registry) => void written.delete(formatKey(registry)),
  };
}

function statusOf(object: KubeObject): Readonly<Record<string, unknown>> {
  const { status } = object as RegistryObject;
  return status ?? {};
}

/** Whether a status has all that was written. Fields that somebody else added are theirs. */
function includes(status: Readonly<Record<string, unknown>>, written: MCPRegistryStatus): boolean {
  return Object.entries(written).every(([field, value]) => value === undefined || sameJson(status[field], value));
}
