import type { Json } from '../json.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { fileFacts } from '../views/facts.ts';
import { groupsOf } from '../views/groups.ts';
import { toFileEntry } from '../formats/toolhive/file-entry.ts';
import { entryAt, otherRows } from './entries.ts';
import { keysOf } from './keys.ts';
import { extraMembers } from './extras.ts';
import { carriedIn, carriedPointers, ENTRY_KINDS, entryOfRow, noteUnwritten, type OnNote } from './notes.ts';
import type { Pieces } from './pieces.ts';

/** Where the schema of the form is (stacklok/toolhive, pkg/registry/data). */
const SCHEMA = 'https://raw.githubusercontent.com/stacklok/toolhive/main/pkg/registry/data/schema.json';

/**
 * ToolHive's file format before February 2026: servers by their keys in two sections, in the file or in a group. What an entry has no place for is carried
 * along in its `custom_metadata`.
 */
export function* toolhiveFile(snapshot: Snapshot, note?: OnNote): Pieces {
  const { version, lastUpdated } = fileFacts(snapshot);
  const all = snapshot.rowsOf({ version: 'latest' });
  const groups = groupsOf(snapshot);
  const apart = new Set(groups.flatMap((group) => group.apart));
  const keys = keysOf(snapshot, all);
  /** Rows whose carried parts have been noted. A row may be in several groups. */
  const carriedRows = new Set<number>();
  const head = JSON.stringify({ $schema: SCHEMA, version, last_updated: lastUpdated }).slice(0, -1);
  yield Buffer.from(`${head},`);
  yield* sections(all.filter((row) => !apart.has(row)));
  yield Buffer.from(',"groups":[');
  for (const [index, { name, description, rows }] of groups.entries()) {
    yield Buffer.from(`${index === 0 ? '' : ','}${JSON.stringify({ name, description }).slice(0, -1)},`);
    yield* sections(rows);
    yield Buffer.from('}');
  }
  yield Buffer.from(']');
  yield* extraMembers(snapshot, {});
  yield Buffer.from('}\n');
  if (note !== undefined) noteUnwritten(snapshot, (row) => !snapshot.keyAt(row).deleted, ENTRY_KINDS, note);

  function* sections(rows: readonly number[]): Pieces {
    const remote: Buffer[] = [];
    yield Buffer.from('"servers":{');
    let count = 0;
    for (const row of rows) {
      yield undefined;
      const others = otherRows(snapshot, row);
      const versions = others.map((one) => entryAt(snapshot, one));
      const { kind, key, value } = toFileEntry(entryAt(snapshot, row), versions, keys.get(row) ?? '');
      if (note !== undefined && !carriedRows.has(row)) {
        noteCarried(snapshot, [row, ...others], carriedIn(value), note);
        carriedRows.add(row);
      }
      const member = Buffer.from(`${JSON.stringify(key)}:${JSON.stringify(value)}`);
      if (kind === 'remote_server') remote.push(member);
      else yield Buffer.concat(count === 0 ? [member] : [COMMA, member]);
      if (kind === 'server') count += 1;
    }
    yield Buffer.from('},"remote_servers":{');
    for (const [index, member] of remote.entries()) yield Buffer.concat(index === 0 ? [member] : [COMMA, member]);
    yield Buffer.from('}');
  }
}

const COMMA = Buffer.from(',');

/** Notes what a server carries along, including the rows of its other versions. */
function noteCarried(snapshot: Snapshot, [latest, ...others]: readonly number[], carried: Json | undefined, note: OnNote): void {
  if (carried === undefined || latest === undefined) return;
  const pointers = carriedPointers(carried);
  if (pointers.length > 0) note({ outcome: 'carried', ...entryOfRow(snapshot, latest), pointers, why: 'the form has no place for it' });
  const why = 'the form has one version of each server, and this one is carried along with the latest';
  for (const row of others) note({ outcome: 'carried', ...entryOfRow(snapshot, row), pointers: [], why });
}
