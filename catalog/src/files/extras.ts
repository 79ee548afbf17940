import type { ListQuery } from '../snapshot/list.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { listed, type Pieces } from './pieces.ts';

/** Skills and plugins, each existing kind as one more member of an object: `,"skills":[…]`. */
export function* extraMembers(snapshot: Snapshot, query: Pick<ListQuery, 'version'>): Pieces {
  for (const kind of ['skill', 'plugin'] as const) {
    const rows = snapshot.rowsOf({ ...query, kind });
    if (rows.length === 0) continue;
    yield Buffer.from(`,"${kind}s":[`);
    yield* listed(rows, (row) => snapshot.itemAt(row));
    yield Buffer.from(']');
  }
}
