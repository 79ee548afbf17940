import type { Json } from '../json.ts';

/**
 * Whether a server.json has more than so many values, those below `_meta` aside, which no schema looks into. Each may be wrong in several ways, and
 * all that is wrong is held in memory. Goes no further than that itself.
 */
export function hasMoreValues(server: Json, limit: number): boolean {
  let count = 0;
  const visit = (value: Json): void => {
    count += 1;
    if (count > limit || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      // So many members decide it, whatever is in them.
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
