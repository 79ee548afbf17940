import type { Json } from '../json.ts';

/**
 * Whether a server.json has more than so many values, except those below `_meta`, which schemas do not check. Each value may cause several errors, which are
 * all held in memory. Stops counting at the limit.
 */
export function hasMoreValues(server: Json, limit: number): boolean {
  let count = 0;
  const visit = (value: Json): void => {
    count += 1;
    if (count > limit || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      // So many members decide it, whatever they contain.
      for (const item of value.slice(0, limit + 1)) visit(item);
      return;
    }
    for (const key of Object.keys(value)) {
      if (count > limit) return;
      if (key !== '_meta') visit(value[key] ?? null);
    }
  };
  visit(server);
  return count > limit;
}
