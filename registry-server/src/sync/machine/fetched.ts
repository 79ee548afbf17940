import type { FetchOutcome } from './outcome.ts';
import { BUILD_WAIT_MS, isBuiltByRules } from './build.ts';
import { answered, concluded, failed, filesOf, memoryOf, succeeded } from './conclude.ts';
import type { Activity, SourceState, SyncState } from './state.ts';
import { withSource, type StepContext } from './step.ts';

/** Applies the answer of a source. Answers to abandoned questions are ignored. */
export function fetched(state: SyncState, name: string, attempt: number, outcome: FetchOutcome, context: StepContext): SyncState {
  const source = state.sources.get(name);
  if (source?.activity.kind !== 'fetching' || source.activity.attempt !== attempt) {
    if (outcome.kind === 'staged') context.effects.push({ kind: 'discard', path: outcome.data.path });
    return state;
  }
  const { activity } = source;
  switch (outcome.kind) {
    case 'unchanged':
      if (source.refusal !== undefined) return concluded(state, failed(source, source.refusal.failure), activity, context);
      return concluded(
        withoutMootProblem(state, name),
        succeeded(source, withRevision(source.memory, outcome), context),
        activity,
        context,
      );
    case 'same': {
      const { refusal } = source;
      const known = answered(source, outcome.data);
      // The last good data may be refused by the current rules.
      if (refusal?.hash === outcome.data.hash) return concluded(state, { ...failed(known, refusal.failure), refusal }, activity, context);
      return concluded(withoutMootProblem(state, name), succeeded(known, memoryOf(outcome.data, context), context), activity, context);
    }
    case 'staged': {
      const { attempt: _attempt, ...busy } = activity;
      const staged: Activity = { ...busy, kind: 'staged', data: outcome.data, alone: false };
      return withSource(
        { ...state, buildBy: state.buildBy ?? context.tick + BUILD_WAIT_MS.others },
        { ...source, ...filesOf(outcome.data), activity: staged },
      );
    }
    default: {
      const next = concluded(state, withFilesOf(failed(source, outcome.failure), outcome), activity, context);
      return outcome.retryAfterMs === undefined
        ? next
        : notBefore(next, name, context.tick + Math.min(outcome.retryAfterMs, MAX_RETRY_AFTER_MS));
    }
  }
}

/** What is remembered of data that are the same as before, with what they are called where that was not known. */
function withRevision(memory: SourceState['memory'], { revision }: Extract<FetchOutcome, { kind: 'unchanged' }>): SourceState['memory'] {
  return memory === undefined || revision === undefined ? memory : { ...memory, revision };
}

/**
 * A failed source with the mounted files as they are now: one that is not there is named no longer, not after a restart either. Files that are
 * others than those of the last good data are read again, whatever comes back: the validator would hide that they are the same as before.
 */
function withFilesOf(source: SourceState, { failure, files }: Extract<FetchOutcome, { kind: 'failed' }>): SourceState {
  if (files !== undefined) return { ...withoutValidator(source), files };
  if (failure.reason !== 'SourceNotFound' || source.files === undefined) return source;
  const { files: _files, ...rest } = withoutValidator(source);
  if (rest.memory === undefined) return rest;
  const { files: _remembered, validator: _validator, ...memory } = rest.memory;
  return { ...rest, memory };
}

function withoutValidator(source: SourceState): SourceState {
  const { known: _known, ...rest } = source;
  return rest;
}

/** The problem no longer waits for this source; it is gone if it waits for none, and the current rules built what is served. */
function withoutMootProblem(state: SyncState, name: string): SyncState {
  const { problem, ...rest } = state;
  if (problem === undefined) return state;
  const [waitingFor, lost] = [without(problem.waitingFor, name), without(problem.lost, name)];
  return waitingFor.size === 0 && isBuiltByRules(state) ? rest : { ...state, problem: { ...problem, waitingFor, lost } };
}

function without(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  return new Set([...names].filter((other) => other !== name));
}

/** Maximum delay that a source can request. */
const MAX_RETRY_AFTER_MS = 60 * 60 * 1000;

/** The source requested a delay. Changes and requests override it. */
function notBefore(state: SyncState, name: string, tick: number): SyncState {
  const source = state.sources.get(name);
  if (source?.dueAt === undefined || source.dueAt >= tick) return state;
  return withSource(state, { ...source, dueAt: tick });
}
