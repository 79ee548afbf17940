import { createHash } from 'node:crypto';
import { parseTime } from '@toolhive-registry/catalog';

/** The time from which changes are requested, and the expected answer while there are none. */
export interface Mark {
  /** RFC 3339. */
  readonly since: string;
  /** What is known of the entries that were changed after that time: digests of their content by digests of their keys. */
  readonly known: Readonly<Record<string, string>>;
}

/** Entries may become visible a little after the time that they carry: those of the last seconds are asked for again. In milliseconds. */
const OVERLAP_MS = 10_000;
/** Maximum number of entries that are asked for again each time. A registry that was filled at one moment has all of its entries in its last seconds. */
const MAX_KNOWN = 100;

interface Seen {
  readonly at: number;
  readonly digest: string;
}

/**
 * Computes the mark from the entries of a pass. It is never later than the pass itself, by the clock of the registry: a single entry
 * dated in the future would hide every change until then.
 */
export class MarkBuilder {
  readonly #asked: number;
  readonly #before: Mark | undefined;
  #newest: { readonly at: number; readonly text: string } | undefined;
  #isComplete = true;
  #recent = new Map<string, Seen>();
  #isCrowded = false;
  readonly #future = new Map<string, Seen>();

  /**
   * `asked`: when the pass began, in milliseconds since 1970, by the registry's clock where that is known. `before`: the mark from which on
   * the pass reads; absent: it reads everything.
   */
  constructor(asked: number, before?: Mark) {
    this.#asked = asked;
    this.#before = before;
  }

  /** Takes an entry: its key, when it was changed, and its JSON. One without time makes every mark impossible. */
  see(key: string | undefined, updatedAt: string | undefined, text: string): void {
    const at = updatedAt === undefined ? undefined : parseTime(updatedAt);
    if (updatedAt === undefined || at === undefined) {
      this.#isComplete = false;
      return;
    }
    const seen = { at, digest: hashOf(text) };
    if (at > this.#asked) this.#future.set(key ?? seen.digest, seen);
    else if (this.#newest === undefined || at > this.#newest.at) this.#newest = { at, text: updatedAt };
    if (at <= this.#asked && !this.#isCrowded && at > this.#overlapStart()) this.#keep(key ?? seen.digest, seen);
  }

  /** The mark of the next question. Undefined: none can be asked, and everything has to be read. */
  mark(): Mark | undefined {
    const isEmpty = this.#newest === undefined && this.#future.size === 0 && this.#before === undefined;
    if (!this.#isComplete || isEmpty || this.#future.size > MAX_KNOWN) return undefined;
    this.#prune();
    const isOverlapping = !this.#isCrowded && this.#recent.size + this.#future.size <= MAX_KNOWN;
    if (!isOverlapping && this.#newest !== undefined) return { since: this.#newest.text, known: knownOf([...this.#future]) };
    return { since: this.#sinceText(), known: knownOf([...this.#recent, ...this.#future]) };
  }

  /** What the pass did not read cannot be known. */
  #overlapStart(): number {
    const start = (this.#newest?.at ?? this.#asked) - OVERLAP_MS;
    // As the question will be put: by whole milliseconds.
    return Math.max(Math.floor(start), timeOf(this.#before?.since) ?? -Infinity);
  }

  #sinceText(): string {
    const { since } = this.#before ?? {};
    const start = this.#newest === undefined && since !== undefined ? timeOf(since) : this.#overlapStart();
    return since !== undefined && start === timeOf(since) ? since : new Date(start ?? 0).toISOString();
  }

  #keep(key: string, seen: Seen): void {
    this.#recent.set(key, seen);
    if (this.#recent.size <= 2 * MAX_KNOWN) return;
    this.#prune();
    if (this.#recent.size <= MAX_KNOWN) return;
    this.#isCrowded = true;
    this.#recent.clear();
  }

  #prune(): void {
    const start = this.#overlapStart();
    for (const [key, { at }] of this.#recent) if (at <= start) this.#recent.delete(key);
  }
}

/**
 * Compares the entries of an answer, as JSON by key, with those that are known to be changed after the mark. `lacking`: one of them is gone,
 * which the registry should have reported.
 */
export function comparedWith({ known }: Mark, entries: ReadonlyMap<string, string>): 'same' | 'other' | 'lacking' {
  const now = knownOf([...entries].map(([key, text]) => [key, { digest: hashOf(text) }] as const));
  const keys = Object.keys(known);
  if (keys.some((key) => now[key] === undefined)) return 'lacking';
  return keys.length === Object.keys(now).length && keys.every((key) => now[key] === known[key]) ? 'same' : 'other';
}

function knownOf(entries: readonly (readonly [string, Pick<Seen, 'digest'>])[]): Record<string, string> {
  return Object.fromEntries(entries.map(([key, { digest }]) => [hashOf(key), digest]));
}

/** Short, since a hundred of them are stored; a change that gives the same is found by the next full pass. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseTime(text);
}
