import type { BuildOutcome } from './build-job.ts';
import { messageOf } from '../errors.ts';
import type { Manifest } from '../manifest/load.ts';
import type { Store } from '../store/store.ts';
import { build, OutOfMemory } from './build.ts';
import type { FetchResult } from './fetch.ts';
import { placeOf, type SyncPlan } from './rules.ts';
import type { SourceFailure, SourceResult, SourceStates } from './source-states.ts';

/** Fetched data on disk, and what went wrong so far. */
export interface Staged {
  /** Sources whose data differ from what is served from them. */
  readonly fresh: ReadonlySet<string>;
  readonly errors: Map<string, SourceFailure>;
}

/** Puts what is new beside the last good data. Unchanged data cost nothing. */
export async function stageChanges(fetched: readonly FetchResult[], states: SourceStates, store: Store): Promise<Staged> {
  const fresh = new Set<string>();
  const errors = new Map<string, SourceFailure>();
  for (const { name, bytes, hash, error } of fetched) {
    if (error !== undefined) errors.set(name, error);
    if (bytes === undefined) continue;
    if (hash === states.get(name).memory?.hash && (await store.hasGood(name))) continue;
    try {
      await store.stage(name, bytes);
      fresh.add(name);
    } catch (cause) {
      errors.set(name, { reason: 'StorageFailed', message: `the data could not be stored: ${messageOf(cause)}` });
    }
  }
  return { fresh, errors };
}

/** Builds from staged and last good data. New data that are good become the last good ones; others are removed. */
export async function buildStaged(
  context: {
    readonly plan: SyncPlan;
    readonly manifest: Manifest;
    readonly states: SourceStates;
    readonly store: Store;
    readonly now: number;
  },
  staged: Staged,
  signal: AbortSignal,
): Promise<{ outcome: BuildOutcome; newHashes: ReadonlyMap<string, string> }> {
  const { plan, manifest, states, store, now } = context;
  const { name, namespace } = manifest.registry.metadata;
  const outcome = await build(
    {
      registry: { name, namespace },
      ...(plan.filter === undefined ? {} : { filter: plan.filter }),
      sources: await Promise.all(plan.sources.map(async ({ rules }) => ({ ...rules, candidates: await candidates(rules.name) }))),
      previousPath: store.snapshotPath,
      now,
    },
    signal,
  ).catch(async (error: unknown): Promise<BuildOutcome> => {
    // What is new is what was too much; where nothing is new, the sync as such failed.
    if (!(error instanceof OutOfMemory) || staged.fresh.size === 0) throw error;
    for (const source of staged.fresh) {
      staged.errors.set(source, { reason: 'DataInvalid', message: `${placeOf(plan, source)}: ${error.message}` });
      await store.discard(source);
    }
    return { reports: [] };
  });
  const newHashes = new Map<string, string>();
  for (const report of outcome.reports) {
    if (report.error !== undefined && !staged.errors.has(report.name))
      staged.errors.set(report.name, { reason: 'DataInvalid', message: `${placeOf(plan, report.name)}: ${report.error}` });
    if (!staged.fresh.has(report.name)) continue;
    if (report.used !== 0 || report.hash === undefined) {
      await store.discard(report.name);
      continue;
    }
    await store.promote(report.name);
    newHashes.set(report.name, report.hash);
  }
  return { outcome, newHashes };

  async function candidates(source: string): Promise<{ path: string; fallback: boolean }[]> {
    const remembered = states.get(source).memory !== undefined;
    const good = remembered && (await store.hasGood(source)) ? [store.goodPath(source)] : [];
    const first = staged.fresh.has(source) ? [store.stagedPath(source)] : good;
    // Without any of its data the source would vanish from what is served.
    if (remembered && first.length === 0) throw new Error(`the last good data of source "${source}" are gone from the storage`);
    return [...first.map((path) => ({ path, fallback: false })), ...good.map((path) => ({ path, fallback: true }))];
  }
}

/** What a sync found out about each source it touched. */
export function resultsOf(
  fetched: readonly FetchResult[],
  staged: Staged,
  built?: { outcome: BuildOutcome; newHashes: ReadonlyMap<string, string> },
): SourceResult[] {
  const asked = new Set(fetched.map(({ name }) => name));
  const names = new Set([...asked, ...(built?.outcome.reports.map(({ name }) => name) ?? [])]);
  return [...names].map((name) => {
    const error = staged.errors.get(name);
    const newHash = built?.newHashes.get(name);
    const report = built?.outcome.reports.find((candidate) => candidate.name === name);
    return {
      name,
      asked: asked.has(name),
      ...(error === undefined ? {} : { error }),
      ...(newHash === undefined ? {} : { newHash }),
      ...(report === undefined
        ? {}
        : { findings: report.findings, findingCount: report.findingCount ?? report.findings.length, leftOut: report.leftOut ?? 0 }),
    };
  });
}
