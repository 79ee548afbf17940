import type { Finding } from '../entry/findings.ts';
import { isAbout } from '../entry/finding-place.ts';
import type { Columns } from './columns.ts';
import { partitionPoint } from './lookup.ts';

/** A question for what was wrong with entries. */
export interface FindingQuery {
  /** Most findings of the page. */
  readonly limit: number;
  /** How many findings to pass over. */
  readonly offset?: number | undefined;
  /** Only those of this source. */
  readonly source?: string | undefined;
  /** Only those about entries that are served. */
  readonly servedOnly?: boolean | undefined;
  /** Only those about the entry of this name. */
  readonly entry?: string | undefined;
}

/** A finding with the source that it is about. */
export interface SourceFinding extends Finding {
  readonly source: string;
}

/** Findings that answer a question. */
export interface FindingPage {
  readonly findings: readonly SourceFinding[];
  /** The offset of the next page; absent when this is the last. */
  readonly next?: number;
}

/** A version that is not served because a source that stands earlier has its name. */
export interface Shadowed {
  /** The source that has it. */
  readonly source: string;
  readonly version?: string;
}

/** The findings that answer a question, in the order in which they are stored. */
export function listFindings(columns: Columns, { limit, offset = 0, source, servedOnly = false, entry }: FindingQuery): FindingPage {
  const { header, findingSources } = columns;
  const wanted = source === undefined ? undefined : header.sources.findIndex(({ name }) => name === source);
  const from = Math.max(offset, servedOnly ? header.findings.notServed : 0);
  const { count } = header.findings;
  // As the name ends in the JSON.
  const indexes = entry === undefined ? range(from, count) : having(columns, JSON.stringify(entry).slice(1), from, count);
  const findings: SourceFinding[] = [];
  for (const index of indexes) {
    if (wanted !== undefined && findingSources[index] !== wanted) continue;
    const finding = findingAt(columns, index);
    // A part of a file that is no entry is served to nobody.
    if (servedOnly && !finding.served) continue;
    if (entry !== undefined && !isAbout(finding.entry, entry)) continue;
    if (findings.length === limit) return { findings, next: index };
    findings.push(finding);
  }
  return { findings };
}

/** Versions that other sources have under the name of a server, in the order of the sources. Of each source only findings that are kept are known. */
export function shadowedIn(columns: Columns, name: string, limit: number): Shadowed[] {
  const { sources, findings } = columns.header;
  const shadowed: Shadowed[] = [];
  if (sources.every(({ found }) => found.shadowed === 0)) return shadowed;
  for (const index of having(columns, `"entry":${JSON.stringify(name)}`, 0, findings.notServed)) {
    if (shadowed.length === limit) break;
    const { rule, entry, source, version } = findingAt(columns, index);
    if (rule === 'shadowed' && entry === name) shadowed.push({ source, ...(version === undefined ? {} : { version }) });
  }
  return shadowed;
}

function* range(from: number, to: number): Generator<number> {
  for (let index = from; index < to; index += 1) yield index;
}

/**
 * Positions of findings that have a text in their JSON. There may be tens of thousands, of which few are worth reading: their bytes are searched
 * through at once.
 */
function* having({ findings, findingOffsets }: Columns, text: string, from: number, to: number): Generator<number> {
  const wanted = Buffer.from(text);
  const bytes = findings.subarray(0, findingOffsets[to]);
  for (let next = from; next < to;) {
    const at = bytes.indexOf(wanted, findingOffsets[next]);
    if (at < 0) return;
    const index = partitionPoint(to, (finding) => (findingOffsets[finding + 1] ?? 0) <= at);
    yield index;
    next = index + 1;
  }
}

function findingAt(columns: Columns, index: number): SourceFinding {
  return JSON.parse(textAt(columns, index).toString()) as SourceFinding;
}

function textAt({ findings, findingOffsets }: Columns, index: number): Buffer {
  return findings.subarray(findingOffsets[index], (findingOffsets[index + 1] ?? 0) - 1);
}
