import { statusOf } from '../entry/status.ts';
import type { JsonObject } from '../json.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { fileFacts } from '../views/facts.ts';
import { groupsOf } from '../views/groups.ts';
import { serverOfItem } from '../views/toolhive.ts';

/** Where the schema of the form is (stacklok/toolhive-core, registry/types/data). */
const SCHEMA = 'https://raw.githubusercontent.com/stacklok/toolhive-core/main/registry/types/data/upstream-registry.schema.json';

/** ToolHive's file of today: `{version, meta, data: {servers, skills, plugins, groups}}`. */
export function* upstreamFile(snapshot: Snapshot): Generator<Buffer, void, undefined> {
  const { version, lastUpdated } = fileFacts(snapshot);
  const head = JSON.stringify({ $schema: SCHEMA, version, meta: { last_updated: lastUpdated } }).slice(0, -1);
  const server = (row: number): Buffer => withStatus(serverOfItem(snapshot.itemAt(row)), snapshot.labelsAt(row));
  yield Buffer.from(`${head},"data":{"servers":[`);
  yield* listed(snapshot.rowsOf({ version: 'latest' }), server);
  yield Buffer.from(']');
  for (const kind of ['skill', 'plugin'] as const) {
    const rows = snapshot.rowsOf({ kind, version: 'latest' });
    if (rows.length === 0) continue;
    yield Buffer.from(`,"${kind}s":[`);
    yield* listed(rows, (row) => snapshot.itemAt(row));
    yield Buffer.from(']');
  }
  const groups = groupsOf(snapshot);
  for (const [index, { name, description = name, rows }] of groups.entries()) {
    yield Buffer.from(`${index === 0 ? ',"groups":[' : ','}${JSON.stringify({ name, description }).slice(0, -1)},"servers":[`);
    yield* listed(rows, server);
    yield Buffer.from(index === groups.length - 1 ? ']}]' : ']}');
  }
  yield Buffer.from('}}\n');
}

const DEPRECATED = Buffer.from('{"status":"deprecated",');

/**
 * The form has no place for what a registry says of a server. That it is deprecated is not to be lost: server.json had a `status` until September
 * 2025, and readers of ours look there. What stands in the document itself wins when it is read.
 */
function withStatus(server: Buffer, labels: readonly string[]): Buffer {
  if (!labels.includes('status:deprecated')) return server;
  const document = JSON.parse(server.toString()) as JsonObject;
  return statusOf(document, {}) === 'deprecated' || Object.hasOwn(document, 'status')
    ? server
    : Buffer.concat([DEPRECATED, server.subarray(1)]);
}

const COMMA = Buffer.from(',');

function* listed(rows: readonly number[], textOf: (row: number) => Buffer): Generator<Buffer, void, undefined> {
  for (const [index, row] of rows.entries()) {
    if (index > 0) yield COMMA;
    yield textOf(row);
  }
}
