import { createHash } from 'node:crypto';
import {
  align,
  CONTENT_HASH_BYTES,
  FLAG_DELETED,
  FLAG_LATEST,
  HEADER_START,
  MAGIC,
  SECTIONS,
  type SectionName,
  type SnapshotHeader,
} from './layout.ts';

/** One row as it is stored. */
export interface SnapshotRow {
  readonly name: string;
  readonly version: string;
  /** The finished JSON that requests are answered with. */
  readonly item: string;
  /** What `search` looks at, in one line. */
  readonly searchText: string;
  /** Milliseconds since 1970, microseconds as the fraction; so is `updatedAt`. */
  readonly publishedAt: number;
  readonly updatedAt: number;
  /** 32 hexadecimal digits. */
  readonly contentHash: string;
  readonly latest: boolean;
  readonly deleted: boolean;
}

/** One row as bytes: of a row that was just made, or pieces of another block's memory. */
export interface RowBytes {
  readonly name: Buffer;
  readonly version: Buffer;
  /** The item's JSON with the comma behind it. */
  readonly item: Buffer;
  /** The search text with the line feed behind it. */
  readonly searchText: Buffer;
  readonly publishedAt: number;
  readonly updatedAt: number;
  readonly contentHash: Buffer;
  /** Bits of {@link FLAG_LATEST} and {@link FLAG_DELETED}. */
  readonly flags: number;
}

/** The bytes of a row. Throws an Error for a content hash of another length. */
export function rowBytes(row: SnapshotRow): RowBytes {
  return {
    name: Buffer.from(row.name),
    version: Buffer.from(row.version),
    item: Buffer.from(`${row.item},`),
    searchText: Buffer.from(`${row.searchText}\n`),
    publishedAt: row.publishedAt,
    updatedAt: row.updatedAt,
    contentHash: hashBytes(row.contentHash),
    flags: (row.latest ? FLAG_LATEST : 0) | (row.deleted ? FLAG_DELETED : 0),
  };
}

/** The header, without what encoding works out. */
export type SnapshotFacts = Omit<SnapshotHeader, 'hash' | 'entryCount' | 'sections'>;

/** The bytes of one section, in pieces. */
type Section = readonly Uint8Array[];

/**
 * Encodes rows once, so that answering a request is copying bytes. They must come sorted by the bytes of name, then version, each
 * once; an Error is thrown otherwise, since no question could be answered. The result owns its memory and may be transferred.
 */
export function encodeSnapshot(facts: SnapshotFacts, rows: Iterable<RowBytes>): Uint8Array<ArrayBuffer> {
  const { sections, entryCount } = sectionsOf(rows);
  let offset = 0;
  const places = {} as Record<SectionName, { offset: number; length: number }>;
  for (const name of SECTIONS) {
    const length = sections[name].reduce((sum, piece) => sum + piece.byteLength, 0);
    places[name] = { offset, length };
    offset = align(offset + length);
  }
  const { registry, createdAt, serverCount, sources } = facts;
  const headerWith = (hash: string): Buffer =>
    Buffer.from(JSON.stringify({ registry, createdAt, entryCount, serverCount, sources, hash, sections: places } satisfies SnapshotHeader));
  // Every hash has the same length, so the place of the sections is known before it is.
  const headerLength = headerWith('0'.repeat(64)).length;
  const start = align(HEADER_START + headerLength);
  const block = new Uint8Array(start + offset);
  const hash = createHash('sha256');
  for (const name of SECTIONS) {
    let end = start + places[name].offset;
    for (const piece of sections[name]) {
      block.set(piece, end);
      end += piece.byteLength;
    }
    hash.update(block.subarray(start + places[name].offset, end));
  }
  const bytes = Buffer.from(block.buffer);
  bytes.write(MAGIC, 'latin1');
  bytes.writeUInt32LE(headerLength, MAGIC.length);
  headerWith(hash.digest('hex')).copy(bytes, HEADER_START);
  return block;
}

function sectionsOf(rows: Iterable<RowBytes>): { sections: Record<SectionName, Section>; entryCount: number } {
  const body = new TextColumn();
  const names = new TextColumn();
  const versions = new TextColumn();
  const search = new TextColumn();
  const publishedAt: number[] = [];
  const updatedAt: number[] = [];
  const flags: number[] = [];
  const contentHashes: Buffer[] = [];
  for (const row of rows) {
    checkOrder(names.last, versions.last, row);
    body.add(row.item);
    names.add(row.name);
    versions.add(row.version);
    search.add(row.searchText);
    publishedAt.push(row.publishedAt);
    updatedAt.push(row.updatedAt);
    flags.push(row.flags);
    contentHashes.push(row.contentHash);
  }
  const sections: Record<SectionName, Section> = {
    body: body.pieces,
    bodyOffsets: [body.offsets()],
    names: names.pieces,
    nameOffsets: [names.offsets()],
    versions: versions.pieces,
    versionOffsets: [versions.offsets()],
    search: search.pieces,
    searchOffsets: [search.offsets()],
    publishedAt: [bytesOf(Float64Array.from(publishedAt))],
    updatedAt: [bytesOf(Float64Array.from(updatedAt))],
    flags: [Uint8Array.from(flags)],
    contentHashes,
  };
  return { sections, entryCount: flags.length };
}

function checkOrder(nameBefore: Buffer | undefined, versionBefore: Buffer | undefined, { name, version }: RowBytes): void {
  if (nameBefore === undefined || versionBefore === undefined) return;
  const order = Buffer.compare(nameBefore, name) || Buffer.compare(versionBefore, version);
  if (order < 0) return;
  throw new Error(
    `row ${name.toString()} ${version.toString()} is ${order === 0 ? 'there twice' : 'out of order'}; sort rows and merge doubles first`,
  );
}

function hashBytes(digits: string): Buffer {
  const bytes = Buffer.from(digits, 'hex');
  if (bytes.length === CONTENT_HASH_BYTES) return bytes;
  throw new Error(`content hash "${digits}" has not ${CONTENT_HASH_BYTES * 2} hexadecimal digits`);
}

/** Values of changing length, one after the other, with their offsets. */
class TextColumn {
  readonly pieces: Buffer[] = [];
  readonly #ends: number[] = [0];
  #length = 0;

  get last(): Buffer | undefined {
    return this.pieces.at(-1);
  }

  add(piece: Buffer): void {
    this.pieces.push(piece);
    this.#length += piece.length;
    this.#ends.push(this.#length);
  }

  offsets(): Uint8Array {
    return bytesOf(Uint32Array.from(this.#ends));
  }
}

function bytesOf(array: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
