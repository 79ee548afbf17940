import { createHash } from 'node:crypto';
import { admit } from '../entry/admit.ts';
import { CatalogError, type CatalogEntry, type CatalogInfo } from '../entry/entry.ts';
import type { Filter } from '../entry/filter.ts';
import { isDeleted } from '../entry/status.ts';
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
  /** Names of those among them that are not deleted. */
  readonly filteredNames: ReadonlySet<string>;
  /** What was wrong; `refused` counts the entries that cannot be served. */
  readonly findings: Findings;
}

/** Names of the servers that a source has, whether or not a filter leaves them out; deleted ones are not among them. */
export function serversIn({ entries, filteredNames }: SourceDraft): Set<string> {
  const names = new Set(filteredNames);
  for (const entry of entries) if (!isDeleted(entry)) names.add(entry.name);
  return names;
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
    const passed: CatalogEntry[] = [];
    const filteredNames = new Set<string>();
    for (const entry of admitted) {
      if (rules.filters.every((filter) => filter(entry) === undefined)) passed.push(entry);
      else if (!isDeleted(entry)) filteredNames.add(entry.name);
    }
    return {
      name: rules.name,
      hash: hash ?? createHash('sha256').update(bytes).digest('hex'),
      info,
      entries: passed,
      filtered: admitted.length - passed.length,
      filteredNames,
      findings,
    };
  } catch (cause) {
    // The stack overflows only where something recurses into the data.
    if (cause instanceof RangeError) throw new CatalogError('the catalog is nested too deeply', { cause });
    throw cause;
  }
}
