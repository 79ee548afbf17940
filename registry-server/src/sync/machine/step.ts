import type { PlannedSource } from '../../config/plan.ts';
import type { Effect, Moment } from './events.ts';
import { dueTime } from './schedule.ts';
import type { Activity, SourceState, SyncState } from './state.ts';

/** The context of a step: the moment, and the list that collects its effects. */
export interface StepContext extends Moment {
  readonly effects: Effect[];
}

/** What a source does while it must not be asked. */
export type BusyActivity = Exclude<Activity, { kind: 'idle' }>;

/** The state with another state of one source. */
export function withSource(state: SyncState, source: SourceState): SyncState {
  return { ...state, sources: new Map([...state.sources, [source.name, source]]) };
}

/** The source with the time at which it is to be asked again by itself, in ticks. */
export function withDueTime(source: SourceState, { schedule }: PlannedSource, { tick, random }: StepContext): SourceState {
  const { dueAt: _dueAt, ...rest } = source;
  if (source.lastAttempt === undefined) return rest;
  const dueAt = dueTime(schedule, { failures: source.failures, lastAttempt: source.lastAttempt }, tick, random);
  return dueAt === undefined ? rest : { ...rest, dueAt };
}
