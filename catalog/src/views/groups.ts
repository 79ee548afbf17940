import type { Snapshot } from '../snapshot/snapshot.ts';

/** A group of servers, as a source has it. */
export interface GroupView {
  readonly name: string;
  readonly description?: string | undefined;
  /** Rows of the latest versions of those of its servers that are served from that source, in the source's order. */
  readonly rows: readonly number[];
  /** Those of them that their source has in groups only. */
  readonly apart: readonly number[];
}

/** The groups of all sources, the first source that has a name first. What filters leave out, or another source serves, is in none. */
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
