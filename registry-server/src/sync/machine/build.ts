import type { Activity, SourceState, SyncState } from './state.ts';
import type { Doing } from './step.ts';

/**
 * New data wait for so long for sources that are being asked: what changed together is served together, and built once. The first catalog
 * is to be whole where that is possible, since a server that is not in it counts as unknown.
 */
export const BUILD_WAIT_MS = { first: 3_000, later: 100 } as const;

/** Begins a build where there is something to build and none is under way. */
export function withBuild(state: SyncState, { effects, now, tick }: Doing): SyncState {
  const staged = stagedSources(state);
  if (state.stopped || state.build !== undefined || !isBuildWanted(state, staged, tick)) return state;
  const alone = staged.find(({ activity }) => activity.alone);
  const chosen = alone === undefined ? staged : [alone];
  effects.push({ kind: 'build', fresh: new Map(chosen.map(({ source, activity }) => [source.name, activity.data])) });
  const sources = new Map(state.sources);
  for (const { source, activity } of chosen) sources.set(source.name, { ...source, activity: { ...activity, kind: 'building' } });
  const { buildBy: _buildBy, ...rest } = state;
  return { ...rest, sources, build: { since: now, rulesHash: state.configuration.plan.rulesHash } };
}

interface StagedSource {
  readonly source: SourceState;
  readonly activity: Extract<Activity, { kind: 'staged' | 'building' }>;
}

/** Sources with new data that wait for a build. */
export function stagedSources({ sources }: SyncState): StagedSource[] {
  return [...sources.values()].flatMap((source) => {
    const { activity } = source;
    return activity.kind === 'staged' ? [{ source, activity }] : [];
  });
}

function isBuildWanted(state: SyncState, staged: readonly StagedSource[], tick: number): boolean {
  const { problem, buildBy } = state;
  if (staged.length > 0) {
    const isAnyAsked = [...state.sources.values()].some(({ activity }) => activity.kind === 'fetching');
    return !isAnyAsked || tick >= (buildBy ?? 0);
  }
  if (!isRebuildNeeded(state)) return false;
  return problem === undefined || problem.rulesHash !== state.configuration.plan.rulesHash || tick >= problem.retryAt;
}

function isFirstBuild({ served, builtRules }: SyncState): boolean {
  return served === undefined && builtRules === undefined;
}

export function isBuiltByRules({ builtRules, configuration }: SyncState): boolean {
  return builtRules === configuration.plan.rulesHash;
}

/** Whether what is served was built by other rules than those of now, and there is anything to build from. */
export function isRebuildNeeded(state: SyncState): boolean {
  return !isBuiltByRules(state) && [...state.sources.values()].some(({ memory }) => memory !== undefined);
}

/** Until when new data that come now wait for other sources, in ticks. */
export function buildDeadline(state: SyncState, tick: number): number {
  return state.buildBy ?? tick + (isFirstBuild(state) ? BUILD_WAIT_MS.first : BUILD_WAIT_MS.later);
}
