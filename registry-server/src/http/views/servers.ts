import { entryOfItem, joinedSlices, toolhiveView, type Snapshot } from '../catalog.ts';
import type { Pause } from './derived.ts';
import type { NamesView } from './names.ts';

/** The servers of a snapshot for ToolHive's own endpoints: the latest version of each. */
export interface ServersView {
  readonly count: number;
  /** The summaries of servers, by their rows, in JSON with commas between them. Those of `marked` rows say that they are deployed. */
  summaries(rows: readonly number[], marked: ReadonlySet<number>): readonly Buffer[];
  /** Every tool, sorted by name, with the servers that have it. */
  readonly tools: readonly { readonly name: string; readonly servers: readonly string[] }[];
}

/** Computes the view. */
export async function viewServers(snapshot: Snapshot, names: NamesView, pause: Pause): Promise<ServersView> {
  const rows = snapshot.rowsOf({ version: 'latest' });
  const pieces: Buffer[] = [];
  const index = new Map<number, number>();
  const byTool = new Map<string, string[]>();
  for (const [at, row] of rows.entries()) {
    const shown = names.shown(row);
    const { summary, tools } = viewOf(snapshot, row, shown);
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
    summaries: (wanted, marked) => {
      const plain = (rows: readonly number[]): Buffer[] =>
        joinedSlices(
          body,
          offsets,
          rows.flatMap((row) => index.get(row) ?? []),
        );
      return marked.size === 0 ? plain(wanted) : withMarks(wanted, marked, plain);
    },
    tools,
  };
}

const COMMA = Buffer.from(',');
const DEPLOYED = Buffer.from(',"deployed":true}');

/** The same pieces, with one more field for marked rows. */
function withMarks(rows: readonly number[], marked: ReadonlySet<number>, plain: (rows: readonly number[]) => Buffer[]): Buffer[] {
  const pieces: Buffer[] = [];
  const put = (parts: readonly Buffer[]): void => {
    if (parts.length > 0) pieces.push(...(pieces.length === 0 ? [] : [COMMA]), ...parts);
  };
  let start = 0;
  for (const [at, row] of rows.entries()) {
    if (!marked.has(row)) continue;
    put(plain(rows.slice(start, at)));
    const [piece] = plain([row]);
    // Without the brace at its end.
    if (piece !== undefined) put([piece.subarray(0, -1), DEPLOYED]);
    start = at + 1;
  }
  put(plain(rows.slice(start)));
  return pieces;
}

/** The summary of one server. */
export function viewOf(snapshot: Snapshot, row: number, shown: string): ReturnType<typeof toolhiveView> {
  const { name, version } = snapshot.keyAt(row);
  return toolhiveView(entryOfItem(name, version, snapshot.itemAt(row).toString()), shown);
}
