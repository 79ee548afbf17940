import type { SourcePlace } from './place.ts';

/** Rules whose findings say something about what is served as it is, or about a part of a file that is no entry. */
const NOTES = ['schema', 'name', 'not-read'] as const;

/** Something about an entry that its owner should know; the catalog is served all the same. */
export interface Finding {
  /** The entry: its name, or its place in the file where it has none. What is no entry is named by its place. */
  readonly entry: string;
  /** The entry's version, where it has one. */
  readonly version?: string;
  /** JSON pointer below the entry, '' for the whole. */
  readonly pointer: string;
  readonly rule: 'unreadable' | 'not-an-object' | 'missing' | 'invalid' | 'duplicate' | 'shadowed' | 'repaired' | (typeof NOTES)[number];
  readonly message: string;
  /** False when the entry was left out, or when it is about none. */
  readonly served: boolean;
  /** Where that stands which `pointer` begins at. Only for who asks for places: it is not stored. */
  readonly place?: SourcePlace;
  /** Of a double: where the entry stands that is served. As `place`. */
  readonly firstPlace?: SourcePlace;
}

/** Takes findings. */
export interface FindingSink {
  add(finding: Finding): void;
  /** The place that its findings are given; absent where nobody asks for places. */
  readonly place?: SourcePlace;
  /** Takes those whose pointer begins at the document and not at an entry in it; absent: this one does. */
  readonly ofDocument?: FindingSink;
}

/** How many findings there are of each kind. */
export interface FindingCounts {
  /** Entries that cannot be served, doubles among them. */
  readonly leftOut: number;
  /** Entries whose name is served from a source that stands earlier. */
  readonly shadowed: number;
  /** Of entries that are served: what was dropped or changed in them. */
  readonly repaired: number;
  /** Worth knowing: of entries that are served as they are, and of parts of a file that are no entries. */
  readonly noted: number;
}

/** The kinds in the order in which they are told. */
export const FINDING_KINDS = ['leftOut', 'shadowed', 'repaired', 'noted'] as const satisfies readonly (keyof FindingCounts)[];

/** Most findings of one kind of a source that are kept word for word; the rest is counted. */
export const MAX_FINDINGS = 10_000;
/** Longest texts of a finding: keys and values come from outside and may be of any length. */
const MAX_ENTRY = 200;
const MAX_POINTER = 500;
const MAX_MESSAGE = 2000;

/** What one source's entries had wrong, to read. */
export interface Findings {
  /** The first {@link MAX_FINDINGS} of each kind, in the order of {@link FINDING_KINDS}. */
  readonly kept: readonly Finding[];
  /** All there were, kept or not. */
  readonly counts: FindingCounts;
  /** The first one whose entry was left out. */
  readonly firstLeftOut: Finding | undefined;
}

/** What became of the entry that a finding is about. */
export function kindOf({ rule, served }: Pick<Finding, 'rule' | 'served'>): keyof FindingCounts {
  if ((NOTES as readonly string[]).includes(rule)) return 'noted';
  if (served) return 'repaired';
  return rule === 'shadowed' ? 'shadowed' : 'leftOut';
}

/** All findings, of whatever kind. */
export function totalOf(counts: FindingCounts): number {
  return FINDING_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}

/**
 * Collects findings. Bounded, so that bad entries cost nothing beyond the parsed file. That one can be large: 30 MB of
 * empty objects take 1.1 GB in JSON.parse, before anything here is asked.
 */
export class FindingList implements Findings, FindingSink {
  readonly #kept: Readonly<Record<keyof FindingCounts, Finding[]>> = { leftOut: [], shadowed: [], repaired: [], noted: [] };
  readonly #counts = { leftOut: 0, shadowed: 0, repaired: 0, noted: 0 };

  /** Starts empty, or with a copy of what was found before. */
  constructor(before?: Pick<Findings, 'kept' | 'counts'>) {
    if (before === undefined) return;
    for (const finding of before.kept) this.#kept[kindOf(finding)].push(finding);
    Object.assign(this.#counts, before.counts);
  }

  add(finding: Finding): void {
    const kind = kindOf(finding);
    this.#counts[kind] += 1;
    const kept = this.#kept[kind];
    if (kept.length >= MAX_FINDINGS) return;
    const { entry, pointer, message } = finding;
    kept.push({ ...finding, entry: cut(entry, MAX_ENTRY), pointer: cut(pointer, MAX_POINTER), message: cut(message, MAX_MESSAGE) });
  }

  /** Adds what a part of the source had wrong, those findings too that it did not keep. `place` says where the part is. */
  addAll(part: Findings, place: string): void {
    for (const finding of part.kept) this.add({ ...finding, entry: `${place}: ${finding.entry}` });
    const kept = new FindingList();
    for (const finding of part.kept) kept.#counts[kindOf(finding)] += 1;
    for (const kind of FINDING_KINDS) this.#counts[kind] += part.counts[kind] - kept.#counts[kind];
  }

  get kept(): readonly Finding[] {
    return FINDING_KINDS.flatMap((kind) => this.#kept[kind]);
  }

  /** All there were. */
  get total(): number {
    return totalOf(this.#counts);
  }

  get counts(): FindingCounts {
    return { ...this.#counts };
  }

  get firstLeftOut(): Finding | undefined {
    return this.#kept.leftOut[0];
  }
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
