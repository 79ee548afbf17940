import { createHash } from 'node:crypto';
import { admit } from '../entry/admit.ts';
import { CatalogError, type CatalogEntry, type CatalogInfo } from '../entry/entry.ts';
import type { Filter } from '../entry/filter.ts';
import { FindingList, type Findings } from '../entry/findings.ts';
import { readCatalog, type DeclaredFormat } from '../formats/read.ts';

/** How to read a source's bytes. */
export interface ReadRules {
  readonly name: string;
  readonly format: DeclaredFormat;
  /** An entry is served only when it passes every one of them. */
  readonly filters: readonly Filter[];
}

/** The bytes of one source. */
export interface SourceBytes {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hexadecimal, where it is known already; computed otherwise. */
  readonly hash?: string | undefined;
}

/** One source, read and filtered: what it would bring into a snapshot. Whether that is acceptable is for the caller to judge. */
export interface SourceDraft {
  readonly name: string;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  readonly info: CatalogInfo;
  /** Entries that can be served and pass the filters, in the order of the file. */
  readonly entries: readonly CatalogEntry[];
  /** Entries that can be served and that a filter left out. */
  readonly filtered: number;
  /** What was wrong; `refused` counts the entries that cannot be served. */
  readonly findings: Findings;
}

/**
 * Reads one source: detects the format, parses, admits each entry by itself and filters.
 * Throws {@link CatalogError} for bytes that cannot be used at all; a bad entry becomes a finding.
 */
export function readSource(rules: ReadRules, { bytes, hash }: SourceBytes): SourceDraft {
  try {
    const { info, entries, findings: found } = readCatalog(bytes, rules.format);
    const findings = new FindingList(found);
    const admitted = entries.flatMap((entry) => admit(entry, findings) ?? []);
    const passed = admitted.filter((entry) => rules.filters.every((filter) => filter(entry) === undefined));
    return {
      name: rules.name,
      hash: hash ?? createHash('sha256').update(bytes).digest('hex'),
      info,
      entries: passed,
      filtered: admitted.length - passed.length,
      findings,
    };
  } catch (cause) {
    // The stack overflows only where something recurses into the data.
    if (cause instanceof RangeError) throw new CatalogError('the catalogue is nested too deeply', { cause });
    throw cause;
  }
}
