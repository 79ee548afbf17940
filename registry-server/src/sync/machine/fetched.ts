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
    default:
      return concluded(state, { ...failed(source, outcome.failure), ...filesOf(outcome) }, activity, doing);
  }
}

/** With the data that are served already there is nothing left that could not be built. */
function withoutMootProblem(state: SyncState): SyncState {
  const { problem: _problem, ...rest } = state;
  return isBuiltByRules(state) ? rest : state;
}
