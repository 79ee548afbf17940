import type { MCPRegistryStatus } from '@toolhive-registry/api';
import { formatKey, keyOf, sameJson, Sharing, type InformerEvent, type KubeObject, type ObjectKey } from '@toolhive-registry/reconciler';
import type { RegistryObject } from '../resource.ts';
import { foreignParts } from './foreign-parts.ts';
import { previousStatus } from './previous.ts';

/** The last status that this process wrote of each registry. */
export interface LastStatuses {
  /**
   * The status before this pass: what was written last, whether the store shows it yet or somebody else has overwritten it since; without that, the
   * object's own. It would else be dated anew, and its Events told twice.
   */
  before(registry: RegistryObject): MCPRegistryStatus;
  /** Whether the store shows what was written last, or something newer. */
  isShown(registry: RegistryObject): boolean;
  /** Remembers a status that was written. `registry` is as the server answered. */
  wrote(registry: RegistryObject, status: MCPRegistryStatus): void;
  /** Whether a registry's status was changed by somebody else: it is not what this process wrote last. */
  readonly changedByOthers: (event: InformerEvent<KubeObject>) => boolean;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

interface Written {
  /** Another object of the same name has had nothing written yet. */
  readonly uid: string | undefined;
  readonly term: number;
  readonly version: string | undefined;
  readonly status: MCPRegistryStatus;
}

/** Creates it. `leadershipTerm`: another number each time that this process gains or loses leadership; what was written before says nothing then. */
export function createLastStatuses(leadershipTerm: () => number): LastStatuses {
  const written = new Map<string, Written>();
  /** Most of a status is the same in many registries. */
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
