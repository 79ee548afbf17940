import { readLabel, type Facet } from '../entry/labels.ts';
import type { Columns } from './columns.ts';
import { NO_SOURCE } from './layout.ts';

/** A value, and how many rows have it. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/** How rows are distributed over the values of facets, and over their sources; the most frequent first. */
export interface Facets {
  readonly total: number;
  readonly counts: Readonly<Record<Facet | 'source', readonly ValueCount[]>>;
}

/** A test for rows that have one label of each list; undefined if every row passes, 'none' if no row can. */
export function labelTest(columns: Columns, wanted: readonly (readonly string[])[] = []): ((row: number) => boolean) | 'none' | undefined {
  if (wanted.length === 0) return undefined;
  const lists = new Uint32Array(columns.labels.length);
  for (const [index, list] of wanted.entries()) {
    const ids = list.flatMap((label) => columns.labelIds.get(label.toLowerCase()) ?? []);
    if (ids.length === 0) return 'none';
    for (const id of ids) lists[id] = (lists[id] ?? 0) | (2 ** index);
  }
  const { rowLabels, rowLabelOffsets } = columns;
  const all = 2 ** wanted.length - 1;
  return (row) => {
    let found = 0;
    for (let at = rowLabelOffsets[row] ?? 0; at < (rowLabelOffsets[row + 1] ?? 0); at += 1) found |= lists[rowLabels[at] ?? 0] ?? 0;
    return found === all;
  };
}

/** Counts the values of all facets among rows. */
export function facetsOf(columns: Columns, rows: readonly number[]): Facets {
  const { labels, rowLabels, rowLabelOffsets, sourceNames } = columns;
  const counts = new Uint32Array(labels.length);
  // Spellings of one value are counted as one, as in filters; the first one that occurs is shown.
  const spelled = firstSpellings(columns);
  const bySource = new Uint32Array(NO_SOURCE + 1);
  for (const row of rows) {
    const source = columns.sources[row] ?? NO_SOURCE;
    bySource[source] = (bySource[source] ?? 0) + 1;
    const start = rowLabelOffsets[row] ?? 0;
    for (let at = start; at < (rowLabelOffsets[row + 1] ?? 0); at += 1) {
      const id = spelled[rowLabels[at] ?? 0] ?? 0;
      let before = start;
      while (before < at && spelled[rowLabels[before] ?? 0] !== id) before += 1;
      if (before === at) counts[id] = (counts[id] ?? 0) + 1;
    }
  }
  const values = labels.map((label, id) => ({ ...readLabel(label), count: counts[id] ?? 0 }));
  const of = (wanted: Facet): ValueCount[] => ordered(values.filter(({ facet }) => facet === wanted));
  const source = ordered(sourceNames.map((value, index) => ({ value, count: bySource[index] ?? 0 })));
  return {
    total: rows.length,
    counts: {
      tag: of('tag'),
      tier: of('tier'),
      transport: of('transport'),
      registry_type: of('registry_type'),
      status: of('status'),
      source,
    },
  };
}

/** For each label the first one that equals it ignoring case. */
function firstSpellings({ labels, labelIds }: Columns): Uint32Array {
  const first = Uint32Array.from(labels.keys());
  for (const [id = 0, ...others] of labelIds.values()) for (const other of others) first[other] = id;
  return first;
}

function ordered(values: readonly ValueCount[]): ValueCount[] {
  return values
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .map(({ value, count }) => ({ value, count }));
}
