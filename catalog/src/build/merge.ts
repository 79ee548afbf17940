import { FindingList } from '../entry/findings.ts';
import { encodeSnapshot, type RowBytes } from '../snapshot/encode.ts';
import { FLAG_DELETED, FLAG_LATEST, type SnapshotSource } from '../snapshot/layout.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** What is merged. */
export interface MergeInput {
  readonly registry: { readonly name: string; readonly namespace: string };
  /** One for each source, in order of precedence. Names of sources are unique. */
  readonly sources: readonly Snapshot[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Merges the snapshots of sources by precedence: the first source that has a name serves it, with all its versions; the same name in a later
 * source is shadowed and reported. No entry is parsed or written anew, since nothing in one depends on other sources. That of a single source
 * is returned as it is.
 */
export function mergeSnapshots({ registry, sources, now }: MergeInput): Uint8Array<ArrayBuffer> {
  const [only] = sources;
  if (only !== undefined && sources.length === 1) return only.block;
  const merging = sources.map((snapshot) => new MergingSource(snapshot));
  const rows: RowBytes[] = [];
  for (;;) {
    const owner = first(merging);
    const name = owner?.name;
    if (owner === undefined || name === undefined) break;
    for (const source of merging) if (source !== owner && source.name?.equals(name) === true) source.shadow(owner);
    owner.take(rows);
  }
  const facts = merging.map((source) => source.facts());
  const serverCount = facts.reduce((sum, source) => sum + source.serverCount, 0);
  return encodeSnapshot({ registry, createdAt: new Date(now).toISOString(), serverCount, sources: facts }, rows);
}

/** The source with the first name of those that are left; of several the one that comes first in precedence. */
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
  readonly #findings: FindingList;
  #row = 0;
  #servers = 0;

  constructor(snapshot: Snapshot) {
    const [source] = snapshot.header.sources;
    if (source === undefined || snapshot.header.sources.length > 1) throw new Error('only snapshots of one source can be merged');
    this.#snapshot = snapshot;
    this.#source = source;
    const { findings: kept, findingCount: total, leftOut: refused } = source;
    this.#findings = new FindingList({ kept, total, refused, firstRefused: kept.find(({ served }) => !served) });
    this.name = snapshot.nameAt(0);
  }

  /** Takes all versions of the next name. */
  take(rows: RowBytes[]): void {
    this.#pass((row) => {
      rows.push(row);
      if ((row.flags & FLAG_LATEST) !== 0 && (row.flags & FLAG_DELETED) === 0) this.#servers += 1;
    });
  }

  /** Leaves out all versions of the next name. */
  shadow(owner: MergingSource): void {
    this.#pass(({ name }) =>
      this.#findings.add({
        entry: name.toString(),
        pointer: '',
        rule: 'shadowed',
        message: `source "${owner.#source.name}" stands earlier and has this name`,
        served: false,
      }),
    );
  }

  /** The source with what merging left out of it. */
  facts(): SnapshotSource {
    return { ...this.#source, serverCount: this.#servers, findings: this.#findings.kept, findingCount: this.#findings.total };
  }

  #pass(each: (row: RowBytes) => void): void {
    const { name } = this;
    if (name === undefined) return;
    do {
      each(this.#snapshot.rowAt(this.#row));
      this.#row += 1;
      this.name = this.#snapshot.nameAt(this.#row);
    } while (this.name?.equals(name) === true);
  }
}
