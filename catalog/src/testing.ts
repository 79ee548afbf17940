import { readFileSync } from 'node:fs';
import { encodeSource } from './build/encode-source.ts';
import { mergeSnapshots } from './build/merge.ts';
import { readSource, type ReadContext, type SourceDraft } from './build/read-source.ts';
import type { CatalogEntry } from './entry/entry.ts';
import { compileFilter, type FilterRules } from './entry/filter.ts';
import type { JsonObject } from './json.ts';
import { decodeCursor, encodeCursor } from './snapshot/cursor.ts';
import type { ListQuery } from './snapshot/list.ts';
import type { SnapshotRow } from './snapshot/runs.ts';
import type { Predecessor } from './snapshot/predecessor.ts';
import { openSnapshot, type ItemPage, type Snapshot } from './snapshot/snapshot.ts';

/** For tests: the fields of an item of the official API that are examined. */
export interface Item {
  readonly server: { readonly name: string; readonly version: string; readonly title?: string; readonly description?: string };
  readonly _meta: { readonly 'io.modelcontextprotocol.registry/official': Record<string, unknown> };
}

/** For tests: the real catalogs below testdata/, in all their formats. */
export const REAL_CATALOGS: readonly string[] = [
  'toolhive-legacy-2025-10-22.json',
  'toolhive-catalog-2026-08-24.json',
  'trs-example-upstream-registry.json',
  'official-registry-dump-2026-02-06.json',
  'mcp-registry-seed-2025-09-29.json',
  'mcp-registry-seed-2025-08-06.json',
  'docker/custom.yaml',
  'docker/legacy.yaml',
  'docker/remote.yaml',
];

/** For tests: the bytes of a real catalog below testdata/. */
export function testdata(name: string): Buffer {
  return readFileSync(new URL(`../testdata/${name}`, import.meta.url));
}

/** For tests: a value as the bytes of a JSON file. */
export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** For tests: a server.json with the given name and fields. */
export function serverJson(name: string, fields: JsonObject = {}): JsonObject {
  return { name, description: `What ${name} does`, version: '1.0.0', ...fields };
}

/** For tests: an item of the official API with the given official `_meta`. */
export function listItem(name: string, version: string, official: JsonObject = {}): JsonObject {
  return { server: serverJson(name, { version }), _meta: { 'io.modelcontextprotocol.registry/official': official } };
}

/** For tests: an entry with tags in ToolHive's extension. */
export function entry(name: string, tags?: readonly string[], alias?: string): CatalogEntry {
  const extension: JsonObject = tags === undefined ? {} : { tags: [...tags] };
  const _meta = { 'io.modelcontextprotocol.registry/publisher-provided': { 'io.github.stacklok': { [`img/${name}`]: extension } } };
  return {
    kind: 'server',
    name,
    version: '1.0.0',
    server: serverJson(name, { _meta }),
    meta: {},
    ...(alias === undefined ? {} : { alias }),
  };
}

/** For tests: a source that was read from one catalog, and can be read again at another time. */
export interface TestDraft extends SourceDraft {
  again(context: ReadContext): SourceDraft;
}

/** For tests: a source that was read from one catalog. */
export function draft(name: string, bytes: Uint8Array, ...filters: readonly FilterRules[]): TestDraft {
  const again = (context: ReadContext): SourceDraft =>
    readSource({ name, format: 'auto', filters: filters.map(compileFilter) }, { bytes }, context);
  return { ...again({ now: 0 }), again };
}

/** For tests: the snapshot of one source. */
export function snapshotFrom(draft: SourceDraft): Snapshot {
  const registry = { name: 'test', namespace: 'default' };
  return openSnapshot(encodeSource({ registry, draft, rules: '', now: 0 }).block, { verify: true });
}

/** For tests: the snapshot of some sources. */
export function snapshotOf(drafts: readonly TestDraft[], previous?: Predecessor, now = Date.UTC(2026, 0, 1)): Snapshot {
  const registry = { name: 'test', namespace: 'default' };
  const sources = drafts.map((draft) =>
    openSnapshot(encodeSource({ registry, draft: draft.again({ previous, now }), rules: '', now }).block, { verify: true }),
  );
  return openSnapshot(mergeSnapshots({ registry, sources, now }), { verify: true });
}

/** For tests: the rows of a snapshot that the next one does not have. */
export function rowsGone(previous: Snapshot, next: Snapshot): SnapshotRow[] {
  return previous.comparedTo(next).gone.map((row) => previous.rowAt(row));
}

/** For tests: the items of a page, parsed. */
export function itemsOf(page: ItemPage): Item[] {
  return JSON.parse(`[${Buffer.concat(page.items).toString()}]`) as Item[];
}

/** For tests: the items of all pages of a list, following cursors as a client does. */
export function walkItems(snapshot: Snapshot, query: Omit<ListQuery, 'after'>): Item[] {
  const seen: Item[] = [];
  let after: ListQuery['after'];
  do {
    const page = snapshot.list({ ...query, after });
    const items = itemsOf(page);
    if (items.length > query.limit || items.length !== page.count) throw new Error(`a page of ${query.limit} has ${items.length} items`);
    seen.push(...items);
    after = page.next === undefined ? undefined : decodeCursor(encodeCursor(page.next));
  } while (after !== undefined);
  return seen;
}

/** For tests: the same as `name@version`. */
export function walk(snapshot: Snapshot, query: Omit<ListQuery, 'after'>): string[] {
  return walkItems(snapshot, query).map(labelOf);
}

/** For tests: `name@version` of an item. */
export function labelOf({ server }: Item): string {
  return `${server.name}@${server.version}`;
}
