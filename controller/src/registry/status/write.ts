import type { MCPRegistryStatus } from '@toolhive-registry/api';
import {
  formatKey,
  isNotFound,
  type Applier,
  type EventRecorder,
  type ObjectKey,
  type ReconcileContext,
} from '@toolhive-registry/reconciler';
import { asOwner, MCP_REGISTRIES, type RegistryObject } from '../resource.ts';
import { deriveStatus } from './derive.ts';
import { eventsOf } from './events.ts';
import type { Observation } from './observation.ts';
import { previousStatus } from './previous.ts';

/** What writing a status needs. */
export interface StatusDeps {
  readonly applier: Applier;
  /** Where it is told what happened to a registry. */
  readonly events?: Pick<EventRecorder, 'event'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** The step of a pass that writes the status. */
export interface StatusStep {
  /** Works out the status and writes it if it changed; steps worth telling become Events. Answers the status. */
  write(object: RegistryObject, seen: Observation, context: ReconcileContext): Promise<MCPRegistryStatus>;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

interface Written {
  /** Of the registry; another of its name has written nothing yet. */
  readonly uid: string | undefined;
  /** The version that the status was written upon. */
  readonly basedOn: string | undefined;
  readonly status: MCPRegistryStatus;
}

/** Creates the step. It remembers the last status of each registry while the store does not show it yet. */
export function createStatusStep({ applier, events, clock }: StatusDeps): StatusStep {
  const written = new Map<string, Written>();

  return {
    write: async (object, seen, { signal, logger }) => {
      const { uid, resourceVersion } = object.metadata;
      const key = formatKey(seen);
      const last = written.get(key);
      const isUnseen = last !== undefined && last.uid === uid && last.basedOn === resourceVersion;
      const before = isUnseen ? last.status : previousStatus(object);
      const status = deriveStatus(seen, before, new Date(clock()).toISOString().replace(/\.\d+Z$/, 'Z'));
      const isWritten = await applier.applyStatus(MCP_REGISTRIES, asOwner(object), status, { signal }).then(
        (result) => result.written,
        (error: unknown) => {
          // Deleted while this pass ran: the store hears of it next.
          if (isNotFound(error)) return false;
          throw error;
        },
      );
      if (isWritten) {
        written.set(key, { uid, basedOn: resourceVersion, status });
        for (const event of eventsOf(before, status)) events?.event(object, event);
        logger.info({ phase: status.phase, servers: status.serverCount }, status.message ?? '');
      } else if (!isUnseen) written.delete(key);
      return status;
    },
    forget: (registry) => void written.delete(formatKey(registry)),
  };
}
