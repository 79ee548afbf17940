import type { Snapshot } from '../snapshot/snapshot.ts';
import { listed, type Pieces } from './pieces.ts';

/** All versions as one answer of the official API: `{servers: [{server, _meta}], metadata}`, with skills and plugins beside them. */
export function* officialFile(snapshot: Snapshot): Pieces {
  const rows = snapshot.rowsOf({});
  yield Buffer.from('{"servers":[');
  yield* listed(rows, (row) => snapshot.itemAt(row));
  yield Buffer.from(']');
  for (const kind of ['skill', 'plugin'] as const) {
    const others = snapshot.rowsOf({ kind });
    if (others.length === 0) continue;
    yield Buffer.from(`,"${kind}s":[`);
    yield* listed(others, (row) => snapshot.itemAt(row));
    yield Buffer.from(']');
  }
  yield Buffer.from(`,"metadata":{"count":${rows.length}}}\n`);
}
