import type { Finding } from '../entry/findings.ts';
import type { Columns } from './columns.ts';

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

/** The findings that answer a question, in the order in which they are stored. */
export function listFindings(columns: Columns, { limit, offset = 0, source, servedOnly = false, entry }: FindingQuery): FindingPage {
  const { header, findingSources } = columns;
  const wanted = source === undefined ? undefined : header.sources.findIndex(({ name }) => name === source);
  // As it is written in the JSON: there may be tens of thousands, of which few are worth reading.
  const name = entry === undefined ? undefined : Buffer.from(JSON.stringify(entry).slice(1));
  const findings: SourceFinding[] = [];
  for (let index = Math.max(offset, servedOnly ? header.findings.notServed : 0); index < header.findings.count; index += 1) {
    if (wanted !== undefined && findingSources[index] !== wanted) continue;
    if (name !== undefined && !textAt(columns, index).includes(name)) continue;
    const finding = findingAt(columns, index);
    // A part of a file that is no entry is served to nobody.
    if (servedOnly && !finding.served) continue;
    if (entry !== undefined && !isAbout(finding, entry)) continue;
    if (findings.length === limit) return { findings, next: index };
    findings.push(finding);
  }
  return { findings };
}

/** Of a folder or a list of files an entry is named behind its file: `FILE: NAME`. */
function isAbout({ entry }: Finding, name: string): boolean {
  return entry === name || entry.endsWith(`: ${name}`);
}

function findingAt(columns: Columns, index: number): SourceFinding {
  return JSON.parse(textAt(columns, index).toString()) as SourceFinding;
}

function textAt({ findings, findingOffsets }: Columns, index: number): Buffer {
  return findings.subarray(findingOffsets[index], (findingOffsets[index + 1] ?? 0) - 1);
}
