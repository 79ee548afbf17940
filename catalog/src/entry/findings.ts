/** Something about an entry that its owner should know; the catalogue is served all the same. */
export interface Finding {
  /** The entry: its name, or its place in the file where it has none. */
  readonly entry: string;
  /** JSON pointer below the entry, '' for the whole. */
  readonly pointer: string;
  readonly rule: 'not-an-object' | 'missing' | 'invalid' | 'duplicate' | 'shadowed' | 'repaired' | 'old-format';
  readonly message: string;
  /** False when the entry was left out. */
  readonly served: boolean;
}

/** Most findings of a source that are kept word for word; the rest is counted. */
export const MAX_FINDINGS = 1000;
/** Longest name of an entry in a finding: keys come from outside and may be of any length. */
const MAX_ENTRY = 200;

/** What one source's entries had wrong, to read. */
export interface Findings {
  /** The first {@link MAX_FINDINGS}. */
  readonly kept: readonly Finding[];
  /** All there were, kept or not. */
  readonly total: number;
  /** Those whose entry was left out. */
  readonly refused: number;
  /** The first one whose entry was left out, kept or not. */
  readonly firstRefused: Finding | undefined;
}

/**
 * Collects findings. Bounded, so that bad entries cost nothing beyond the parsed file. That one can be large: 30 MB of
 * empty objects take 1.1 GB in JSON.parse, before anything here is asked.
 */
export class FindingList implements Findings {
  readonly #kept: Finding[];
  #total: number;
  #refused: number;
  #firstRefused: Finding | undefined;

  /** Starts empty, or with a copy of what was found before. */
  constructor(before?: Findings) {
    this.#kept = [...(before?.kept ?? [])];
    this.#total = before?.total ?? 0;
    this.#refused = before?.refused ?? 0;
    this.#firstRefused = before?.firstRefused;
  }

  add(finding: Finding): void {
    this.#total += 1;
    if (!finding.served) this.#refused += 1;
    if (this.#total > MAX_FINDINGS && (finding.served || this.#firstRefused !== undefined)) return;
    const bounded = finding.entry.length <= MAX_ENTRY ? finding : { ...finding, entry: `${finding.entry.slice(0, MAX_ENTRY)}…` };
    if (!finding.served) this.#firstRefused ??= bounded;
    if (this.#total <= MAX_FINDINGS) this.#kept.push(bounded);
  }

  /** Adds what a part of the source had wrong, those findings too that it did not keep. `place` says where the part is. */
  addAll(part: Findings, place: string): void {
    const placed = (finding: Finding): Finding => ({ ...finding, entry: `${place}: ${finding.entry}` });
    for (const finding of part.kept) this.add(placed(finding));
    this.#total += part.total - part.kept.length;
    this.#refused += part.refused - part.kept.filter(({ served }) => !served).length;
    if (part.firstRefused !== undefined) this.#firstRefused ??= placed(part.firstRefused);
  }

  get kept(): readonly Finding[] {
    return this.#kept;
  }

  get total(): number {
    return this.#total;
  }

  get refused(): number {
    return this.#refused;
  }

  get firstRefused(): Finding | undefined {
    return this.#firstRefused;
  }
}
