import { ask } from './ask.ts';
import { stronger } from './events.ts';
import type { FetchedData, SourceFailure } from './outcome.ts';
import { NO_CHANGES, type Round, type SourceState, type SyncState } from './state.ts';
import { withDueTime, withSource, type BusyActivity, type StepContext } from './step.ts';

/** The question of the activity is done: the source is idle, and asked again if that was requested in the meantime. */
export function concluded(state: SyncState, result: SourceState, activity: BusyActivity, context: StepContext): SyncState {
  const { name } = result;
  const wasFailed = state.sources.get(name)?.state === 'failed';
  const idle: SourceState = { ...result, activity: { kind: 'idle' }, lastAttempt: context.tick };
  const planned = state.configuration.plan.sources.get(name);
  const source = planned === undefined ? idle : withDueTime(idle, planned, context);
  const round = roundSince(state, activity.since);
  const next = withSource(
    {
      ...state,
      round: {
        ...round,
        trigger: stronger(round.trigger, activity.trigger),
        sources: new Set([...round.sources, name]),
        recovered: wasFailed && source.state === 'ok' ? new Set([...round.recovered, name]) : round.recovered,
      },
    },
    source,
  );
  if (activity.again !== undefined) return ask(next, source, activity.again, context);
  return withoutPending(next, new Set([...next.sources.keys()].filter((other) => other !== name)));
}

/** The current round, or a new one. It began no later than the given time. */
export function roundSince({ round }: SyncState, since: number): Round {
  if (round === undefined)
    return { since, trigger: 'automatic', sources: new Set(), recovered: new Set(), changed: false, changes: NO_CHANGES };
  return { ...round, since: Math.min(round.since, since) };
}

/** The current trigger, which now waits only for the remaining sources; done when it waits for none. */
export function withoutPending(state: SyncState, remaining: ReadonlySet<string>): SyncState {
  const { pendingTrigger, ...rest } = state;
  if (pendingTrigger === undefined) return state;
  const waitingFor = new Set([...pendingTrigger.waitingFor].filter((name) => remaining.has(name)));
  if (waitingFor.size > 0) return { ...state, pendingTrigger: { ...pendingTrigger, waitingFor } };
  return { ...rest, lastSyncTrigger: pendingTrigger.value };
}

/** The source after its last answer. */
export function answered(source: SourceState, data: FetchedData): SourceState {
  const { known: _known, refusal: _refusal, files: _files, ...rest } = source;
  return { ...rest, ...filesOf(data), ...(data.validator === undefined ? {} : { known: data.validator }) };
}

/** The mounted files that an answer came from, to be taken over. */
export function filesOf({ files }: Pick<FetchedData, 'files'>): Pick<SourceState, 'files'> {
  return files === undefined ? {} : { files };
}

/** The record of new last good data. */
export function memoryOf(
  { hash, bytes, validator, revision, files }: FetchedData,
  { now }: StepContext,
): NonNullable<SourceState['memory']> {
  return {
    hash,
    bytes,
    lastSuccessTime: new Date(now).toISOString(),
    ...(validator === undefined ? {} : { validator }),
    ...(revision === undefined ? {} : { revision }),
    ...(files === undefined ? {} : { files }),
  };
}

/** The source after an answer that was good, with what is remembered of its data. */
export function succeeded(source: SourceState, memory: SourceState['memory'], { now }: StepContext): SourceState {
  const { error: _error, ...rest } = source;
  if (memory === undefined) return { ...rest, state: 'pending', failures: 0 };
  return { ...rest, state: 'ok', failures: 0, memory: { ...memory, lastSuccessTime: new Date(now).toISOString() } };
}

/** The source after one more failure. */
export function failed(source: SourceState, error: SourceFailure): SourceState {
  return { ...source, state: 'failed', error, failures: source.failures + 1 };
}
