import type { Configuration } from '../../config/configuration.ts';
import type { PlannedSource } from '../../config/plan.ts';
import { askAll, triggered } from './ask.ts';
import { withoutPending } from './conclude.ts';
import { goodDataOf } from '../../store/good-data.ts';
import { isOfData } from './outcome.ts';
import { blankSource, type Activity, type SourceState, type SyncState } from './state.ts';
import { withDueTime, type StepContext } from './step.ts';

/** Switches to another configuration: only sources whose place changed are asked again. */
export function configured(state: SyncState, configuration: Configuration, context: StepContext): SyncState {
  const before = state.configuration.plan.sources;
  const after = configuration.plan.sources;
  for (const [name, { activity }] of state.sources) {
    if (activity.kind === 'fetching' && after.get(name)?.place !== before.get(name)?.place) {
      context.effects.push({ kind: 'abandon', attempt: activity.attempt });
    }
    if (activity.kind === 'staged' && !after.has(name)) context.effects.push({ kind: 'discard', path: activity.data.path });
  }
  const renamed = renamedSources(before, after);
  const sources = new Map(
    [...after].map(([name, planned]) => {
      const old = renamed.get(name);
      const source = old === undefined ? state.sources.get(name) : underNewName(state.sources.get(old), name);
      return [name, reconfigured(source, planned, before.get(old ?? name), context)];
    }),
  );
  const next: SyncState = { ...withoutPending(state, new Set(after.keys())), configuration, sources };
  const isWanted = ({ name, activity }: SourceState): boolean =>
    // A source that the trigger has just asked needs no second question.
    activity.kind !== 'fetching' && isToBeAskedAgain(sources.get(name), after.get(name), before.get(name));
  return askAll(triggered(next, context) ?? next, 'automatic', isWanted, context);
}

/** Renamed sources, by their new names: a source is identified by its place. */
function renamedSources(
  before: ReadonlyMap<string, PlannedSource>,
  after: ReadonlyMap<string, PlannedSource>,
): ReadonlyMap<string, string> {
  const gone = new Map([...before].filter(([name]) => !after.has(name)));
  const renamed = new Map<string, string>();
  for (const [name, { place }] of after) {
    const [old] = before.has(name) ? [] : ([...gone].find(([, planned]) => planned.place === place) ?? []);
    if (old === undefined) continue;
    gone.delete(old);
    renamed.set(name, old);
  }
  return renamed;
}

/** What is known of a source, under its new name. It is asked again: an answer that is under way comes for the old name. */
function underNewName(source: SourceState | undefined, name: string): SourceState | undefined {
  if (source === undefined) return undefined;
  const { memory } = source;
  return {
    ...source,
    name,
    activity: { kind: 'idle' },
    ...(memory === undefined ? {} : { memory: { ...memory, storedFor: goodDataOf(source.name, memory).source } }),
  };
}

/** What stays known of a source when its part of the manifest has changed. */
function reconfigured(
  source: SourceState | undefined,
  planned: PlannedSource,
  before: PlannedSource | undefined,
  context: StepContext,
): SourceState {
  // A source that was taken out has no data any more when it comes back.
  if (source === undefined || before === undefined) return blankSource(planned.source.name);
  const { known: _known, refusal: _refusal, ...rest } = source;
  // Validator and mounted files belong to the other place. Its data are served until there are new ones.
  if (planned.place !== before.place) {
    const { files: _files, ...moved } = rest;
    return withDueTime({ ...moved, activity: elsewhere(source.activity) }, planned, context);
  }
  if (planned.rulesHash !== before.rulesHash && source.refusal !== undefined) {
    // Refused by other rules. The last good data are judged again by the build that follows; others are not there any more.
    const isThere = source.refusal.hash === source.memory?.hash;
    return withDueTime(isThere && source.known !== undefined ? { ...rest, known: source.known } : rest, planned, context);
  }
  return withDueTime(source, planned, context);
}

/** What a source was doing when its place changed: the question is not wanted any more, data that came from there are not recognized later. */
function elsewhere(activity: Activity): Activity {
  if (activity.kind === 'idle' || activity.kind === 'fetching') return { kind: 'idle' };
  const { validator: _validator, ...data } = activity.data;
  return { ...activity, data };
}

function isToBeAskedAgain(source: SourceState | undefined, planned: PlannedSource | undefined, before: PlannedSource | undefined): boolean {
  if (source === undefined || planned === undefined || before === undefined) return true;
  return planned.place !== before.place || (planned.rulesHash !== before.rulesHash && source.known === undefined && isOfData(source.error));
}
