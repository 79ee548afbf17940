import { openSnapshot, type Snapshot } from '@toolhive-registry/catalog';
import type { Configuration } from '../../config/configuration.ts';
import { messageOf } from '../../errors.ts';
import { locationOf } from '../../sources/types.ts';
import type { SourceTypes } from '../../sources/contract.ts';
import { goodDataOf } from '../../store/good-data.ts';
import type { Store } from '../../store/store.ts';
import type { BuildHost, BuildJob, BuildOutcome, SourceJob, SourceReport } from './build-job.ts';
import { build, OutOfMemory } from './build.ts';
import type { BuildResult, Verdict } from '../machine/events.ts';
import type { SourceFailure, StagedData } from '../machine/outcome.ts';
import type { SourceState } from '../machine/state.ts';

/** Input of the stages after the fetch. */
export interface StagesInput {
  readonly configuration: Configuration;
  readonly sources: ReadonlyMap<string, SourceState>;
  /** Staged data that are new, by source. */
  readonly fresh: ReadonlyMap<string, StagedData>;
  /** What is served: its entries keep their times. */
  readonly previous: Snapshot | undefined;
  /** Hash of a snapshot to serve in place of what the sources give, or its first digits. */
  readonly restore?: string | undefined;
  readonly types: SourceTypes;
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Serves a snapshot from now on. `good`: it is what the sources give. */
  readonly serve: (snapshot: Snapshot, good: boolean) => void;
}

/** Build, judge, commit: from staged and last good data to what is served. Rejects only when the signal fires. */
export async function runStages(input: StagesInput, signal: AbortSignal): Promise<BuildResult> {
  const { store, fresh } = input;
  try {
    const lost = await lostSources(input);
    if (lost.length > 0) {
      const names = lost.map((name) => `"${name}"`).join(', ');
      return { kind: 'failed', message: `the last good data of source ${names} are gone from the storage`, lost };
    }
    const outcome = await build(await jobFor(input), hostOf(input), signal);
    return await commit(outcome, input);
  } catch (error) {
    signal.throwIfAborted();
    const keepStaged = error instanceof OutOfMemory && fresh.size > 1;
    if (!keepStaged) await discardAll(store, fresh.values());
    // Where nothing is new, no source is what was too much.
    if (!(error instanceof OutOfMemory) || fresh.size === 0) return { kind: 'failed', message: messageOf(error), lost: [] };
    const places = [...fresh.keys()].map((name) => locationOfName(name, input));
    return { kind: 'outOfMemory', message: `${places.join(', ')}: ${error.message}` };
  }
}

/** Sources that have last good data and no new ones, but whose data are not on the disk: without them they would vanish from what is served. */
async function lostSources({ sources, fresh, store }: StagesInput): Promise<string[]> {
  const needed = [...sources.values()].flatMap(({ name, memory }) =>
    memory === undefined || fresh.has(name) ? [] : [{ name, good: goodDataOf(name, memory) }],
  );
  const there = await Promise.all(needed.map(({ good }) => store.hasGood(good)));
  return needed.filter((_, index) => there[index] === false).map(({ name }) => name);
}

function hostOf({ previous }: StagesInput): BuildHost {
  return {
    rows: (positions) =>
      previous === undefined
        ? Promise.reject(new Error('nothing is served'))
        : Promise.resolve(positions.map((row) => previous.rowAt(row))),
  };
}

async function jobFor({ configuration, sources, fresh, previous, restore, store, now }: StagesInput): Promise<BuildJob> {
  const { manifest, plan } = configuration;
  const { name, namespace } = manifest.registry.metadata;
  const candidates = async (source: string): Promise<SourceJob['candidates']> => {
    const memory = sources.get(source)?.memory;
    const data = fresh.get(source);
    const stored = memory === undefined ? undefined : goodDataOf(source, memory);
    const isThere = stored !== undefined && (await store.hasGood(stored));
    const good = isThere ? [{ path: store.goodPath(stored), hash: stored.hash, revision: memory?.revision }] : [];
    const first = data === undefined ? good : [{ path: data.path, hash: data.hash, revision: data.revision }];
    return [...first.map((file) => ({ ...file, fallback: false })), ...good.map((file) => ({ ...file, fallback: true }))];
  };
  return {
    registry: { name, namespace },
    ...(plan.filter === undefined ? {} : { filter: plan.filter }),
    ...(restore === undefined ? {} : { restore: store.ring.find(restore)?.path }),
    sources: await Promise.all(
      [...plan.sources.values()].map(async ({ rules, rulesHash }) => ({
        ...rules,
        rulesHash,
        candidates: await candidates(rules.name),
        unreadable: unreadableFiles(previous, rules.name),
        kept: store.keptFiles(rules.name, plan.sources.size === 1),
      })),
    ),
    ...(previous === undefined ? {} : { previous: previous.predecessorData() }),
    now,
  };
}

/** Paths of files that a snapshot could not read, of a source that is a folder. There are at most as many as a folder may have. */
function unreadableFiles(snapshot: Snapshot | undefined, source: string): string[] {
  const isFolder = snapshot?.header.sources.some(({ name, info }) => name === source && info.format === 'files') ?? false;
  if (snapshot === undefined || !isFolder) return [];
  const { findings } = snapshot.findings({ source, limit: snapshot.header.findings.notServed });
  return findings.flatMap(({ rule, entry }) => (rule === 'unreadable' ? [entry] : []));
}

/**
 * New data that were found good become the last good ones, others are removed, and the snapshot is served: in memory first, so that a full disk does not
 * keep good data from users.
 */
async function commit(outcome: BuildOutcome, input: StagesInput): Promise<BuildResult> {
  const verdicts: Verdict[] = [];
  for (const report of outcome.reports) verdicts.push(await commitSource(report, input));
  const result = { kind: 'done', verdicts, changes: outcome.changes, ...rollbackOf(outcome, input) } as const;
  if (outcome.block === undefined) return result;
  const snapshot = openSnapshot(outcome.block, { verify: false });
  input.serve(snapshot, outcome.rolledBackTo === undefined);
  const { hash, serverCount } = snapshot.header;
  return { ...result, served: { hash, serverCount } };
}

function rollbackOf(
  { rolledBackTo, rollbackProblem }: BuildOutcome,
  { restore, store }: StagesInput,
): Pick<Extract<BuildResult, { kind: 'done' }>, 'rolledBackTo' | 'rollbackProblem'> {
  if (rolledBackTo !== undefined) return { rolledBackTo };
  if (rollbackProblem !== undefined) return { rollbackProblem };
  if (restore === undefined) return {};
  const hashes = store.ring.list().map(({ hash }) => hash.slice(0, 12));
  const there = hashes.length === 0 ? 'none is kept' : `kept are ${hashes.join(', ')}`;
  return { rollbackProblem: `the snapshot "${restore.slice(0, 64)}" to roll back to is not kept; ${there}` };
}

async function commitSource(report: SourceReport, input: StagesInput): Promise<Verdict> {
  const { name: source, found } = report;
  const staged = input.fresh.get(source);
  const isGood = report.used === 0;
  let failure = failureOf(report, input);
  if (staged !== undefined && isGood) {
    failure ??= await input.store.promote({ source, hash: staged.hash }, staged.path).then(
      () => undefined,
      (cause: unknown): SourceFailure => ({ reason: 'StorageFailed', message: `the data could not be stored: ${messageOf(cause)}` }),
    );
  }
  if (staged !== undefined && !isGood) await input.store.discard(staged.path);
  return {
    source,
    accepted: staged !== undefined && isGood && failure === undefined,
    ...(failure === undefined ? {} : { failure }),
    ...(found === undefined ? {} : { found }),
  };
}

function failureOf({ name, refusal }: SourceReport, input: StagesInput): SourceFailure | undefined {
  return refusal === undefined ? undefined : { ...refusal, message: `${locationOfName(name, input)}: ${refusal.message}` };
}

function locationOfName(name: string, { configuration, types }: StagesInput): string {
  const planned = configuration.plan.sources.get(name);
  return planned === undefined ? `source "${name}"` : locationOf(types, planned.source);
}

async function discardAll(store: Store, staged: Iterable<StagedData>): Promise<void> {
  for (const { path } of staged) await store.discard(path);
}
