import type { FetchOutcome } from '../stages/fetch.ts';
import { buildDeadline, isBuiltByRules } from './build.ts';
import { answered, concluded, failed, filesOf, memoryOf, succeeded } from './conclude.ts';
import type { Activity, SyncState } from './state.ts';
import { withSource, type Doing } from './step.ts';

/** Takes over what a source answered. Answers to questions that were given up count for nothing. */
export function fetched(state: SyncState, name: string, attempt: number, outcome: FetchOutcome, doing: Doing): SyncState {
  const source = state.sources.get(name);
  if (source?.activity.kind !== 'fetching' || source.activity.attempt !== attempt) return state;
  const { activity } = source;
  switch (outcome.kind) {
    case 'unchanged':
      if (source.refusal !== undefined) return concluded(state, failed(source, source.refusal), activity, doing);
      return concluded(withoutMootProblem(state), succeeded(source, source.memory, doing), activity, doing);
    case 'same': {
      const known = answered(source, outcome.data);
      return concluded(withoutMootProblem(state), succeeded(known, memoryOf(outcome.data, doing), doing), activity, doing);
    }
    case 'staged': {
      const { attempt: _attempt, ...busy } = activity;
      const staged: Activity = { ...busy, kind: 'staged', data: outcome.data, alone: false };
      return withSource({ ...state, buildBy: buildDeadline(state, doing.tick) }, { ...source, ...filesOf(outcome.data), activity: staged });
    }
    default: {
      const next = concluded(state, { ...failed(source, outcome.failure), ...filesOf(outcome) }, activity, doing);
      return outcome.retryAfterMs === undefined
        ? next
        : notBefore(next, name, doing.tick + Math.min(outcome.retryAfterMs, MAX_RETRY_AFTER_MS));
    }
  }
}

/** With the data that are served already there is nothing left that could not be built. */
function withoutMootProblem(state: SyncState): SyncState {
  const { problem: _problem, ...rest } = state;
  return isBuiltByRules(state) ? rest : state;
}

/** A source may not put itself off for longer than this, whatever it says. */
const MAX_RETRY_AFTER_MS = 60 * 60 * 1000;

/** The source asked not to be asked for a while. Changes and requests have it asked all the same. */
function notBefore(state: SyncState, name: string, tick: number): SyncState {
  const source = state.sources.get(name);
  if (source?.dueAt === undefined || source.dueAt >= tick) return state;
  return withSource(state, { ...source, dueAt: tick });
}
