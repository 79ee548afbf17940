import type { SyncRecord } from '@toolhive-registry/api';
import type { PlannedSource } from '../../config/plan.ts';
import { withSync } from '../history.ts';
import { syncRecord } from '../record.ts';
import { askAll, isFollowed, triggered } from './ask.ts';
import { buildTime, withBuild } from './build.ts';
import { built } from './built.ts';
import { configured } from './configure.ts';
import type { Effect, Moment, SyncEvent } from './events.ts';
import { fetched } from './fetched.ts';
import { seeded } from './seeded.ts';
import type { SourceState, SyncState } from './state.ts';
import type { StepContext } from './step.ts';

/** The next state, and what has to be done. */
export interface Step {
  readonly state: SyncState;
  readonly effects: readonly Effect[];
}

/** Applies an event. Pure: times and randomness come with the moment. */
export function transition(before: SyncState, event: SyncEvent, moment: Moment): Step {
  if (before.stopped) return { state: before, effects: [] };
  const context: StepContext = { ...moment, effects: [] };
  const handled = handle({ ...before, tickOffset: moment.now - moment.tick }, event, context);
  const state = recorded(withBuild(handled, context), event, context);
  context.effects.push(wake(state));
  return { state, effects: context.effects };
}

function handle(state: SyncState, event: SyncEvent, context: StepContext): SyncState {
  switch (event.kind) {
    case 'started':
      return askAll(triggered(state, context) ?? state, 'automatic', isIdleAndFollowed, context);
    case 'configured':
      return configured(state, event.configuration, context);
    case 'changed':
      return askAll(state, 'automatic', (source, planned) => source.name === event.source && isFollowed(source, planned), context);
    case 'requested':
      return askAll(state, 'manual', ({ name, activity }) => event.sources.includes(name) && activity.kind === 'idle', context);
    case 'seeded':
      return seeded(state, event.stored, event.served);
    case 'rollback': {
      const { rollbackTo: _before, ...rest } = state;
      return event.to === undefined ? rest : { ...rest, rollbackTo: event.to };
    }
    case 'timer':
      return askAll(
        state,
        'automatic',
        ({ activity, dueAt }) => activity.kind === 'idle' && dueAt !== undefined && dueAt <= context.tick,
        context,
      );
    case 'fetched':
      return fetched(state, event.source, event.attempt, event.outcome, context);
    case 'built':
      return built(state, event.result, context);
    default:
      return { ...state, stopped: true };
  }
}

/** A source that the trigger has already asked needs no second question. */
function isIdleAndFollowed(source: SourceState, planned: PlannedSource): boolean {
  return source.activity.kind === 'idle' && isFollowed(source, planned);
}

/** Records a sync once everything is idle, or as soon as a build is done: a hanging source must not delay the report of others. */
function recorded(state: SyncState, event: SyncEvent, context: StepContext): SyncState {
  const { round, ...rest } = state;
  if (round === undefined) return state;
  const isQuiet = state.build === undefined && [...state.sources.values()].every(({ activity }) => activity.kind === 'idle');
  if (!isQuiet && event.kind !== 'built') return state;
  const sync = syncRecord(round, context.now, rest);
  context.effects.push({ kind: 'announce', sync, round });
  const next = { ...rest, history: withSync(state.history, sync) };
  // A poll that found nothing new costs no write; its record is stored with the next one that did.
  const storedFacts = factsToStore(next, sync);
  if (storedFacts === state.storedFacts) return next;
  context.effects.push({ kind: 'save' });
  return { ...next, storedFacts };
}

/** The state that must survive a restart, except check times, as a text. */
function factsToStore(
  { sources, builtRules, served, rollbackTo, lastSyncTrigger }: SyncState,
  { result, errorMessage, type }: SyncRecord,
): string {
  const remembered = [...sources.values()].map(({ name, memory, refusal }) => [
    name,
    memory?.hash,
    memory?.validator,
    memory?.revision,
    memory?.files,
    refusal,
  ]);
  return JSON.stringify([remembered, builtRules, served?.hash, rollbackTo, lastSyncTrigger, result, errorMessage, type]);
}

function wake(state: SyncState): Effect {
  const due = [...state.sources.values()].flatMap(({ activity, dueAt }) =>
    activity.kind === 'idle' && dueAt !== undefined ? [dueAt] : [],
  );
  const times = [...due, ...[buildTime(state) ?? []].flat()];
  return times.length === 0 ? { kind: 'wake' } : { kind: 'wake', at: Math.min(...times) };
}
