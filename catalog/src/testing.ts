import { readFileSync } from 'node:fs';
import { buildSnapshot, type SourceInput } from './build/build.ts';
import type { CatalogEntry } from './entry/entry.ts';
import type { JsonObject } from './json.ts';
import { openSnapshot, type Snapshot } from './snapshot/open.ts';

/** For tests: the bytes of a real catalogue below testdata/. */
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

/** For tests: an entry with tags in ToolHive's extension. */
export function entry(name: string, tags?: readonly string[], alias?: string): CatalogEntry {
  const extension: JsonObject = tags === undefined ? {} : { tags: [...tags] };
  const _meta = { 'io.modelcontextprotocol.registry/publisher-provided': { 'io.github.stacklok': { [`img/${name}`]: extension } } };
  return { name, version: '1.0.0', server: serverJson(name, { _meta }), meta: {}, ...(alias === undefined ? {} : { alias }) };
}

/** For tests: a source that holds one catalogue. */
export function source(name: string, ...candidates: Uint8Array[]): SourceInput {
  return { name, format: 'auto', validation: 'lenient', candidates: candidates.map((bytes, index) => ({ bytes, fallback: index > 0 })) };
}

/** For tests: the snapshot of some sources. */
export function snapshotOf(sources: readonly SourceInput[], previous?: Snapshot, now = Date.UTC(2026, 0, 1)): Snapshot {
  const { block } = buildSnapshot({ registry: { name: 'test', namespace: 'default' }, sources, previous, now });
  if (block === undefined) throw new Error('no source was usable');
  return openSnapshot(block, { verify: true });
}
