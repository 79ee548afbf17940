import { annotations } from '@toolhive-registry/api';
import type { PlannedSource } from '../../config/plan.ts';
import { goodDataOf } from '../../store/good-data.ts';
import { BUILD_WAIT_MS, isNewcomer } from './build.ts';
import { stronger } from './events.ts';
import type { SourceState, SyncState, Trigger } from './state.ts';
import { withSource, type StepContext } from './step.ts';

/** Asks the requested sources, in the order of the plan. */
export function askAll(
  state: SyncState,
  trigger: Trigger,
  wanted: (source: SourceState, planned: PlannedSource) => boolean,
  context: StepContext,
): SyncState {
  let next = state;
  for (const [name, planned] of state.configuration.plan.sources) {
    const source = next.sources.get(name);
    if (source !== undefined && wanted(source, planned)) next = ask(next, source, trigger, context);
  }
  return next;
}

/** Asks a source now, or once more when it is done with what it is doing. */
export function ask(state: SyncState, source: SourceState, trigger: Trigger, { effects, now, tick }: StepContext): SyncState {
  const { activity } = source;
  if (activity.kind !== 'idle') {
    return withSource(state, { ...source, activity: { ...activity, again: stronger(activity.again, trigger) } });
  }
  const attempt = state.attempts + 1;
  effects.push({
    kind: 'fetch',
    source: source.name,
    attempt,
    known: source.known,
    good: source.memory === undefined ? undefined : goodDataOf(source.name, source.memory),
  });
  const newcomersBy = isNewcomer(source) ? { newcomersBy: state.newcomersBy ?? tick + BUILD_WAIT_MS.newcomers } : {};
  return withSource(
    { ...state, attempts: attempt, ...newcomersBy },
    { ...source, activity: { kind: 'fetching', attempt, since: now, trigger } },
  );
}

/** A source with a manual policy is read by itself only until it has data. */
export function isFollowed({ memory }: SourceState, { manual }: PlannedSource): boolean {
  return !manual || memory === undefined;
}

/**
 * Handles a new value of the annotation sync-trigger, by asking every source, or those that sync-source names. Undefined: there is no new
 * value.
 */
export function triggered(state: SyncState, context: StepContext): SyncState | undefined {
  const { annotations: given = {} } = state.configuration.manifest.registry.metadata;
  const value = given[annotations.syncTrigger] ?? '';
  if (value === '' || value === state.lastSyncTrigger || value === state.pendingTrigger?.value) return undefined;
  const named = new Set((given[annotations.syncSource] ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()])));
  const meant = [...state.sources.keys()].filter((name) => named.size === 0 || named.has(name));
  const unknown = [...named].filter((name) => !state.sources.has(name));
  if (unknown.length > 0) context.effects.push({ kind: 'unknownSources', names: unknown });
  // Unknown names are not waited for.
  if (meant.length === 0) return { ...state, lastSyncTrigger: value };
  const asked = askAll(state, 'manual', ({ name }) => meant.includes(name), context);
  return { ...asked, pendingTrigger: { value, waitingFor: new Set(meant) } };
}
