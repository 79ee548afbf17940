import type { Changes } from '@toolhive-registry/catalog';
import { ask } from './ask.ts';
import { answered, concluded, failed, memoryOf, roundSince, succeeded } from './conclude.ts';
import type { BuildResult, Verdict } from './events.ts';
import { isOfData, type SourceFailure } from './outcome.ts';
import type { Round, RunningBuild, SourceState, SyncState } from './state.ts';
import { withDueTime, withSource, type StepContext } from './step.ts';

/** Pause before a build is tried again that failed without a source being to blame. */
export const REBUILD_AFTER_MS = 60_000;

/** Applies the result of a build. */
export function built(state: SyncState, result: BuildResult, context: StepContext): SyncState {
  const { build, ...idle } = state;
  if (build === undefined) return state;
  switch (result.kind) {
    case 'done':
      return buildDone(idle, result, build, context);
    case 'outOfMemory':
      return tooMuch(idle, result.message, build, context);
    default:
      return buildFailed(idle, result, build, context);
  }
}

function buildDone(
  state: SyncState,
  { verdicts, served, changes, rolledBackTo, rollbackProblem }: Extract<BuildResult, { kind: 'done' }>,
  { since, rulesHash }: RunningBuild,
  context: StepContext,
): SyncState {
  const { problem: _problem, rolledBackTo: _to, rollbackProblem: _why, ...rest } = state;
  const changed = served !== undefined && served.hash !== state.served?.hash;
  const round = withChanges(roundSince(state, since), changed, changes);
  let next: SyncState = {
    ...rest,
    builtRules: rulesHash,
    ...(served === undefined ? {} : { served }),
    ...(rolledBackTo === undefined ? {} : { rolledBackTo }),
    ...(rollbackProblem === undefined ? {} : { rollbackProblem }),
    ...(changed ? { lastChangeTime: new Date(context.now).toISOString(), lastChange: { hash: served.hash, ...round.changes } } : {}),
    round,
  };
  for (const verdict of verdicts) next = judged(next, verdict, context);
  return next;
}

function withChanges(round: Round, changed: boolean, { added, changed: others, removed }: Changes): Round {
  const { changes } = round;
  return {
    ...round,
    changed: round.changed || changed,
    changes: { added: changes.added + added, changed: changes.changed + others, removed: changes.removed + removed },
  };
}

function judged(state: SyncState, verdict: Verdict, context: StepContext): SyncState {
  const source = state.sources.get(verdict.source);
  if (source === undefined) return state;
  const found = { ...source, ...(verdict.found === undefined ? {} : { found: verdict.found }) };
  const { activity } = source;
  const { failure } = verdict;
  if (activity.kind !== 'building') return rebuilt(state, found, failure, context);
  const known = answered(found, activity.data);
  if (failure === undefined && verdict.accepted)
    return concluded(state, succeeded(known, memoryOf(activity.data, context), context), activity, context);
  const error: SourceFailure = failure ?? { reason: 'DataInvalid', message: 'the data were not accepted' };
  return concluded(state, failed(refused(known, error, activity.data.hash), error), activity, context);
}

/** A source that was built again from what it had. Whether it can be reached is not known from that, but whether its data are good is. */
function rebuilt(state: SyncState, source: SourceState, failure: SourceFailure | undefined, context: StepContext): SyncState {
  const { refusal: _refusal, ...rest } = source;
  if (failure !== undefined) {
    const refusal = source.memory === undefined ? {} : { refusal: { failure, hash: source.memory.hash } };
    // A source that cannot be read is reported first.
    const error = source.state === 'failed' && !isOfData(source.error) ? source.error : failure;
    const bad: SourceState = {
      ...rest,
      state: 'failed',
      failures: Math.max(1, source.failures),
      ...refusal,
      ...(error === undefined ? {} : { error }),
    };
    const planned = state.configuration.plan.sources.get(source.name);
    return noted(withSource(state, planned === undefined ? bad : withDueTime(bad, planned, context)), source.name);
  }
  if (!isOfData(source.error) || source.memory === undefined || source.refusal !== undefined) return withSource(state, source);
  const { error: _error, ...healed } = rest;
  return noted(withSource(state, { ...healed, state: 'ok', failures: 0 }), source.name, true);
}

/** Includes a source that nobody asked in the record of the sync. */
function noted(state: SyncState, name: string, recovered = false): SyncState {
  const { round } = state;
  if (round === undefined) return state;
  const sources = new Set([...round.sources, name]);
  return { ...state, round: { ...round, sources, recovered: recovered ? new Set([...round.recovered, name]) : round.recovered } };
}

/** An answer that cannot be recognized is read again; one that can is refused again without being read. */
function refused(source: SourceState, failure: SourceFailure, hash: string): SourceState {
  if (isOfData(failure)) return { ...source, refusal: { failure, hash } };
  // The data are not at fault: they are fetched again.
  const { known: _known, ...rest } = source;
  return rest;
}

/** The new data were too much. Several sources are tried one by one, so that one does not affect the data of another. */
function tooMuch(state: SyncState, message: string, { fresh }: RunningBuild, context: StepContext): SyncState {
  let next = state;
  for (const source of state.sources.values()) {
    const { activity } = source;
    if (activity.kind !== 'building') continue;
    next =
      fresh.size > 1
        ? withSource(next, { ...source, activity: { ...activity, kind: 'staged', alone: true } })
        : judged(next, { source: source.name, accepted: false, failure: { reason: 'DataInvalid', message } }, context);
  }
  return next;
}

function buildFailed(
  state: SyncState,
  { message, lost }: Extract<BuildResult, { kind: 'failed' }>,
  { since, rulesHash, fresh }: RunningBuild,
  context: StepContext,
): SyncState {
  const retryAt = context.tick + REBUILD_AFTER_MS;
  let next: SyncState = {
    ...state,
    problem: { message, rulesHash, retryAt, waitingFor: lost.length === 0 ? fresh : new Set(), lost: new Set(lost) },
    round: roundSince(state, since),
  };
  for (const source of state.sources.values()) {
    const { activity } = source;
    const { known: _known, refusal: _refusal, ...rest } = source;
    if (activity.kind === 'building' && lost.length > 0) {
      // It waits for the lost data.
      next = withSource(next, { ...source, activity: { ...activity, kind: 'staged' } });
    } else if (lost.includes(source.name)) {
      next = ask(withSource(next, rest), rest, 'automatic', context);
    } else if (activity.kind === 'building') {
      // Staged data are discarded, and fetched again with the next answer.
      next = concluded(next, rest, activity, context);
      const idle = next.sources.get(source.name);
      if (idle?.activity.kind === 'idle') next = withSource(next, { ...idle, dueAt: retryAt });
    }
  }
  return next;
}
