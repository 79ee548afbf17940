import { CARRIED_META } from '../formats/carry.ts';
import { isObject, own, type JsonObject } from '../json.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { fileFacts } from '../views/facts.ts';
import { groupsOf } from '../views/groups.ts';
import { entryAt } from './entries.ts';
import { extraMembers } from './extras.ts';
import { ENTRY_KINDS, entryOfRow, memberPointers, noteUnwritten, type OnNote } from './notes.ts';
import { listed, type Pieces } from './pieces.ts';

/** Where the schema of the form is (stacklok/toolhive-core, registry/types/data). */
const SCHEMA = 'https://raw.githubusercontent.com/stacklok/toolhive-core/main/registry/types/data/upstream-registry.schema.json';

/** ToolHive's current file format: `{version, meta, data: {servers, skills, plugins, groups}}`. It has the latest version of each server. */
export function* upstreamFile(snapshot: Snapshot, note?: OnNote): Pieces {
  const { version, lastUpdated } = fileFacts(snapshot);
  const head = JSON.stringify({ $schema: SCHEMA, version, meta: { last_updated: lastUpdated } }).slice(0, -1);
  const groups = groupsOf(snapshot);
  const apart = new Set(groups.flatMap((group) => group.apart));
  const server = (row: number): Buffer => Buffer.from(JSON.stringify(serverWithMeta(snapshot, row)));
  yield Buffer.from(`${head},"data":{"servers":[`);
  yield* listed(
    snapshot.rowsOf({ version: 'latest' }).filter((row) => !apart.has(row)),
    server,
  );
  yield Buffer.from(']');
  yield* extraMembers(snapshot, { version: 'latest' });
  for (const [index, { name, description, rows }] of groups.entries()) {
    yield Buffer.from(`${index === 0 ? ',"groups":[' : ','}${JSON.stringify({ name, description }).slice(0, -1)},"servers":[`);
    yield* listed(rows, server);
    yield Buffer.from(index === groups.length - 1 ? ']}]' : ']}');
  }
  yield Buffer.from('}}\n');
  if (note === undefined) return;
  for (const row of snapshot.rowsOf({ version: 'latest' })) {
    const pointers = memberPointers('/_meta', entryAt(snapshot, row).meta);
    const why = 'the form has no place beside a server.json';
    if (pointers.length > 0) note({ outcome: 'carried', ...entryOfRow(snapshot, row), pointers, why });
  }
  noteUnwritten(snapshot, (row) => snapshot.keyAt(row).latest && !snapshot.keyAt(row).deleted, ENTRY_KINDS, note);
}

/** A server.json that carries along what was next to it in a list: its registry's status and times, and its origin. */
function serverWithMeta(snapshot: Snapshot, row: number): JsonObject {
  const { server, meta } = entryAt(snapshot, row);
  if (Object.keys(meta).length === 0) return server;
  const said = own(server, '_meta');
  const others = isObject(said) ? said : {};
  // A value that would be mistaken for ours is restored unchanged.
  const was = said !== undefined && Object.keys(others).length === 0 ? { was: said } : {};
  return { ...server, _meta: { ...others, [CARRIED_META]: { meta, ...was } } };
}
