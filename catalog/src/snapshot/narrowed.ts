import type { Columns } from './columns.ts';
import { labelTest } from './labels.ts';
import { NO_SOURCE } from './layout.ts';

/** Filters for lists in any order, besides a text to search for. */
export interface Narrowing {
  /** Labels: only rows that have one of each list, ignoring case. */
  readonly labels?: readonly (readonly string[])[] | undefined;
  /** Names of sources: only rows from one of them. */
  readonly sources?: readonly string[] | undefined;
  /** Only these rows, or all others. */
  readonly rows?: { readonly these: ReadonlySet<number>; readonly wanted: boolean } | undefined;
}

type Test = (row: number) => boolean;

/** A test for rows that pass; undefined if every row does, 'none' if no row can. */
export function narrowed(columns: Columns, { labels, sources, rows }: Narrowing): Test | 'none' | undefined {
  const byLabels = labelTest(columns, labels);
  const bySource = sourceTest(columns, sources);
  if (byLabels === 'none' || bySource === 'none' || (rows?.wanted === true && rows.these.size === 0)) return 'none';
  const tests = [rows === undefined ? undefined : (row: number) => rows.these.has(row) === rows.wanted, bySource, byLabels].filter(
    (test) => test !== undefined,
  );
  const [only, ...others] = tests;
  return others.length === 0 ? only : (row) => tests.every((test) => test(row));
}

function sourceTest({ sources, sourceNames }: Columns, wanted: readonly string[] | undefined): Test | 'none' | undefined {
  if (wanted === undefined) return undefined;
  const numbers = new Set(wanted.map((name) => sourceNames.indexOf(name)));
  numbers.delete(-1);
  return numbers.size === 0 ? 'none' : (row) => numbers.has(sources[row] ?? NO_SOURCE);
}
