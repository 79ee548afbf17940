import { createHash } from 'node:crypto';
import { OFFICIAL_META } from '../entry/entry.ts';
import { asText, isObject, own, type JsonObject } from '../json.ts';
import { latestIndex } from '../entry/latest.ts';
import type { MergedEntry } from '../build/merge.ts';
import { statusOf } from '../entry/status.ts';
import { parseTime } from '../time.ts';
import {
  align,
  CONTENT_HASH_BYTES,
  FLAG_DELETED,
  FLAG_LATEST,
  MAGIC,
  SECTIONS,
  type SectionName,
  type SnapshotHeader,
  type SnapshotSource,
} from './layout.ts';
import type { Snapshot } from './open.ts';
import { findVersion } from './query.ts';

/** What a snapshot is made of. */
export interface SnapshotInput {
  readonly registry: { readonly name: string; readonly namespace: string };
  readonly entries: readonly MergedEntry[];
  readonly sources: readonly Omit<SnapshotSource, 'serverCount'>[];
  /** What was served before: entries keep their first-seen and last-changed times. */
  readonly previous?: Snapshot | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface Row {
  readonly source: string;
  readonly name: Buffer;
  readonly version: Buffer;
  readonly versionText: string;
  readonly server: JsonObject;
  readonly meta: JsonObject;
  readonly official: JsonObject;
  readonly contentHash: Buffer;
  readonly publishedAt: number;
  readonly updatedAt: number;
  readonly status: string;
  readonly deleted: boolean;
  latest: boolean;
}

/** Encodes the entries once, so that answering a request is copying bytes. The result owns its memory and may be transferred. */
export function encodeSnapshot(input: SnapshotInput): Uint8Array<ArrayBuffer> {
  const rows = input.entries.map((merged) => toRow(merged, input.previous, input.now));
  rows.sort((a, b) => Buffer.compare(a.name, b.name) || Buffer.compare(a.version, b.version));
  markLatest(rows);

  const body = new Column();
  const names = new Column();
  const versions = new Column();
  const search = new Column();
  const publishedAt = new Float64Array(rows.length);
  const updatedAt = new Float64Array(rows.length);
  const flags = new Uint8Array(rows.length);
  const contentHashes = Buffer.alloc(rows.length * CONTENT_HASH_BYTES);
  for (const [index, row] of rows.entries()) {
    body.add(Buffer.from(`${itemJson(row)},`));
    names.add(row.name);
    versions.add(row.version);
    search.add(Buffer.from(searchText(row)));
    publishedAt[index] = row.publishedAt;
    updatedAt[index] = row.updatedAt;
    flags[index] = (row.latest ? FLAG_LATEST : 0) | (row.deleted ? FLAG_DELETED : 0);
    row.contentHash.copy(contentHashes, index * CONTENT_HASH_BYTES);
  }
  const sections: Record<SectionName, Uint8Array> = {
    body: body.bytes(),
    bodyOffsets: body.offsets(),
    names: names.bytes(),
    nameOffsets: names.offsets(),
    versions: versions.bytes(),
    versionOffsets: versions.offsets(),
    search: search.bytes(),
    searchOffsets: search.offsets(),
    publishedAt: bytesOf(publishedAt),
    updatedAt: bytesOf(updatedAt),
    flags,
    contentHashes,
  };
  const served = rows.filter((row) => row.latest && !row.deleted);
  return assemble(sections, {
    registry: input.registry,
    createdAt: new Date(input.now).toISOString(),
    entryCount: rows.length,
    serverCount: served.length,
    sources: input.sources.map((source) => ({ ...source, serverCount: served.filter((row) => row.source === source.name).length })),
  });
}

function toRow({ source, entry }: MergedEntry, previous: Snapshot | undefined, now: number): Row {
  const given = own(entry.meta, OFFICIAL_META);
  const official = isObject(given) ? given : {};
  const contentHash = createHash('sha256')
    .update(JSON.stringify([entry.server, entry.meta]))
    .digest()
    .subarray(0, CONTENT_HASH_BYTES);
  const known = previous === undefined ? -1 : findVersion(previous, entry.name, entry.version);
  const same = known >= 0 && previous?.contentHash(known).equals(contentHash) === true;
  const firstSeen = known >= 0 ? (previous?.publishedAt[known] ?? now) : now;
  const publishedAt = time(own(official, 'publishedAt')) ?? firstSeen;
  const status = statusOf(entry.server, official);
  return {
    source,
    name: Buffer.from(entry.name),
    version: Buffer.from(entry.version),
    versionText: entry.version,
    server: entry.server,
    meta: entry.meta,
    official,
    contentHash,
    publishedAt,
    updatedAt: time(own(official, 'updatedAt')) ?? (same ? (previous?.updatedAt[known] ?? now) : now),
    status,
    deleted: status === 'deleted',
    latest: false,
  };
}

function time(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parsed = parseTime(value) ?? Date.parse(value);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** Rows of one name stand together, since they are sorted. */
function markLatest(rows: Row[]): void {
  for (let start = 0; start < rows.length;) {
    let end = start + 1;
    while (end < rows.length && rows[end]?.name.equals(rows[start]?.name ?? Buffer.alloc(0)) === true) end += 1;
    const group = rows.slice(start, end);
    const best = group[latestIndex(group.map((row) => ({ version: row.versionText, publishedAt: row.publishedAt, deleted: row.deleted })))];
    if (best !== undefined) best.latest = true;
    start = end;
  }
}

/** The item of the official API: server.json, and beside it `_meta` with the official object complete. */
function itemJson(row: Row): string {
  const publishedAt = asText(own(row.official, 'publishedAt')) ?? new Date(row.publishedAt).toISOString();
  const official = {
    ...row.official,
    status: row.status,
    statusChangedAt: asText(own(row.official, 'statusChangedAt')) ?? publishedAt,
    publishedAt,
    updatedAt: asText(own(row.official, 'updatedAt')) ?? new Date(row.updatedAt).toISOString(),
    isLatest: row.latest,
  };
  return JSON.stringify({ server: row.server, _meta: { ...row.meta, [OFFICIAL_META]: official } });
}

function searchText(row: Row): string {
  const texts = [row.name.toString(), asText(own(row.server, 'title')), asText(own(row.server, 'description'))];
  return `${texts
    .filter((text) => text !== undefined)
    .join('\t')
    .toLowerCase()
    .replaceAll('\n', ' ')}\n`;
}

/** Values of changing length, one after the other, with their offsets. */
class Column {
  readonly #chunks: Buffer[] = [];
  readonly #ends: number[] = [0];
  #length = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    this.#ends.push(this.#length);
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks, this.#length);
  }

  offsets(): Uint8Array {
    return bytesOf(Uint32Array.from(this.#ends));
  }
}

function bytesOf(array: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function assemble(sections: Record<SectionName, Uint8Array>, facts: Omit<SnapshotHeader, 'hash' | 'sections'>): Uint8Array<ArrayBuffer> {
  const hash = createHash('sha256');
  for (const name of SECTIONS) hash.update(sections[name]);
  const digest = hash.digest('hex');
  // Offsets are counted from the end of the header, whose length does not depend on itself then.
  let offset = 0;
  const places = {} as Record<SectionName, { offset: number; length: number }>;
  for (const name of SECTIONS) {
    places[name] = { offset, length: sections[name].byteLength };
    offset = align(offset + sections[name].byteLength);
  }
  const header: SnapshotHeader = { ...facts, hash: digest, sections: places };
  const headerBytes = Buffer.from(JSON.stringify(header));
  const start = align(MAGIC.length + 4 + headerBytes.length);
  const block = new Uint8Array(start + offset);
  const view = Buffer.from(block.buffer);
  view.write(MAGIC, 'latin1');
  view.writeUInt32LE(headerBytes.length, MAGIC.length);
  block.set(headerBytes, MAGIC.length + 4);
  for (const name of SECTIONS) block.set(sections[name], start + places[name].offset);
  return block;
}
