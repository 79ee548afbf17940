import { createHash } from 'node:crypto';
import { CatalogError, type CatalogEntry, type CatalogInfo } from '../entry/entry.ts';
import { FindingList, type Finding } from '../entry/findings.ts';
import { compileFilter, type FilterRules } from '../entry/filter.ts';
import { readCatalog, type DeclaredFormat } from '../formats/read.ts';
import { mergeSources } from './merge.ts';
import { encodeSnapshot } from '../snapshot/encode.ts';
import type { Snapshot } from '../snapshot/open.ts';
import { admit } from '../entry/admit.ts';

/** What is known of a source before its bytes are read. */
export interface SourceRules {
  readonly name: string;
  readonly format: DeclaredFormat;
  readonly filter?: FilterRules | undefined;
  /** `lenient` leaves bad entries out, `strict` fails the source for one. */
  readonly validation: 'lenient' | 'strict';
}

/** Bytes that may be served for a source. */
export interface Candidate {
  readonly bytes: Uint8Array;
  /** These were good before: whatever the manifest now says of the format, they are read as they were. */
  readonly fallback: boolean;
}

/** A source's bytes: what was just fetched, and what was last served from it, to fall back on. */
export interface SourceInput extends SourceRules {
  readonly candidates: readonly Candidate[];
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

/** Sources in, snapshot out. Undefined snapshot: no source had anything usable. */
export interface BuildResult {
  readonly block?: Uint8Array<ArrayBuffer>;
  readonly reports: readonly SourceReport[];
}

/** Everything {@link buildSnapshot} needs. */
export interface BuildInput {
  readonly registry: { readonly name: string; readonly namespace: string };
  readonly filter?: FilterRules | undefined;
  readonly sources: readonly SourceInput[];
  readonly previous?: Snapshot | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface ReadSource {
  readonly report: Omit<SourceReport, 'findings' | 'findingCount'>;
  readonly findings: FindingList;
  readonly info?: CatalogInfo;
  readonly entries: readonly CatalogEntry[];
}

/**
 * Reads every source, filters, merges by precedence and encodes. A source that cannot be read falls back on its next candidate
 * and touches no other's data.
 */
export function buildSnapshot(input: BuildInput): BuildResult {
  const common = compileFilter(input.filter);
  const sources = input.sources.map((source) => readSource(source, common));
  const usable = sources.filter((source) => source.report.used !== undefined);
  if (usable.length === 0) return { reports: sources.map(reportOf) };
  const entries = mergeSources(usable.map(({ report, entries, findings }) => ({ source: report.name, entries, findings })));
  const block = encodeSnapshot({
    registry: input.registry,
    entries,
    sources: usable.flatMap(({ report, info }) => (info === undefined ? [] : [{ name: report.name, hash: report.hash ?? '', info }])),
    previous: input.previous,
    now: input.now,
  });
  return { block, reports: sources.map(reportOf) };
}

function reportOf({ report, findings }: ReadSource): SourceReport {
  return { ...report, findings: findings.kept, findingCount: findings.total };
}

function readSource(source: SourceInput, common: ReturnType<typeof compileFilter>): ReadSource {
  const own = compileFilter(source.filter);
  let error: string | undefined;
  for (const [index, { bytes, fallback }] of source.candidates.entries()) {
    try {
      const parsed = readCatalog(bytes, fallback ? 'auto' : source.format);
      const { findings } = parsed;
      const admitted = parsed.entries.flatMap((entry) => admit(entry, findings) ?? []);
      if (source.validation === 'strict' && !fallback && findings.refused > 0) throw new CatalogError(strictMessage(findings));
      // An older or foreign form can look like ours and have no usable entry: that is no empty catalogue.
      if (admitted.length === 0 && findings.refused > 0) throw new CatalogError(nothingUsableMessage(findings));
      const entries = admitted.filter((entry) => common(entry) === undefined && own(entry) === undefined);
      const report: ReadSource['report'] = {
        name: source.name,
        used: index,
        hash: createHash('sha256').update(bytes).digest('hex'),
        leftOut: findings.refused,
        filtered: admitted.length - entries.length,
        ...(error === undefined ? {} : { error }),
      };
      return { report, findings, info: parsed.info, entries };
    } catch (cause) {
      if (!(cause instanceof CatalogError || cause instanceof RangeError)) throw cause;
      error ??= cause instanceof RangeError ? 'the catalogue is nested too deeply' : cause.message;
    }
  }
  return {
    report: { name: source.name, filtered: 0, ...(error === undefined ? {} : { error }) },
    findings: new FindingList(),
    entries: [],
  };
}

function strictMessage(bad: FindingList): string {
  return `validation is strict and ${firstOf(bad)}`;
}

function nothingUsableMessage(bad: FindingList): string {
  return `no entry of the catalogue can be used: ${firstOf(bad)}`;
}

function firstOf(bad: FindingList): string {
  const first = bad.firstRefused;
  const more = bad.refused > 1 ? ` (and ${bad.refused - 1} more)` : '';
  return `${first?.entry ?? ''}${first?.pointer ?? ''} is refused: ${(first?.message ?? '').replace(/; (?:the server|it) was left out$/, '')}${more}`;
}
