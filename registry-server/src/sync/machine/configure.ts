import type { Configuration } from '../../config/configuration.ts';
import type { PlannedSource } from '../../config/plan.ts';
import { askAll, triggered } from './ask.ts';
import { withoutPending } from './conclude.ts';
import { isOfData } from './outcome.ts';
import { blankSource, type Activity, type SourceState, type SyncState } from './state.ts';
import { withDueTime, type StepContext } from './step.ts';

/** Goes over to another configuration: only sources whose place changed are asked anew. */
export function configured(state: SyncState, configuration: Configuration, context: StepContext): SyncState {
  const before = state.configuration.plan.sources;
  const after = configuration.plan.sources;
  for (const [name, { activity }] of state.sources) {
    if (activity.kind === 'fetching' && after.get(name)?.place !== before.get(name)?.place) {
      context.effects.push({ kind: 'abandon', attempt: activity.attempt });
    }
    if (activity.kind === 'staged' && !after.has(name)) context.effects.push({ kind: 'discard', path: activity.data.path });
  }
  const sources = new Map(
    [...after].map(([name, planned]) => [name, reconfigured(state.sources.get(name), planned, before.get(name), context)]),
  );
  const next: SyncState = { ...withoutPending(state, new Set(after.keys())), configuration, sources };
  const isWanted = ({ name, activity }: SourceState): boolean =>
    // One that the trigger has just asked needs no second question.
    activity.kind !== 'fetching' && isToBeAskedAgain(sources.get(name), after.get(name), before.get(name));
  return askAll(triggered(next, context) ?? next, 'automatic', isWanted, context);
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
  // The validator is the other place's. Its data are served until there are new ones.
  if (planned.place !== before.place) {
    return withDueTime({ ...rest, activity: elsewhere(source.activity) }, planned, context);
  }
  if (planned.rulesHash !== before.rulesHash && source.refusal !== undefined) {
    // Refused by other rules. The last good data are judged anew by the build that follows; others are not there any more.
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
