import { entryOfItem, joinedSlices, toolhiveView, type Snapshot } from '../catalog.ts';
import type { Pause } from './derived.ts';

/** The servers of a snapshot as ToolHive's own endpoints speak of them: the latest version of each. */
export interface ServersView {
  readonly count: number;
  /** The summaries of servers, by their rows, in JSON with commas between them. */
  summaries(rows: readonly number[]): readonly Buffer[];
  /** Finds a server by its full name or its short one. */
  find(name: string): Found;
  /** Every tool, sorted by name, with the servers that have it. */
  readonly tools: readonly { readonly name: string; readonly servers: readonly string[] }[];
}

/** What a name leads to. `several`: full names of those that have it as their short one. */
export type Found = { readonly row: number; readonly shown: string } | { readonly several: readonly string[] };

/** The short name of a server, as ToolHive's catalogs use it for a key: what stands behind the last slash. */
function shortNameOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

const DEPLOYED = 'deployed';

/** Works the view out. Of servers with one short name each is shown by its full one. */
export async function viewServers(snapshot: Snapshot, pause: Pause): Promise<ServersView> {
  const rows = snapshot.rowsOf({ version: 'latest' });
  const byName = new Map<string, number[]>();
  for (const row of rows) {
    const short = shortNameOf(snapshot.keyAt(row).name);
    const others = byName.get(short);
    if (others === undefined) byName.set(short, [row]);
    else others.push(row);
    await pause();
  }
  const shownName = (row: number): string => {
    const { name } = snapshot.keyAt(row);
    const short = shortNameOf(name);
    // "deployed" is a path of its own.
    return byName.get(short)?.length === 1 && short !== DEPLOYED ? short : name;
  };
  const pieces: Buffer[] = [];
  const index = new Map<number, number>();
  const byTool = new Map<string, string[]>();
  for (const [at, row] of rows.entries()) {
    const { name, version } = snapshot.keyAt(row);
    const shown = shownName(row);
    const { summary, tools } = toolhiveView(entryOfItem(name, version, snapshot.itemAt(row).toString()), shown);
    index.set(row, at);
    pieces.push(Buffer.from(`${JSON.stringify(summary)},`));
    for (const tool of tools) {
      const servers = byTool.get(tool);
      if (servers === undefined) byTool.set(tool, [shown]);
      else servers.push(shown);
    }
    await pause();
  }
  const offsets = new Uint32Array(rows.length + 1);
  for (const [at, { length }] of pieces.entries()) offsets[at + 1] = (offsets[at] ?? 0) + length;
  const body = Buffer.concat(pieces);
  const tools = [...byTool].map(([name, servers]) => ({ name, servers })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    count: rows.length,
    summaries: (wanted) =>
      joinedSlices(
        body,
        offsets,
        wanted.flatMap((row) => index.get(row) ?? []),
      ),
    find: (name) => {
      const exact = snapshot.latestRowOf(name);
      if (exact !== undefined) return { row: exact, shown: shownName(exact) };
      const found = byName.get(name) ?? [];
      const [row] = found;
      return row !== undefined && found.length === 1 ? { row, shown: name } : { several: found.map((one) => snapshot.keyAt(one).name) };
    },
    tools,
  };
}
