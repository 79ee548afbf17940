import { ask } from './ask.ts';
import { answered, concluded, failed, memoryOf, roundSince, succeeded } from './conclude.ts';
import type { BuildResult, Verdict } from './events.ts';
import type { SourceFailure } from '../stages/fetch.ts';
import type { SourceState, SyncState } from './state.ts';
import { withSource, type Doing } from './step.ts';

/** Pause before a build is tried again that failed without a source being to blame. */
export const REBUILD_AFTER_MS = 60_000;

/** Takes over what a build found out. */
export function built(state: SyncState, result: BuildResult, doing: Doing): SyncState {
  const { build, ...idle } = state;
  if (build === undefined) return state;
  switch (result.kind) {
    case 'done':
      return buildDone(idle, result, build, doing);
    case 'outOfMemory':
      return tooMuch(idle, result.message, doing);
    default:
      return buildFailed(idle, result, build, doing);
  }
}

function buildDone(
  state: SyncState,
  { verdicts, served }: Extract<BuildResult, { kind: 'done' }>,
  { since, rulesHash }: NonNullable<SyncState['build']>,
  doing: Doing,
): SyncState {
  const { problem: _problem, ...rest } = state;
  const changed = served !== undefined && served.hash !== state.served?.hash;
  let next: SyncState = {
    ...rest,
    builtRules: rulesHash,
    ...(served === undefined ? {} : { served }),
    ...(changed ? { lastChangeTime: new Date(doing.now).toISOString() } : {}),
    round: { ...roundSince(state, since), changed: changed || (state.round?.changed ?? false) },
  };
  for (const verdict of verdicts) next = judged(next, verdict, doing);
  return next;
}

function judged(state: SyncState, verdict: Verdict, doing: Doing): SyncState {
  const source = state.sources.get(verdict.source);
  if (source === undefined) return state;
  const found = { ...source, ...findingsOf(verdict) };
  const { activity } = source;
  const { failure } = verdict;
  if (activity.kind !== 'building') {
    // Built anew from what it had: whether it can be reached is not known from that.
    return withSource(state, failure === undefined ? found : { ...found, state: 'failed', error: failure });
  }
  const known = answered(found, activity.data);
  if (failure === undefined && verdict.accepted)
    return concluded(state, succeeded(known, memoryOf(activity.data, doing), doing), activity, doing);
  const error: SourceFailure = failure ?? { reason: 'DataInvalid', message: 'the data were not accepted' };
  return concluded(state, failed(refused(known, error), error), activity, doing);
}

/** An answer that cannot be recognized is read again; one that can is refused again without being read. */
function refused(source: SourceState, failure: SourceFailure): SourceState {
  if (source.known === undefined) return source;
  if (failure.reason === 'DataInvalid') return { ...source, refusal: failure };
  // Not the data's fault: they are to come again.
  const { known: _known, ...rest } = source;
  return rest;
}

function findingsOf({ findings, findingCount, leftOut }: Verdict): Partial<SourceState> {
  return findings === undefined ? {} : { findings, findingCount: findingCount ?? findings.length, leftOut: leftOut ?? 0 };
}

/** What is new is what was too much. Of several sources each is tried alone, so that one does not touch another's data. */
function tooMuch(state: SyncState, message: string, doing: Doing): SyncState {
  const building = [...state.sources.values()].filter(({ activity }) => activity.kind === 'building');
  let next = state;
  for (const source of building) {
    const { activity } = source;
    if (activity.kind !== 'building') continue;
    next =
      building.length > 1
        ? withSource(next, { ...source, activity: { ...activity, kind: 'staged', alone: true } })
        : judged(next, { source: source.name, accepted: false, failure: { reason: 'DataInvalid', message } }, doing);
  }
  return next;
}

function buildFailed(
  state: SyncState,
  { message, lost }: Extract<BuildResult, { kind: 'failed' }>,
  { since, rulesHash }: NonNullable<SyncState['build']>,
  doing: Doing,
): SyncState {
  const retryAt = doing.tick + REBUILD_AFTER_MS;
  let next: SyncState = {
    ...state,
    problem: { message, rulesHash, retryAt },
    round: roundSince(state, since),
  };
  for (const source of state.sources.values()) {
    const { activity } = source;
    // What was staged is given up, and comes again with the next answer.
    const { known: _known, refusal: _refusal, ...rest } = source;
    if (activity.kind === 'building') {
      next = concluded(next, rest, activity, doing);
      const idle = next.sources.get(source.name);
      if (idle?.activity.kind === 'idle') next = withSource(next, { ...idle, dueAt: retryAt });
    } else if (lost.includes(source.name)) {
      next = ask(withSource(next, rest), rest, 'automatic', doing);
    }
  }
  return next;
}
