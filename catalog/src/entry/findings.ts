import type { SourcePlace } from './place.ts';

/** Rules whose findings are about entries that are served unchanged, or about a part of a file that is not an entry. */
const NOTES = ['schema', 'name', 'not-read'] as const;

/** Something about an entry that its owner should know; the catalog is served all the same. */
export interface Finding {
  /** The entry: its name, or its place in the file if it has none. What is not an entry is identified by its place. */
  readonly entry: string;
  /** The entry's version, where it has one. */
  readonly version?: string;
  /** JSON pointer below the entry, '' for the whole. */
  readonly pointer: string;
  readonly rule: 'unreadable' | 'not-an-object' | 'missing' | 'invalid' | 'duplicate' | 'shadowed' | 'repaired' | (typeof NOTES)[number];
  readonly message: string;
  /** False if the entry was left out, or if the finding is not about an entry. */
  readonly served: boolean;
  /** The place to which `pointer` is relative. Only if places are requested: it is not stored. */
  readonly place?: SourcePlace;
  /** For a duplicate: the place of the entry that is served. */
  readonly firstPlace?: SourcePlace;
}

/** Takes findings. */
export interface FindingSink {
  add(finding: Finding): void;
  /** The place for its findings; absent if places are not requested. */
  readonly place?: SourcePlace;
  /** Takes those whose pointer starts at the document and not at an entry in it; absent: this one does. */
  readonly ofDocument?: FindingSink;
}

/** Numbers of findings by kind. */
export interface FindingCounts {
  /** Entries that cannot be served, including duplicates. */
  readonly leftOut: number;
  /** Entries whose name is served from an earlier source. */
  readonly shadowed: number;
  /** For entries that are served: what was dropped or changed in them. */
  readonly repaired: number;
  /** Remarks on entries that are served unchanged, and on parts of a file that are not entries. */
  readonly noted: number;
}

/** The kinds in the order in which they are listed. */
export const FINDING_KINDS = ['leftOut', 'shadowed', 'repaired', 'noted'] as const satisfies readonly (keyof FindingCounts)[];

/** Most findings of one kind per source that are kept in full; the rest is counted. */
export const MAX_FINDINGS = 10_000;
/** Longest texts of a finding: keys and values come from outside and may be of any length. */
const MAX_ENTRY = 200;
const MAX_POINTER = 500;
const MAX_MESSAGE = 2000;

/** The findings of one source, for reading. */
export interface Findings {
  /** The first {@link MAX_FINDINGS} of each kind, in the order of {@link FINDING_KINDS}. */
  readonly kept: readonly Finding[];
  /** Total numbers, kept or not. */
  readonly counts: FindingCounts;
  /** The first finding whose entry was left out. */
  readonly firstLeftOut: Finding | undefined;
}

/** What happened to the entry of a finding. */
export function kindOf({ rule, served }: Pick<Finding, 'rule' | 'served'>): keyof FindingCounts {
  if ((NOTES as readonly string[]).includes(rule)) return 'noted';
  if (served) return 'repaired';
  return rule === 'shadowed' ? 'shadowed' : 'leftOut';
}

/** All findings, of any kind. */
export function totalOf(counts: FindingCounts): number {
  return FINDING_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}

/**
 * Collects findings. Bounded, so that bad entries cost nothing beyond the parsed file. That one can be large: 30 MB of empty objects take 1.1 GB in JSON.parse,
 * before anything here runs.
 */
export class FindingList implements Findings, FindingSink {
  readonly #kept: Readonly<Record<keyof FindingCounts, Finding[]>> = { leftOut: [], shadowed: [], repaired: [], noted: [] };
  readonly #counts = { leftOut: 0, shadowed: 0, repaired: 0, noted: 0 };

  /** Starts empty, or with a copy of earlier findings. */
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

  /** Adds the findings of a part of the source, including those that it did not keep. `place` says where the part is. */
  addAll(part: Findings, place: string): void {
    for (const finding of part.kept) this.add({ ...finding, entry: `${place}: ${finding.entry}` });
    const kept = new FindingList();
    for (const finding of part.kept) kept.#counts[kindOf(finding)] += 1;
    for (const kind of FINDING_KINDS) this.#counts[kind] += part.counts[kind] - kept.#counts[kind];
  }

  get kept(): readonly Finding[] {
    return FINDING_KINDS.flatMap((kind) => this.#kept[kind]);
  }

  /** Total number. */
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
