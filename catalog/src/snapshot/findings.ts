import type { Finding } from '../entry/findings.ts';
import { isAbout } from '../entry/finding-place.ts';
import type { Columns } from './columns.ts';
import { partitionPoint } from './lookup.ts';

/** A query for findings. */
export interface FindingQuery {
  /** Most findings of the page. */
  readonly limit: number;
  /** How many findings to skip. */
  readonly offset?: number | undefined;
  /** Only those of this source. */
  readonly source?: string | undefined;
  /** Only those about entries that are served. */
  readonly servedOnly?: boolean | undefined;
  /** Only those about the entry of this name. */
  readonly entry?: string | undefined;
}

/** A finding with its source. */
export interface SourceFinding extends Finding {
  readonly source: string;
}

/** Findings that match a query. */
export interface FindingPage {
  readonly findings: readonly SourceFinding[];
  /** The offset of the next page; absent for the last one. */
  readonly next?: number;
}

/** A version that is not served because an earlier source has its name. */
export interface Shadowed {
  /** The source that has it. */
  readonly source: string;
  readonly version?: string;
}

/** The findings that match a query, in the order in which they are stored. */
export function listFindings(columns: Columns, { limit, offset = 0, source, servedOnly = false, entry }: FindingQuery): FindingPage {
  const { header, findingSources } = columns;
  const wanted = source === undefined ? undefined : header.sources.findIndex(({ name }) => name === source);
  const from = Math.max(offset, servedOnly ? header.findings.notServed : 0);
  const { count } = header.findings;
  // The end of the name in the JSON.
  const indexes = entry === undefined ? range(from, count) : having(columns, JSON.stringify(entry).slice(1), from, count);
  const findings: SourceFinding[] = [];
  for (const index of indexes) {
    if (wanted !== undefined && findingSources[index] !== wanted) continue;
    const finding = findingAt(columns, index);
    // A part of a file that is not an entry is not served.
    if (servedOnly && !finding.served) continue;
    if (entry !== undefined && !isAbout(finding.entry, entry)) continue;
    if (findings.length === limit) return { findings, next: index };
    findings.push(finding);
  }
  return { findings };
}

/** Versions under the name of a server in other sources, in the order of the sources. Only kept findings are known for each source. */
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

/** Positions of findings whose JSON contains a text. There may be tens of thousands, of which few match: their bytes are searched in one go. */
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
