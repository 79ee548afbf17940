/** Bounds of a cache. */
export interface CacheLimits {
  /** Maximum weight of all that is kept and not pinned. */
  readonly maxWeight: number;
  /** Heavier values are never kept. */
  readonly maxValueWeight: number;
  /** How many keys that were offered once are remembered. */
  readonly maxRemembered: number;
}

/** Longest key that is kept or remembered, in characters. */
const MAX_KEY = 1024;

/** Values by key, within bounds. */
export interface BoundedCache<V> {
  get(key: string): V | undefined;
  /** Creates and keeps a value if its key is offered for the second time; the least recently used values are evicted. */
  offer(key: string, weight: number, make: () => V): void;
  /** Pins a value. The caller has to bound the number of keys. */
  pin(key: string, value: V): void;
  /** Weight of what is kept and not pinned. */
  weight(): number;
}

/**
 * Creates a cache that one-time questions cannot fill: a key is admitted with its second offer (the doorkeeper of
 * TinyLFU, arXiv:1512.00727), and the least recently used values give way.
 */
export function createBoundedCache<V>({ maxWeight, maxValueWeight, maxRemembered }: CacheLimits): BoundedCache<V> {
  const pinned = new Map<string, V>();
  /** The least recently used first. */
  const kept = new Map<string, { readonly value: V; readonly weight: number }>();
  const offeredOnce = new Set<string>();
  let newest: string | undefined;
  let total = 0;

  function makeRoom(): void {
    for (const [key, { weight }] of kept) {
      if (total <= maxWeight) return;
      kept.delete(key);
      total -= weight;
    }
  }

  return {
    get: (key) => {
      const fixed = pinned.get(key);
      if (fixed !== undefined) return fixed;
      const found = kept.get(key);
      // Moved to the end, unless it is there: most requests of a busy server are for the same page.
      if (found !== undefined && key !== newest) {
        kept.delete(key);
        kept.set(key, found);
        newest = key;
      }
      return found?.value;
    },
    offer: (key, weight, make) => {
      if (key.length > MAX_KEY || weight > maxValueWeight || kept.has(key) || pinned.has(key)) return;
      if (!offeredOnce.delete(key)) {
        if (offeredOnce.size >= maxRemembered) offeredOnce.clear();
        offeredOnce.add(key);
        return;
      }
      kept.set(key, { value: make(), weight });
      newest = key;
      total += weight;
      makeRoom();
    },
    pin: (key, value) => {
      pinned.set(key, value);
    },
    weight: () => total,
  };
}
