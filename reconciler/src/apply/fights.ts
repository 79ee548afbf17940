/** What counts as a fight: so many changes against us within so many milliseconds. */
export interface FightLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** For changes to what we applied: nobody else has a reason to make any under our name. */
const CHANGES: FightLimit = { limit: 3, windowMs: 600_000 };
const FIRST_BACKOFF_MS = 600_000;
const MAX_BACKOFF_MS = 86_400_000;
/** Most objects that are tracked at once. */
const MAX_OBJECTS = 10_000;

/** An object that is left alone because somebody else changes it under our name. */
export interface Fight {
  readonly path: string;
  /** How often the path was changed against us. */
  readonly count: number;
  /** For how long the object is still left alone. */
  readonly remainingMs: number;
  /** Whether it was reported in the object's status. */
  readonly isReported: boolean;
}

interface Truce {
  readonly path: string;
  readonly count: number;
  readonly backoffMs: number;
  readonly until: number;
  readonly isReported: boolean;
  /** When the object was restored after the truce. */
  readonly triedAt?: number;
}

/** What is known about one object: when each path was restored, or the truce that followed. */
export type FightState = { readonly flips: ReadonlyMap<string, readonly number[]> } | { readonly truce: Truce };

/** The next state when these paths are to be restored once more. With a truce, that is the last time for a while. */
export function escalate(known: FightState | undefined, paths: readonly string[], now: number, limits: FightLimit = CHANGES): FightState {
  const { limit, windowMs } = limits;
  if (known !== undefined && 'truce' in known) {
    const { truce } = known;
    const isQuiet = now - (truce.triedAt ?? truce.until) > windowMs;
    // The first change after a truce was made during it, or answers our own attempt: it is no new hostility.
    if (!isQuiet && truce.triedAt === undefined) return { truce: { ...truce, triedAt: now } };
    if (!isQuiet) {
      const path = paths.includes(truce.path) ? truce.path : (paths[0] ?? truce.path);
      return { truce: begin(path, truce.count + 1, Math.min(truce.backoffMs * 2, MAX_BACKOFF_MS), now) };
    }
  }
  const former = known !== undefined && 'flips' in known ? known.flips : new Map<string, readonly number[]>();
  const recent = [...former].map(([path, times]) => [path, times.filter((time) => now - time <= windowMs)] as const);
  const flips = new Map(recent.filter(([, times]) => times.length > 0));
  for (const path of paths) flips.set(path, [...(flips.get(path) ?? []), now]);
  const worst = paths.find((path) => (flips.get(path)?.length ?? 0) >= limit);
  return worst === undefined ? { flips } : { truce: begin(worst, limit, FIRST_BACKOFF_MS, now) };
}

function begin(path: string, count: number, backoffMs: number, now: number): Truce {
  return { path, count, backoffMs, until: now + backoffMs, isReported: false };
}

/** The fight because of which an object is left alone now. */
export function fightOf(known: FightState | undefined, now: number): Fight | undefined {
  if (known === undefined || !('truce' in known) || now >= known.truce.until) return undefined;
  const { path, count, until, isReported } = known.truce;
  return { path, count, remainingMs: until - now, isReported };
}

/** The objects that somebody else changes under our name, by key. */
export class Fights {
  readonly #now: () => number;
  readonly #limits: FightLimit;
  readonly #known = new Map<string, FightState>();

  constructor(now: () => number, limits: FightLimit = CHANGES) {
    this.#now = now;
    this.#limits = limits;
  }

  /** The fight because of which an object is left alone now. */
  current(key: string): Fight | undefined {
    return fightOf(this.#known.get(key), this.#now());
  }

  /** The fight that restoring these paths would start, if any, and a function that records that they were restored. */
  putBack(key: string, paths: readonly string[]): { readonly fight: Fight | undefined; readonly done: () => void } {
    if (paths.length === 0) return { fight: undefined, done: () => undefined };
    const now = this.#now();
    const next = escalate(this.#known.get(key), paths, now, this.#limits);
    return { fight: fightOf(next, now), done: () => this.#keep(key, next) };
  }

  /** Records that it was reported in the object's status. */
  markReported(key: string): void {
    const known = this.#known.get(key);
    if (known !== undefined && 'truce' in known) this.#known.set(key, { truce: { ...known.truce, isReported: true } });
  }

  /** Forgets everything. */
  clear(): void {
    this.#known.clear();
  }

  /** Forgets a deleted object. */
  forget(key: string): void {
    this.#known.delete(key);
  }

  #keep(key: string, known: FightState): void {
    // Deleting first moves the entry to the end of the map's order.
    this.#known.delete(key);
    this.#known.set(key, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_OBJECTS && oldest !== undefined) this.#known.delete(oldest);
  }
}
