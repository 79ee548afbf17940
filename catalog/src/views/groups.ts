import type { Snapshot } from '../snapshot/snapshot.ts';

/** A group of servers in a source. */
export interface GroupView {
  readonly name: string;
  readonly description?: string | undefined;
  /** Rows of the latest versions of those servers that are served from that source, in the source's order. */
  readonly rows: readonly number[];
  /** Those that their source has in groups only. */
  readonly apart: readonly number[];
}

/** The groups of all sources; the first source that has a name comes first. Servers that are filtered out, or served from another source, are in none. */
export function groupsOf(snapshot: Snapshot): GroupView[] {
  const groups = new Map<string, GroupView>();
  for (const [index, { info }] of snapshot.header.sources.entries()) {
    for (const { name, description, servers, apart = [] } of info.groups ?? []) {
      if (groups.has(name)) continue;
      const rowsOf = (names: readonly string[]): number[] => [
        ...new Set(names.flatMap((server) => snapshot.latestRowOf(server) ?? []).filter((row) => snapshot.sourceAt(row) === index)),
      ];
      groups.set(name, { name, description, rows: rowsOf(servers), apart: rowsOf(apart) });
    }
  }
  return [...groups.values()];
}
