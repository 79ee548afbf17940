import { entryOfItem, KEY_NAMESPACE, serverOfItem, statusOf, toolhiveView, type JsonObject, type Snapshot } from '../catalog.ts';
import type { Pause } from '../views/derived.ts';
import { groupsOf, type GroupView } from '../views/groups.ts';
import { fileFacts } from '../views/facts.ts';

/** The forms in which a whole catalog is written: ToolHive's file of today, and the one before February 2026. */
export const FILE_FORMATS = ['upstream', 'toolhive'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

const SCHEMAS: Readonly<Record<FileFormat, string>> = {
  upstream: 'https://raw.githubusercontent.com/stacklok/toolhive-core/main/registry/types/data/upstream-registry.schema.json',
  toolhive: 'https://raw.githubusercontent.com/stacklok/toolhive/main/pkg/registry/data/schema.json',
};

/** Writes the latest version of every server of a snapshot, with skills, plugins and groups as far as the form has them. */
export function writeCatalog(snapshot: Snapshot, format: FileFormat, pause: Pause): AsyncGenerator<Buffer, void, undefined> {
  return format === 'upstream' ? writeUpstream(snapshot, pause) : writeToolhive(snapshot, pause);
}

async function* writeUpstream(snapshot: Snapshot, pause: Pause): AsyncGenerator<Buffer, void, undefined> {
  const { version, lastUpdated } = fileFacts(snapshot);
  const head = JSON.stringify({ $schema: SCHEMAS.upstream, version, meta: { last_updated: lastUpdated } }).slice(0, -1);
  const server = (row: number): Buffer => withStatus(serverOfItem(snapshot.itemAt(row)), snapshot.labelsAt(row));
  yield Buffer.from(`${head},"data":{"servers":[`);
  yield* listed(snapshot.rowsOf({ version: 'latest' }), server, pause);
  yield Buffer.from(']');
  for (const kind of ['skill', 'plugin'] as const) {
    const rows = snapshot.rowsOf({ kind, version: 'latest' });
    if (rows.length === 0) continue;
    yield Buffer.from(`,"${kind}s":[`);
    yield* listed(rows, (row) => snapshot.itemAt(row), pause);
    yield Buffer.from(']');
  }
  const groups = groupsOf(snapshot);
  for (const [index, { name, description = name, rows }] of groups.entries()) {
    yield Buffer.from(`${index === 0 ? ',"groups":[' : ','}${JSON.stringify({ name, description }).slice(0, -1)},"servers":[`);
    yield* listed(rows, server, pause);
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

async function* listed(rows: readonly number[], textOf: (row: number) => Buffer, pause: Pause): AsyncGenerator<Buffer, void, undefined> {
  for (const [index, row] of rows.entries()) {
    if (index > 0) yield COMMA;
    yield textOf(row);
    await pause();
  }
}

const COMMA = Buffer.from(',');

/** In this form servers stand by their keys in two sections, in the file or in a group. What has neither an image nor a remote has no place in it. */
async function* writeToolhive(snapshot: Snapshot, pause: Pause): AsyncGenerator<Buffer, void, undefined> {
  const { version, lastUpdated } = fileFacts(snapshot);
  const all = snapshot.rowsOf({ version: 'latest' });
  const groups = groupsOf(snapshot);
  const keys = keysOf(snapshot, all);
  const head = JSON.stringify({ $schema: SCHEMAS.toolhive, version, last_updated: lastUpdated }).slice(0, -1);
  yield Buffer.from(`${head},`);
  yield* sections(all, undefined);
  yield Buffer.from(',"groups":[');
  for (const [index, { name, description = name, rows }] of groups.entries()) {
    yield Buffer.from(`${index === 0 ? '' : ','}${JSON.stringify({ name, description }).slice(0, -1)},`);
    yield* sections(rows, groups[index]);
    yield Buffer.from('}');
  }
  yield Buffer.from(']}\n');

  async function* sections(rows: readonly number[], group: GroupView | undefined): AsyncGenerator<Buffer, void, undefined> {
    for (const kind of ['server', 'remote_server'] as const) {
      yield Buffer.from(`${kind === 'server' ? '' : ','}"${kind}s":{`);
      let count = 0;
      for (const row of rows) {
        await pause();
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
function named(value: ToolhiveValue, key: string, name: string): ToolhiveValue {
  return name === `${KEY_NAMESPACE}/${key}` || value['name'] === name ? value : { name, ...value };
}

type ToolhiveValue = NonNullable<ReturnType<typeof toolhiveView>['written']>['value'];

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
