import type { Snapshot } from '../snapshot/snapshot.ts';
import { extraMembers } from './extras.ts';
import { noteFrame, type OnNote } from './notes.ts';
import { listed, type Pieces } from './pieces.ts';

/** All versions, including deleted ones, as one answer of the official API: `{servers: [{server, _meta}], metadata}`, with skills and plugins. */
export function* officialFile(snapshot: Snapshot, note?: OnNote): Pieces {
  const rows = snapshot.rowsOf({ includeDeleted: true });
  yield Buffer.from('{"servers":[');
  yield* listed(rows, (row) => snapshot.itemAt(row));
  yield Buffer.from(']');
  yield* extraMembers(snapshot, {});
  yield Buffer.from(`,"metadata":{"count":${rows.length}}}\n`);
  if (note !== undefined) noteFrame(snapshot, note);
}
