import { findCondition } from '@toolhive-registry/reconciler';
import type { Condition } from '@toolhive-registry/api';
import type { PodFacts } from '../../pods/facts.ts';

/** A condition without its times. */
export type Draft = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

const TYPES = ['SourceAvailable', 'DataValid', 'SyncSuccessful'] as const;

/**
 * The conditions that only the pods know. True only when every pod says so; the message names one that does not. Nobody to ask: Unknown, but a
 * ConfigMap that does not exist is a fact of its own, which pods learn of later: no source that is gone has been read.
 */
export function syncConditions(facts: readonly PodFacts[], missing: readonly string[]): Draft[] {
  return TYPES.map((type) => {
    if (type !== 'DataValid' && missing.length > 0) return { type, status: 'False', reason: 'SourceNotFound', message: missing.join('; ') };
    const reports = facts.flatMap(({ pod, document }) => {
      const condition = findCondition(document.conditions, type);
      return condition === undefined ? [] : [{ pod, condition }];
    });
    const worst =
      reports.find(({ condition }) => condition.status === 'False') ??
      reports.find(({ condition }) => condition.status === 'Unknown') ??
      reports[0];
    if (worst === undefined) return { type, status: 'Unknown', reason: 'NotReported', message: 'No ready pod has reported yet' };
    const { status, reason, message } = worst.condition;
    return { type, status, reason, message: facts.length > 1 && status !== 'True' ? `pod ${worst.pod}: ${message}` : message };
  });
}
