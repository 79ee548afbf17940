import {
  compileFilter,
  encodeSource,
  mergeSnapshots,
  openPredecessor,
  openSnapshot,
  type Filter,
  type FilterRules,
  type Finding,
  type Predecessor,
  type PredecessorData,
  type Snapshot,
} from '@toolhive-registry/catalog';
import type { SourceRules } from '../../config/plan.ts';
import { choose, type Candidate } from './candidates.ts';
import type { Refusal } from './judge.ts';
import { isWorthKeeping, readKept, writeKept } from './kept-rows.ts';

/** One source of a job. */
export interface SourceJob extends SourceRules {
  readonly candidates: readonly Candidate[];
  /** Another text when the same data may give other rows. */
  readonly rulesHash: string;
  /** Where the rows of its last good data are kept from one build to the next. Absent: they are not. */
  readonly keptPath?: string | undefined;
}

/** What a worker thread is asked to do. Data pass by files: nothing large is copied between threads. */
export interface BuildJob {
  readonly registry: { readonly name: string; readonly namespace: string };
  /** In order of precedence. */
  readonly sources: readonly SourceJob[];
  readonly filter?: FilterRules | undefined;
  /** What is served: its entries keep their times. Absent: nothing is. */
  readonly previous?: PredecessorData | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What became of one source. */
export interface SourceReport {
  readonly name: string;
  /** Index of the candidate that is served; undefined when none could be. */
  readonly used?: number;
  /** Why the first candidate is not used. */
  readonly refusal?: Refusal;
  /** SHA-256 of the bytes that are served, hexadecimal. */
  readonly hash?: string;
  /** The first findings, at most 1,000. */
  readonly findings: readonly Finding[];
  /** All findings, those too that are not in the list. */
  readonly findingCount: number;
  /** Entries that could not be used; those that an earlier source has are not among them. */
  readonly leftOut: number;
  /** Entries that the filters left out. */
  readonly filtered: number;
}

/** What comes back. The block is handed over, not copied. */
export interface BuildOutcome {
  /** Undefined when no source had anything usable. */
  readonly block?: Uint8Array<ArrayBuffer>;
  readonly reports: readonly SourceReport[];
}

interface BuiltSource {
  readonly name: string;
  /** Its rows alone; undefined when no candidate could be used. */
  readonly snapshot?: Snapshot;
  readonly used?: number;
  readonly refusal?: Refusal;
}

interface BuildContext {
  readonly job: BuildJob;
  readonly common: Filter;
  readonly previous: Predecessor | undefined;
}

/** Reads what is new, judges it, and merges it with the rows of the other sources. Blocks its thread. */
export function runBuildJob(job: BuildJob): BuildOutcome {
  const previous = job.previous === undefined ? undefined : openPredecessor(job.previous);
  const context = { job, common: compileFilter(job.filter), previous };
  // One after the other: only the parsed entries of one source are in memory at a time.
  const built = job.sources.map((source) => buildSource(source, context));
  const snapshots = built.flatMap(({ snapshot }) => snapshot ?? []);
  if (snapshots.length === 0) return { reports: built.map((source) => reportOf(source)) };
  const block = mergeSnapshots({ registry: job.registry, sources: snapshots, now: job.now });
  const { sources } = openSnapshot(block, { verify: false }).header;
  return {
    block,
    reports: built.map((source) =>
      reportOf(
        source,
        sources.find(({ name }) => name === source.name),
      ),
    ),
  };
}

function buildSource(source: SourceJob, { job, common, previous }: BuildContext): BuiltSource {
  const { name, rulesHash, keptPath } = source;
  const kept = readKept(source);
  if (kept !== undefined) return { name, snapshot: kept, used: 0 };
  const { usable, refusal } = choose(source, [common, compileFilter(source.filter)]);
  const refused = refusal === undefined ? {} : { refusal };
  if (usable === undefined) return { name, ...refused };
  const block = encodeSource({ registry: job.registry, draft: usable.draft, rules: rulesHash, previous, now: job.now });
  if (keptPath !== undefined && usable.index === 0 && isWorthKeeping(usable.size)) writeKept(keptPath, block);
  return { name, snapshot: openSnapshot(block, { verify: false }), used: usable.index, ...refused };
}

function reportOf({ name, used, refusal }: BuiltSource, served?: Snapshot['header']['sources'][number]): SourceReport {
  const refused = refusal === undefined ? {} : { refusal };
  if (used === undefined || served === undefined) return { name, ...refused, findings: [], findingCount: 0, leftOut: 0, filtered: 0 };
  const { hash, findings, findingCount, leftOut, filtered } = served;
  return { name, used, ...refused, hash, findings, findingCount, leftOut, filtered };
}
