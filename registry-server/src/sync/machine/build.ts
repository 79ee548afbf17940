import type { Activity, SourceState, SyncState } from './state.ts';
import type { StepContext } from './step.ts';

/**
 * How long a build waits for sources that are being asked. `newcomers`: for those that have never answered, since a server that is missing
 * from what is served counts as unknown. `others`: what changed together is served together, and built once.
 */
export const BUILD_WAIT_MS = { newcomers: 3_000, others: 100 } as const;

/** Starts a build if there is something to build and none is running. */
export function withBuild(state: SyncState, { effects, now, tick }: StepContext): SyncState {
  const at = buildTime(state);
  if (at === undefined || at > tick) return state;
  const staged = stagedSources(state);
  const alone = staged.find(({ activity }) => activity.alone);
  const chosen = alone === undefined ? staged : [alone];
  const restore = wantedRollback(state);
  const fresh = new Map(chosen.map(({ source, activity }) => [source.name, activity.data]));
  effects.push({ kind: 'build', fresh, ...(restore === undefined ? {} : { restore }) });
  const sources = new Map(state.sources);
  for (const { source, activity } of chosen) sources.set(source.name, { ...source, activity: { ...activity, kind: 'building' } });
  const { buildBy: _buildBy, newcomersBy: _newcomersBy, ...rest } = state;
  return {
    ...rest,
    sources,
    build: { since: now, rulesHash: rulesOf(state), fresh: new Set(chosen.map(({ source }) => source.name)) },
  };
}

interface StagedSource {
  readonly source: SourceState;
  readonly activity: Extract<Activity, { kind: 'staged' | 'building' }>;
}

function stagedSources({ sources }: SyncState): StagedSource[] {
  return [...sources.values()].flatMap((source) => {
    const { activity } = source;
    return activity.kind === 'staged' ? [{ source, activity }] : [];
  });
}

/** When the pending build may begin, in ticks. Undefined: none is pending, or one is running. */
export function buildTime(state: SyncState): number | undefined {
  if (state.stopped || state.build !== undefined) return undefined;
  const hasStaged = stagedSources(state).length > 0;
  if (!hasStaged && !isRebuildNeeded(state)) return undefined;
  return Math.max(heldUntil(state, hasStaged), waitsUntil(state, hasStaged));
}

/** After a failure that new data cannot fix, a build is not retried at once. */
function heldUntil(state: SyncState, hasStaged: boolean): number {
  const { problem, sources } = state;
  if (problem === undefined || problem.rulesHash !== rulesOf(state)) return 0;
  const isDataMissing = [...problem.lost].some((name) => sources.has(name) && sources.get(name)?.activity.kind !== 'staged');
  return hasStaged && !isDataMissing ? 0 : problem.retryAt;
}

function waitsUntil({ sources, newcomersBy = 0, buildBy = 0 }: SyncState, hasStaged: boolean): number {
  const asked = [...sources.values()].filter(({ activity }) => activity.kind === 'fetching');
  return Math.max(asked.some(isNewcomer) ? newcomersBy : 0, asked.length > 0 && hasStaged ? buildBy : 0);
}

/** A source of which nothing has been served and that has not been heard of. */
export function isNewcomer({ memory, lastAttempt }: SourceState): boolean {
  return memory === undefined && lastAttempt === undefined;
}

/** Whether what is served was built by the current rules. */
export function isBuiltByRules(state: SyncState): boolean {
  return state.builtRules === rulesOf(state);
}

/** Hash of the snapshot that is wanted in place of what the sources give; undefined: none is. */
export function wantedRollback({ configuration, rollbackTo }: SyncState): string | undefined {
  return configuration.plan.rollbackTo ?? rollbackTo;
}

/** All rules that affect the catalog that the same data give, as a text. */
function rulesOf(state: SyncState): string {
  const { rulesHash } = state.configuration.plan;
  const rollback = wantedRollback(state);
  return rollback === undefined ? rulesHash : `${rulesHash} ${rollback}`;
}

function isRebuildNeeded(state: SyncState): boolean {
  const hasData = wantedRollback(state) !== undefined || [...state.sources.values()].some(({ memory }) => memory !== undefined);
  return !isBuiltByRules(state) && hasData;
}
