/** Since when a key has been waiting, in milliseconds since 1970, and its priority. */
export interface Waiting {
  readonly at: number;
  readonly priority: number;
}

/** One turn in so many goes to a key that has waited too long: a long backlog must neither starve nor delay urgent keys. */
const TURNS = 4;

/** Keys that may be taken: the highest priority first, and among equals the one that has waited longest. */
export class ReadyKeys {
  /** By priority, the highest first; each in order of arrival. There are only a few priorities. */
  readonly #levels: { readonly priority: number; readonly keys: Map<string, Waiting> }[] = [];
  readonly #levelOf = new Map<string, number>();
  #turns = 0;

  get size(): number {
    return this.#levelOf.size;
  }

  has(key: string): boolean {
    return this.#levelOf.has(key);
  }

  /** Adds a key that is not present. */
  add(key: string, waiting: Waiting): void {
    this.#level(waiting.priority).set(key, waiting);
    this.#levelOf.set(key, waiting.priority);
  }

  /** Raises a key to at least this priority. It joins the end of its new level, but keeps its waiting time. */
  raise(key: string, priority: number): void {
    const now = this.#levelOf.get(key);
    if (now === undefined || now >= priority) return;
    const waiting = this.delete(key);
    if (waiting !== undefined) this.add(key, { ...waiting, priority });
  }

  /** Removes a key; returns how it waited. */
  delete(key: string): Waiting | undefined {
    const priority = this.#levelOf.get(key);
    if (priority === undefined) return undefined;
    this.#levelOf.delete(key);
    const level = this.#level(priority);
    const waiting = level.get(key);
    level.delete(key);
    return waiting;
  }

  /** The key whose turn it is: the one with the highest priority, and every fourth time the one that has waited longest, if since before `overdue`. */
  next(overdue: number): string | undefined {
    this.#turns += 1;
    const isForOverdue = this.#turns % TURNS === 0;
    let chosen: string | undefined;
    let oldest = overdue;
    for (const { keys } of this.#levels) {
      // The first of a level is its oldest, except for those that were raised into it.
      const [first] = keys;
      if (first === undefined) continue;
      const [key, { at }] = first;
      chosen ??= key;
      if (isForOverdue && at < oldest) {
        chosen = key;
        oldest = at;
      }
    }
    return chosen;
  }

  clear(): void {
    this.#levels.length = 0;
    this.#levelOf.clear();
  }

  #level(priority: number): Map<string, Waiting> {
    const found = this.#levels.find((level) => level.priority === priority);
    if (found !== undefined) return found.keys;
    const keys = new Map<string, Waiting>();
    this.#levels.push({ priority, keys });
    this.#levels.sort((a, b) => b.priority - a.priority);
    return keys;
  }
}
