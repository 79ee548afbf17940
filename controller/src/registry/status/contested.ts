import type { MCPRegistryStatus } from '@toolhive-registry/api';
import { setCondition, type AnotherWriter, type EventInput } from '@toolhive-registry/reconciler';
import { boundedMessage } from './bounded.ts';

/** Reason of the condition, the Event and the failure that tell of another controller at work. */
export const ANOTHER_WRITER = 'AnotherWriter';

/** The last status before the status is left to somebody else who writes it under our name: it says so, whatever else there is to say. */
export function contestedStatus(status: MCPRegistryStatus, message: string, now: string): MCPRegistryStatus {
  const { observedGeneration, conditions = [] } = status;
  const stalled = {
    type: 'Stalled',
    status: 'True',
    reason: ANOTHER_WRITER,
    message: boundedMessage(message),
    observedGeneration,
  } as const;
  const kept = conditions.filter(({ type }) => type !== 'Reconciling');
  return { ...status, message: boundedMessage(`${status.message ?? ''}; ${message}`), conditions: setCondition(kept, stalled, now) };
}

/** The Event of the same. */
export function contestedEvent({ message }: AnotherWriter): EventInput {
  return { type: 'Warning', reason: ANOTHER_WRITER, note: message };
}
