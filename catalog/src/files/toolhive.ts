import { KEY_NAMESPACE } from '../formats/toolhive/fields.ts';
import type { JsonObject } from '../json.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { fileFacts } from '../views/facts.ts';
import { groupsOf, type GroupView } from '../views/groups.ts';
import { entryOfItem, toolhiveView } from '../views/toolhive.ts';

/** Where the schema of the form is (stacklok/toolhive, pkg/registry/data). */
const SCHEMA = 'https://raw.githubusercontent.com/stacklok/toolhive/main/pkg/registry/data/schema.json';

/** ToolHive's file before February 2026: servers stand by their keys in two sections, in the file or in a group. What has neither an image nor a remote has no place in it. */
export function* toolhiveFile(snapshot: Snapshot): Generator<Buffer | undefined, void, undefined> {
  const { version, lastUpdated } = fileFacts(snapshot);
  const all = snapshot.rowsOf({ version: 'latest' });
  const groups = groupsOf(snapshot);
  const keys = keysOf(snapshot, all);
  const head = JSON.stringify({ $schema: SCHEMA, version, last_updated: lastUpdated }).slice(0, -1);
  yield Buffer.from(`${head},`);
  yield* sections(all, undefined);
  yield Buffer.from(',"groups":[');
  for (const [index, { name, description = name, rows }] of groups.entries()) {
    yield Buffer.from(`${index === 0 ? '' : ','}${JSON.stringify({ name, description }).slice(0, -1)},`);
    yield* sections(rows, groups[index]);
    yield Buffer.from('}');
  }
  yield Buffer.from(']}\n');

  function* sections(rows: readonly number[], group: GroupView | undefined): Generator<Buffer | undefined, void, undefined> {
    for (const kind of ['server', 'remote_server'] as const) {
      yield Buffer.from(`${kind === 'server' ? '' : ','}"${kind}s":{`);
      let count = 0;
      for (const row of rows) {
        yield undefined;
        const { name, version: of } = snapshot.keyAt(row);
        const { written } = toolhiveView(entryOfItem(name, of, snapshot.itemAt(row).toString()), name);
        // A server that its source has in a group only stands there only.
        if (written?.kind !== kind || (group === undefined && written.group !== undefined)) continue;
        const key = keys.get(row) ?? name;
        yield Buffer.from(`${count === 0 ? '' : ','}${JSON.stringify(key)}:${JSON.stringify(named(written.value, key, name))}`);
        count += 1;
      }
      yield Buffer.from('}');
    }
  }
}

/** A key without a slash stands for a name in ToolHive's namespace: any other name is written out, or it would be another server. */
function named(value: JsonObject, key: string, name: string): JsonObject {
  return name === `${KEY_NAMESPACE}/${key}` || value['name'] === name ? value : { name, ...value };
}

/** Short names as keys; servers that share one get their full name, in the characters that a key may have. */
function keysOf(snapshot: Snapshot, rows: readonly number[]): Map<number, string> {
  const named = rows.map((row) => {
    const { name } = snapshot.keyAt(row);
    return { row, name, short: name.slice(name.lastIndexOf('/') + 1) };
  });
  const shared = new Map<string, number>();
  for (const { short } of named) shared.set(short, (shared.get(short) ?? 0) + 1);
  return new Map(named.map(({ row, name, short }) => [row, shared.get(short) === 1 ? short : name.replace(/[^A-Za-z0-9-]+/g, '-')]));
}
