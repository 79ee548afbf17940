import type { LastChange, MCPRegistryStatus } from '@toolhive-registry/api';
import {
  isConflict,
  isInvalid,
  isNotFound,
  type AnotherWriter,
  type ApiClient,
  type Applier,
  type EventInput,
  type EventRecorder,
  type ObjectKey,
  type ReconcileContext,
  type ResourceKind,
} from '@toolhive-registry/reconciler';
import type { PodFacts } from '../../pods/facts.ts';
import type { RegistryObject } from '../resource.ts';
import { contestedEvent, contestedStatus } from './contested.ts';
import { deriveStatus } from './derive.ts';
import { eventsOf, occurrenceOf } from './events.ts';
import { createLastStatuses, type LastStatuses } from './last-statuses.ts';
import { createStatusCleaner } from './foreign-parts.ts';
import type { Observation } from './observation.ts';

/** What writing a status needs. */
export interface StatusDeps {
  readonly applier: Applier;
  /** Writes only while this process leads, as the applier's client does. */
  readonly client: Pick<ApiClient, 'patch'>;
  /** Of the registries. */
  readonly kind: ResourceKind;
  /** Records what happened to a registry. */
  readonly events?: Pick<EventRecorder, 'record'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** A number that changes each time this process gains or loses leadership. */
  readonly leadershipTerm?: (() => number) | undefined;
}

/** Failures in a row for which the status waits for its Events: a cluster in which none can be written still gets statuses. */
const MAX_FAILURES_FOR_EVENTS = 3;

/** The step of a pass that writes the status. */
export interface StatusStep extends Pick<LastStatuses, 'changedByOthers'> {
  /**
   * Derives the status and writes it if it changed. Steps worth reporting become Events first: a controller that is killed between the two repeats the step,
   * and records it under the same name. Returns the milliseconds until the next attempt if somebody else writes the status, too.
   */
  write(object: RegistryObject, seen: Observation, context: ReconcileContext): Promise<{ readonly againMs?: number }>;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** Creates the step. It remembers the last status of each registry. */
export function createStatusStep({ applier, client, kind, events, clock, leadershipTerm = () => 0 }: StatusDeps): StatusStep {
  const last = createLastStatuses(leadershipTerm);
  const cleaner = createStatusCleaner(client, kind, clock);

  return {
    write: async (object, seen, context) => {
      const { signal, logger } = context;
      const before = last.before(object);
      const now = new Date(clock()).toISOString().replace(/\.\d+Z$/, 'Z');
      const status = deriveStatus(seen, before, now);
      await recordEvents(object, eventsOf(before, status, changeOf(seen.facts, status)), occurrenceOf(before), context);
      let sent = status;
      const contested = (error: AnotherWriter): MCPRegistryStatus => (sent = contestedStatus(status, error.message, now));
      const result = await applier.applyStatus(kind, object, status, { signal, contested }).catch((error: unknown) => {
        // Deleted during this pass; the store will notice.
        if (!isNotFound(error)) throw error;
      });
      const { written = false, anotherWriter } = result ?? {};
      if (written) {
        last.wrote(result?.object ?? object, sent);
        logger.info({ phase: sent.phase, servers: sent.serverCount }, sent.message ?? '');
        if (anotherWriter !== undefined) await recordEvents(object, [contestedEvent(anotherWriter)], occurrenceOf(sent), context);
      }
      if (anotherWriter !== undefined) return { againMs: anotherWriter.retryAfterMs };
      // The store may still show what our last write removed.
      if (result !== undefined && (written || last.isShown(object))) await cleaner.clean(result.object, sent, signal).catch(ifChanged);
      return {};
    },
    changedByOthers: last.changedByOthers,
    forget: (registry) => {
      last.forget(registry);
      cleaner.forget(registry);
    },
  };

  async function recordEvents(
    object: RegistryObject,
    occurred: readonly EventInput[],
    occurrence: string,
    context: ReconcileContext,
  ): Promise<void> {
    try {
      await Promise.all(occurred.map(async (event) => events?.record(object, { ...event, occurrence })));
    } catch (error) {
      if (context.failures < MAX_FAILURES_FOR_EVENTS) throw error;
      context.logger.warn({ err: error }, 'an event could not be recorded');
    }
  }
}

/** A conflicting change triggers another pass. */
function ifChanged(error: unknown): void {
  if (!isConflict(error) && !isInvalid(error) && !isNotFound(error)) throw error;
}

/** What the sync changed that produced the catalog in the status, as far as a pod that serves it knows. */
function changeOf(facts: readonly PodFacts[], { lastSyncHash }: MCPRegistryStatus): LastChange | undefined {
  return facts.map(({ document }) => document.lastChange).find((change) => change !== undefined && change.hash === lastSyncHash);
}
