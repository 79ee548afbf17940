import { findCondition } from '@toolhive-registry/reconciler';
import type { Condition, StatusCondition } from '@toolhive-registry/api';
import type { Observation } from './observation.ts';

/** A condition without its times. */
export type Draft = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

const TYPES = ['SourceAvailable', 'DataValid', 'SyncSuccessful'] as const;

const WORST_FIRST: readonly StatusCondition['status'][] = ['False', 'Unknown', 'True'];

/**
 * The conditions that only the pods know. True only when every pod says so; else the message names the pods for each statement. Unknown when no pod can be
 * asked, except that a missing ConfigMap is a known fact, which pods notice later.
 */
export function syncConditions({ facts, missing, doubt = {} }: Pick<Observation, 'facts' | 'missing' | 'doubt'>): Draft[] {
  return TYPES.map((type) => {
    if (type !== 'DataValid' && missing.length > 0) return { type, status: 'False', reason: 'SourceNotFound', message: missing.join('; ') };
    const reports = facts.flatMap(({ pod, document }) => {
      const condition = findCondition(document.conditions, type);
      return condition === undefined ? [] : [{ pod, condition }];
    });
    const worst = WORST_FIRST.find((status) => reports.some(({ condition }) => condition.status === status));
    const relevant = reports.filter(({ condition }) => condition.status === worst);
    const [first] = relevant;
    if (first === undefined) return { type, status: 'Unknown', reason: 'NotReported', message: 'No ready pod has reported yet' };
    const { status, reason, message } = first.condition;
    if (status !== 'True') return { type, status, reason, message: byPods(relevant, reports.length) };
    if (doubt.silence !== undefined) return { type, status: 'Unknown', reason: 'NotReported', message: doubt.silence };
    // Each pod read its sources and they differ: nobody knows which one is right.
    if (type !== 'SyncSuccessful' || doubt.difference === undefined) return { type, status, reason, message };
    return { type, status: 'Unknown', reason: 'ReplicasDiffer', message: doubt.difference };
  });
}

/** One pod's report on a condition. */
interface Report {
  readonly pod: string;
  readonly condition: StatusCondition;
}

/** The statements of these pods, without repetition, with pod names where pods disagree. */
function byPods(reports: readonly Report[], all: number): string {
  const said = [...Map.groupBy(reports, ({ condition }) => condition.message)];
  return said.map(([message, same]) => (same.length === all ? message : `${podNames(same)}: ${message}`)).join('; ');
}

function podNames(reports: readonly Report[]): string {
  return `${reports.length === 1 ? 'pod' : 'pods'} ${reports.map(({ pod }) => pod).join(', ')}`;
}
