import type { MCPRegistryStatus } from '@toolhive-registry/api';
import {
  isNotFound,
  WrittenStatuses,
  type Applier,
  type EventRecorder,
  type ObjectKey,
  type ReconcileContext,
} from '@toolhive-registry/reconciler';
import { asOwner, MCP_REGISTRIES, type RegistryObject } from '../resource.ts';
import { deriveStatus } from './derive.ts';
import { eventsOf, occurrenceOf } from './events.ts';
import type { Observation } from './observation.ts';
import { previousStatus } from './previous.ts';

/** What writing a status needs. */
export interface StatusDeps {
  readonly applier: Applier;
  /** Where it is told what happened to a registry. */
  readonly events?: Pick<EventRecorder, 'record'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Failures in a row for which the status waits for its Events: a cluster where none can be written is to have statuses all the same. */
const MAX_FAILURES_FOR_EVENTS = 3;

/** The step of a pass that writes the status. */
export interface StatusStep {
  /**
   * Works out the status and writes it if it changed; steps worth telling become Events before: a controller that ends between the two takes the same
   * step again, and tells it under the same name. Answers the status.
   */
  write(object: RegistryObject, seen: Observation, context: ReconcileContext): Promise<MCPRegistryStatus>;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** Creates the step. It remembers the last status of each registry while the store does not show it yet. */
export function createStatusStep({ applier, events, clock }: StatusDeps): StatusStep {
  const written = new WrittenStatuses<MCPRegistryStatus>();

  return {
    write: async (object, seen, context) => {
      const { signal, logger } = context;
      const before = written.unseen(object) ?? previousStatus(object);
      const status = deriveStatus(seen, before, new Date(clock()).toISOString().replace(/\.\d+Z$/, 'Z'));
      await tell(object, before, status, context);
      const isWritten = await applier.applyStatus(MCP_REGISTRIES, asOwner(object), status, { signal }).then(
        (result) => result.written,
        (error: unknown) => {
          // Deleted while this pass ran: the store hears of it next.
          if (isNotFound(error)) return false;
          throw error;
        },
      );
      if (isWritten) {
        written.remember(object, status);
        logger.info({ phase: status.phase, servers: status.serverCount }, status.message ?? '');
      }
      return status;
    },
    forget: (registry) => written.forget(registry),
  };

  async function tell(
    object: RegistryObject,
    before: MCPRegistryStatus,
    status: MCPRegistryStatus,
    context: ReconcileContext,
  ): Promise<void> {
    const occurrence = occurrenceOf(before);
    try {
      await Promise.all(eventsOf(before, status).map(async (event) => events?.record(object, { ...event, occurrence })));
    } catch (error) {
      if (context.failures < MAX_FAILURES_FOR_EVENTS) throw error;
      context.logger.warn({ err: error }, 'an event could not be recorded');
    }
  }
}
