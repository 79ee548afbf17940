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
    for (const key of Object.keys(value)) {
      if (count > limit) return;
      if (Array.isArray(value) || key !== '_meta') visit((value as Readonly<Record<string, Json>>)[key] ?? null);
    }
  };
  visit(server);
  return count > limit;
}
