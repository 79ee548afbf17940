import {
  compileFilter,
  encodeSource,
  loadSchemaChecks,
  mergeSnapshots,
  openPredecessor,
  openSnapshot,
  restoreSnapshot,
  withTombstones,
  type Changes,
  type Filter,
  type FilterRules,
  type Predecessor,
  type PredecessorData,
  type SchemaChecks,
  type Snapshot,
  type SnapshotRow,
} from '@toolhive-registry/catalog';
import type { SourceRules } from '../../config/plan.ts';
import { messageOf } from '../../errors.ts';
import { choose, goodServers, type Candidate } from './candidates.ts';
import { findingsIn, type Found } from '../found.ts';
import { collect } from '../free-memory.ts';
import type { Refusal } from './judge.ts';
import { isWorthKeeping, keepRows, keptBy, knownRows, readKept, readWhole, type KeptFiles } from './kept-rows.ts';

/** One source of a job. */
export interface SourceJob extends SourceRules {
  readonly candidates: readonly Candidate[];
  /** Another text when the same data may give other rows. */
  readonly rulesHash: string;
  /** Cache of the parsed last good data. Absent: none. */
  readonly kept?: KeptFiles | undefined;
  /** Files of its folder that could not be read when what is served of it was read. */
  readonly unreadable?: readonly string[] | undefined;
}

/** What a worker thread is asked to do. Data are passed as files: nothing large is copied between threads. */
export interface BuildJob {
  readonly registry: { readonly name: string; readonly namespace: string };
  /** In order of precedence. */
  readonly sources: readonly SourceJob[];
  readonly filter?: FilterRules | undefined;
  /** The file of a snapshot to serve in place of what the sources give. */
  readonly restore?: string | undefined;
  /** What is served: its entries keep their times. Absent: nothing is. */
  readonly previous?: PredecessorData | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The result for one source. */
export interface SourceReport {
  readonly name: string;
  /** Index of the candidate that is served; undefined when none could be. */
  readonly used?: number;
  /** Why the first candidate is not used. */
  readonly refusal?: Refusal;
  /** SHA-256 of the bytes that are served, hexadecimal. */
  readonly hash?: string;
  /** Of the data that are served; absent when none are. */
  readonly found?: Found;
}

/** Requests of a job while it runs. */
export interface BuildHost {
  /** Rows of what is served, by their positions. */
  rows(positions: readonly number[]): Promise<readonly SnapshotRow[]>;
}

/** The result of a job. The block is transferred, not copied. */
export interface BuildOutcome {
  /** Undefined when no source had anything usable. */
  readonly block?: Uint8Array<ArrayBuffer>;
  /** How it differs from what is served. */
  readonly changes: Changes;
  /** Hash of the snapshot that was restored. */
  readonly rolledBackTo?: string;
  /** Why it could not be. */
  readonly rollbackProblem?: string;
  readonly reports: readonly SourceReport[];
}

interface BuiltSource {
  readonly name: string;
  /** Its rows alone; undefined when no candidate could be used. */
  readonly snapshot?: Snapshot;
  readonly used?: number;
  readonly refusal?: Refusal;
  /** Keeps what was made of it, once it is known what will be served. */
  readonly keep?: (served: Snapshot) => void;
}

interface BuildContext {
  readonly job: BuildJob;
  readonly common: Filter;
  readonly previous: Predecessor | undefined;
  readonly schemas: SchemaChecks;
}

const NO_CHANGES: Changes = { added: 0, changed: 0, removed: 0 };
/** For data of this size memory is freed as early as possible: the limit of a pod is near. */
const LARGE_BYTES = 16 * 1024 * 1024;
/** Rows that are asked for at once: so many are copied within a millisecond. */
const ROWS_AT_ONCE = 250;

/** Reads new data, judges them, and merges them with the rows of the other sources. Blocks its thread except while it waits for rows. */
export async function runBuildJob(job: BuildJob, host: BuildHost): Promise<BuildOutcome> {
  const previous = job.previous === undefined ? undefined : openPredecessor(job.previous);
  const context = { job, common: compileFilter(job.filter), previous, schemas: await loadSchemaChecks() };
  // Sequentially: only the parsed entries of one source are in memory at a time.
  const built = job.sources.map((source) => buildSource(source, context));
  const merged = merge(built, job);
  const reports = built.map((source) => reportOf(source, merged));
  const { restored, ...rollback } = restore(context);
  const next = restored ?? merged;
  if (next === undefined) return { changes: NO_CHANGES, ...rollback, reports };
  const { served, changes } = await withGone(next, previous, job.now, host);
  for (const { keep } of built) keep?.(served);
  return { block: served.block, changes, ...rollback, reports };
}

/** What will be served: with tombstones of what is gone. */
async function withGone(
  next: Snapshot,
  previous: Predecessor | undefined,
  now: number,
  host: BuildHost,
): Promise<{ served: Snapshot; changes: Changes }> {
  if (previous === undefined) return { served: next, changes: { ...NO_CHANGES, added: next.activeCount } };
  const { gone, ...changes } = previous.comparedTo(next);
  const block = withTombstones(next, await rowsOf(gone, host), now);
  return { served: block === next.block ? next : openSnapshot(block, { verify: false }), changes };
}

function merge(built: readonly BuiltSource[], { registry, now }: BuildJob): Snapshot | undefined {
  const sources = built.flatMap(({ snapshot }) => snapshot ?? []);
  return sources.length === 0 ? undefined : openSnapshot(mergeSnapshots({ registry, sources, now }), { verify: false });
}

/** The snapshot that is wanted in place of what the sources give, by the current filters. */
function restore({
  job,
  common,
  previous,
}: BuildContext): Pick<BuildOutcome, 'rolledBackTo' | 'rollbackProblem'> & { readonly restored?: Snapshot } {
  if (job.restore === undefined) return {};
  try {
    const stored = openSnapshot(readWhole(job.restore), { verify: true });
    const filtersOf = (name: string | undefined): Filter[] => {
      const own = job.sources.find((source) => source.name === name)?.filter;
      return [...(job.filter === undefined ? [] : [common]), ...(own === undefined ? [] : [compileFilter(own)])];
    };
    const block = restoreSnapshot({ stored, filtersOf, previous, now: job.now });
    return { restored: openSnapshot(block, { verify: false }), rolledBackTo: stored.header.hash };
  } catch (error) {
    return { rollbackProblem: `the snapshot to roll back to cannot be used: ${messageOf(error)}` };
  }
}

async function rowsOf(positions: readonly number[], host: BuildHost): Promise<SnapshotRow[]> {
  const rows: SnapshotRow[] = [];
  for (let at = 0; at < positions.length; at += ROWS_AT_ONCE) rows.push(...(await host.rows(positions.slice(at, at + ROWS_AT_ONCE))));
  return rows;
}

function buildSource(source: SourceJob, { job, common, previous, schemas }: BuildContext): BuiltSource {
  const { name, rulesHash, kept } = source;
  const current = readKept(source);
  if (current !== undefined) return { name, snapshot: current, used: 0 };
  const filters = [common, compileFilter(source.filter)];
  const context = { previous, known: knownRows(source), now: job.now };
  // During a rollback, and under a new name, the served rows say nothing about the last data of the source.
  const served = job.restore === undefined ? previous?.serversOf(name) : undefined;
  const names = (): readonly string[] => served ?? goodServers(source, filters, context);
  const before = { names, unreadable: source.unreadable ?? [] };
  const { usable, refusal } = choose(source, filters, before, { ...context, schemas });
  const refused = refusal === undefined ? {} : { refusal };
  if (usable === undefined) return { name, ...refused };
  // The bytes of the source, which are as many as the block that is made now, and what was parsed of them.
  if (usable.size >= LARGE_BYTES) collect();
  const encoded = encodeSource({
    registry: job.registry,
    draft: usable.draft,
    rules: keptBy(rulesHash),
    revision: source.candidates[usable.index]?.revision,
    now: job.now,
  });
  const snapshot = openSnapshot(encoded.block, { verify: false });
  const isKept = kept !== undefined && usable.index === 0 && isWorthKeeping(usable.size);
  const keep = isKept ? (next: Snapshot): void => keepRows(kept, encoded, snapshot, next) : undefined;
  return { name, snapshot, used: usable.index, ...refused, ...(keep === undefined ? {} : { keep }) };
}

function reportOf({ name, used, refusal }: BuiltSource, merged?: Snapshot): SourceReport {
  const refused = refusal === undefined ? {} : { refusal };
  const served = merged?.header.sources.find((source) => source.name === name);
  if (used === undefined || merged === undefined || served === undefined) return { name, ...refused };
  return { name, used, ...refused, hash: served.hash, found: findingsIn(merged, name) };
}
