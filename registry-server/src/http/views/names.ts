import type { Snapshot } from '../catalog.ts';
import type { Pause } from './derived.ts';

/** The names of servers in ToolHive's own endpoints: their short names if these are unique. */
export interface NamesView {
  /** The name of the server of a row. */
  shown(row: number): string;
  /** Finds a server by its full name or its short one. */
  find(name: string): Found;
}

/** The result of a lookup. `several`: full names of those that have it as their short one. */
export type Found = { readonly row: number; readonly shown: string } | { readonly several: readonly string[] };

const DEPLOYED = 'deployed';

/** Computes the names. Servers that share a short name are shown by their full names. */
export async function viewNames(snapshot: Snapshot, pause: Pause): Promise<NamesView> {
  const byName = new Map<string, number[]>();
  for (const row of snapshot.rowsOf({ version: 'latest' })) {
    const short = shortNameOf(snapshot.keyAt(row).name);
    const others = byName.get(short);
    if (others === undefined) byName.set(short, [row]);
    else others.push(row);
    await pause();
  }
  const shown = (row: number): string => {
    const { name } = snapshot.keyAt(row);
    const short = shortNameOf(name);
    // "deployed" is a path of its own.
    return byName.get(short)?.length === 1 && short !== DEPLOYED ? short : name;
  };
  return {
    shown,
    find: (name) => {
      const exact = snapshot.latestRowOf(name);
      if (exact !== undefined) return { row: exact, shown: shown(exact) };
      const found = byName.get(name) ?? [];
      const [row] = found;
      return row !== undefined && found.length === 1 ? { row, shown: name } : { several: found.map((one) => snapshot.keyAt(one).name) };
    },
  };
}

/** The short name of a server, as ToolHive's catalogs use it for a key: what is after the last slash. */
function shortNameOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
