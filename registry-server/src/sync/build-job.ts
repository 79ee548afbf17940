import { readFileSync } from 'node:fs';
import {
  assembleSnapshot,
  CatalogError,
  compileFilter,
  openSnapshot,
  readSource,
  type Filter,
  type FilterRules,
  type Finding,
  type ReadRules,
  type Snapshot,
  type SourceDraft,
} from '@toolhive-registry/catalog';
import { judge, type DraftPolicy } from './judge.ts';

/** What a manifest says of a source's data. */
export interface SourceRules extends DraftPolicy {
  readonly name: string;
  readonly format: ReadRules['format'];
  readonly filter?: FilterRules | undefined;
}

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
  readonly previousPath: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What became of one source. */
export interface SourceReport {
  readonly name: string;
  /** Index of the candidate that is served; undefined when none could be. */
  readonly used?: number;
  /** Why the first candidate could not be used. */
  readonly error?: string;
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
  readonly error?: string;
}

/** Reads the files of a job, judges what is new and builds the snapshot. Blocks its thread. */
export function runBuildJob(job: BuildJob): BuildOutcome {
  const common = compileFilter(job.filter);
  const chosen = job.sources.map((source) => choose(source, common));
  const drafts = chosen.flatMap(({ usable }) => usable?.draft ?? []);
  if (drafts.length === 0) return { reports: chosen.map(({ name, error }) => unusable(name, error)) };
  const previous = previousSnapshot(job.previousPath);
  const { block, findings } = assembleSnapshot({ registry: job.registry, drafts, previous, now: job.now });
  const reports = chosen.map(({ name, usable, error }): SourceReport => {
    if (usable === undefined) return unusable(name, error);
    const { index: used, draft } = usable;
    const { kept, total } = findings.get(name) ?? draft.findings;
    return {
      name,
      used,
      ...(error === undefined ? {} : { error }),
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
  let error: string | undefined;
  for (const [index, { path, fallback, hash }] of source.candidates.entries()) {
    try {
      const rules = { name, format: fallback ? 'auto' : source.format, filters } as const;
      const draft = readSource(rules, { bytes: readFileSync(path), hash });
      const refusal = fallback ? undefined : judge(draft, source);
      if (refusal === undefined) return { name, usable: { index, draft }, ...(error === undefined ? {} : { error }) };
      error ??= refusal;
    } catch (cause) {
      if (!(cause instanceof CatalogError)) throw cause;
      error ??= cause.message;
    }
  }
  return error === undefined ? { name } : { name, error };
}

function unusable(name: string, error: string | undefined): SourceReport {
  return { name, ...(error === undefined ? {} : { error }), findings: [], findingCount: 0, filtered: 0 };
}

function previousSnapshot(path: string): Snapshot | undefined {
  try {
    return openSnapshot(new Uint8Array(readFileSync(path)), { verify: true });
  } catch {
    // None yet, or damaged: then every entry counts as new.
    return undefined;
  }
}
