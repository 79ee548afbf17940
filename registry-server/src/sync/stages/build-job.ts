import { readFileSync } from 'node:fs';
import {
  assembleSnapshot,
  CatalogError,
  compileFilter,
  openPredecessor,
  readSource,
  type Filter,
  type FilterRules,
  type Finding,
  type PredecessorData,
  type ReadRules,
  type SourceBytes,
  type SourceDraft,
} from '@toolhive-registry/catalog';
import type { SourceRules } from '../../config/plan.ts';
import { judge, type Refusal } from './judge.ts';

/** A file with data that may be served for a source. */
export interface Candidate {
  readonly path: string;
  /** These were good before: they are read whatever format the manifest now declares, and not judged again. */
  readonly fallback: boolean;
  /** SHA-256 of the file, hexadecimal, where it is known already. */
  readonly hash?: string | undefined;
}

/** What a worker thread is asked to do. Data pass by files: nothing large is copied between threads. */
export interface BuildJob {
  readonly registry: { readonly name: string; readonly namespace: string };
  readonly sources: readonly (SourceRules & { readonly candidates: readonly Candidate[] })[];
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
  readonly findingCount?: number;
  /** Entries that could not be used; those that an earlier source has are not among them. */
  readonly leftOut?: number;
  /** Entries that the filters left out. */
  readonly filtered: number;
}

/** What comes back. The block is handed over, not copied. */
export interface BuildOutcome {
  /** Undefined when no source had anything usable. */
  readonly block?: Uint8Array<ArrayBuffer>;
  readonly reports: readonly SourceReport[];
}

/** A source's first candidate that can be served, and why it is not the first one. */
interface Chosen {
  readonly name: string;
  readonly usable?: { readonly index: number; readonly draft: SourceDraft };
  readonly refusal?: Refusal;
}

/** Reads the files of a job, judges what is new and builds the snapshot. Blocks its thread. */
export function runBuildJob(job: BuildJob): BuildOutcome {
  const common = compileFilter(job.filter);
  const chosen = job.sources.map((source) => choose(source, common));
  const drafts = chosen.flatMap(({ usable }) => usable?.draft ?? []);
  if (drafts.length === 0) return { reports: chosen.map(({ name, refusal }) => unusable(name, refusal)) };
  const previous = job.previous === undefined ? undefined : openPredecessor(job.previous);
  const { block, findings } = assembleSnapshot({ registry: job.registry, drafts, previous, now: job.now });
  const reports = chosen.map(({ name, usable, refusal }): SourceReport => {
    if (usable === undefined) return unusable(name, refusal);
    const { index: used, draft } = usable;
    const { kept, total } = findings.get(name) ?? draft.findings;
    return {
      name,
      used,
      ...(refusal === undefined ? {} : { refusal }),
      hash: draft.hash,
      findings: kept,
      findingCount: total,
      leftOut: draft.findings.refused,
      filtered: draft.filtered,
    };
  });
  return { block, reports };
}

/** A source that cannot be served falls back on its next candidate and touches no other's data. */
function choose(source: BuildJob['sources'][number], common: Filter): Chosen {
  const { name } = source;
  const filters = [common, compileFilter(source.filter)];
  let refusal: Refusal | undefined;
  for (const [index, { path, fallback, hash }] of source.candidates.entries()) {
    const rules = { name, format: fallback ? 'auto' : source.format, filters } as const;
    const draft = readCandidate(rules, { bytes: readFileSync(path), hash });
    const refused = 'reason' in draft ? draft : fallback ? undefined : judge(draft, source);
    if (refused === undefined && !('reason' in draft))
      return { name, usable: { index, draft }, ...(refusal === undefined ? {} : { refusal }) };
    refusal ??= refused;
  }
  return refusal === undefined ? { name } : { name, refusal };
}

function readCandidate(rules: ReadRules, bytes: SourceBytes): SourceDraft | Refusal {
  try {
    return readSource(rules, bytes);
  } catch (cause) {
    if (!(cause instanceof CatalogError)) throw cause;
    return { reason: 'DataInvalid', message: cause.message };
  }
}

function unusable(name: string, refusal: Refusal | undefined): SourceReport {
  return { name, ...(refusal === undefined ? {} : { refusal }), findings: [], findingCount: 0, filtered: 0 };
}
