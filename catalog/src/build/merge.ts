import { FindingList, type Finding } from '../entry/findings.ts';
import { readableKey } from '../entry/kind.ts';
import { encodeSnapshot } from '../snapshot/encode.ts';
import type { RowRun } from '../snapshot/runs.ts';
import { FLAG_DELETED, FLAG_LATEST, type SnapshotSource } from '../snapshot/layout.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** The input of a merge. */
export interface MergeInput {
  readonly registry: { readonly name: string; readonly namespace: string };
  /** One for each source, in order of precedence. Names of sources are unique. */
  readonly sources: readonly Snapshot[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Merges the snapshots of sources by precedence: the first source that has a name serves it, with all its versions; the same name in a later source is shadowed
 * and reported. No entry is parsed or rewritten, since none depends on other sources. The snapshot of a single source is returned unchanged.
 */
export function mergeSnapshots({ registry, sources, now }: MergeInput): Uint8Array<ArrayBuffer> {
  const [only] = sources;
  if (only !== undefined && sources.length === 1) return only.block;
  const merging = sources.map((snapshot, index) => new MergingSource(snapshot, index));
  const runs: RowRun[] = [];
  for (;;) {
    const owner = first(merging);
    const name = owner?.name;
    if (owner === undefined || name === undefined) break;
    const others = merging.filter((source) => source !== owner);
    for (const source of others) if (source.name?.equals(name) === true) source.shadow(owner);
    // Rows up to the next name of another source are copied as they are, however many.
    runs.push(owner.take(first(others)?.name));
  }
  const facts = merging.map((source) => source.facts());
  const serverCount = facts.reduce((sum, source) => sum + source.serverCount, 0);
  return encodeSnapshot(
    { registry, createdAt: new Date(now).toISOString(), serverCount, sources: facts },
    runs,
    merging.map((source) => source.findings()),
  );
}

/** The findings about the entries of a snapshot's source. */
export function findingsOf(snapshot: Snapshot, source: string): Finding[] {
  const { findings } = snapshot.findings({ source, limit: snapshot.header.findings.count });
  return findings.map(({ source: _source, ...finding }) => finding);
}

/** The source with the first remaining name; if several have it, the one that comes first in precedence. */
function first(sources: readonly MergingSource[]): MergingSource | undefined {
  let best: MergingSource | undefined;
  for (const source of sources) {
    if (source.name === undefined) continue;
    if (best?.name === undefined || Buffer.compare(source.name, best.name) < 0) best = source;
  }
  return best;
}

/** A source of which some rows have been merged. */
class MergingSource {
  /** The next name; undefined when there is none. */
  name: Buffer | undefined;
  readonly #snapshot: Snapshot;
  readonly #source: SnapshotSource;
  readonly #index: number;
  readonly #findings: FindingList;
  #row = 0;
  #servers = 0;

  constructor(snapshot: Snapshot, index: number) {
    const [source] = snapshot.header.sources;
    if (source === undefined || snapshot.header.sources.length > 1) throw new Error('only snapshots of one source can be merged');
    this.#snapshot = snapshot;
    this.#source = source;
    this.#index = index;
    this.#findings = new FindingList({ kept: findingsOf(snapshot, source.name), counts: source.found });
    this.name = snapshot.rowCount === 0 ? undefined : snapshot.nameAt(0);
  }

  /** Takes the rows of all names before the given one of another source; undefined: all remaining rows. */
  take(before: Buffer | undefined): RowRun {
    const run = this.#snapshot.rows(
      this.#row,
      this.#firstRow((name) => before !== undefined && Buffer.compare(name, before) >= 0),
    );
    for (const [index, flags] of run.flags.entries()) {
      if (this.#row + index >= this.#snapshot.serverRows) break;
      if ((flags & FLAG_LATEST) !== 0 && (flags & FLAG_DELETED) === 0) this.#servers += 1;
    }
    this.#pass(run.flags.length);
    return { ...run, sources: new Uint8Array(run.flags.length).fill(this.#index) };
  }

  /** Skips all versions of the next name. */
  shadow(owner: MergingSource): void {
    const { name } = this;
    if (name === undefined) return;
    const end = this.#firstRow((other) => !other.equals(name));
    for (let row = this.#row; row < end; row += 1) {
      this.#findings.add({
        entry: readableKey(name.toString()),
        version: this.#snapshot.versionAt(row).toString(),
        pointer: '',
        rule: 'shadowed',
        message: `source "${owner.#source.name}" comes earlier and has this name`,
        served: false,
      });
    }
    this.#pass(end - this.#row);
  }

  /** The source with the findings about what merging left out of it. */
  facts(): SnapshotSource {
    return { ...this.#source, serverCount: this.#servers, found: this.#findings.counts };
  }

  /** All findings about its entries. */
  findings(): readonly Finding[] {
    return this.#findings.kept;
  }

  /** The first of the remaining rows whose name is after a border; all later names are after it, too. */
  #firstRow(isBehind: (name: Buffer) => boolean): number {
    let low = this.#row;
    let high = this.#snapshot.rowCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBehind(this.#snapshot.nameAt(middle))) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #pass(rows: number): void {
    this.#row += rows;
    this.name = this.#row < this.#snapshot.rowCount ? this.#snapshot.nameAt(this.#row) : undefined;
  }
}
