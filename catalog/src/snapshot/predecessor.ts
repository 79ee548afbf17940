import { isServerKey } from '../entry/kind.ts';
import { CONTENT_HASH_BYTES, FLAG_DELETED } from './layout.ts';
import { findVersion, isSameVersion, nameAt, versionAt, type RowKeys } from './lookup.ts';

/** How a catalog differs from the previous one. The numbers count versions that are not deleted. */
export interface Changes {
  readonly added: number;
  /** The source's data for them differ. */
  readonly changed: number;
  readonly removed: number;
}

/** The same, with the rows that are gone. */
export interface Comparison extends Changes {
  /** Rows of the previous catalog, including deleted ones, that the new one does not have at all; in order. */
  readonly gone: readonly number[];
}

/** A catalog that can be compared with the previous one. */
export interface Successor {
  comparedFrom(previous: RememberedRows): Comparison;
}

/** What a build asks the previous snapshot. */
export interface Predecessor {
  /** The record of a version; undefined if there was none. */
  rowFacts(name: string, version: string): RowFacts | undefined;
  /** Whether a row of another catalog has the same record. */
  remembers(other: RememberedRows, position: number): boolean;
  /** How another catalog differs from it. */
  comparedTo(next: Successor): Comparison;
  /** Names of the servers that are served from a source, sorted by their bytes; undefined for an unknown source. */
  serversOf(source: string): string[] | undefined;
}

/** What a build carries over for a version. Times are milliseconds since 1970, microseconds as the fraction. */
export interface RowFacts {
  readonly publishedAt: number;
  readonly updatedAt: number;
  /** 32 hexadecimal digits: equal if the source's data for the entry are equal. */
  readonly contentHash: string;
}

/** The columns from which a predecessor answers. */
export interface RememberedRows extends RowKeys {
  readonly publishedAt: Float64Array;
  readonly updatedAt: Float64Array;
  readonly contentHashes: Buffer;
  readonly flags: Uint8Array;
  /** Index of each row's source in `sourceNames`. */
  readonly sources: Uint8Array;
  readonly sourceNames: readonly string[];
}

/**
 * A predecessor as plain arrays that own their memory: a worker thread gets them by structured clone or transfer. Without items and search text it is about 7 %
 * of the snapshot.
 */
export interface PredecessorData {
  readonly names: Uint8Array<ArrayBuffer>;
  readonly nameOffsets: Uint32Array<ArrayBuffer>;
  readonly versions: Uint8Array<ArrayBuffer>;
  readonly versionOffsets: Uint32Array<ArrayBuffer>;
  readonly publishedAt: Float64Array<ArrayBuffer>;
  readonly updatedAt: Float64Array<ArrayBuffer>;
  readonly contentHashes: Uint8Array<ArrayBuffer>;
  readonly flags: Uint8Array<ArrayBuffer>;
  readonly sources: Uint8Array<ArrayBuffer>;
  readonly sourceNames: readonly string[];
}

/** Answers from data that another thread copied. */
export function openPredecessor(data: PredecessorData): Predecessor {
  const rows: RememberedRows = {
    ...data,
    names: bufferOf(data.names),
    versions: bufferOf(data.versions),
    contentHashes: bufferOf(data.contentHashes),
  };
  return {
    rowFacts: (name, version) => rowFactsOf(rows, name, version),
    remembers: (other, position) => remembers(rows, other, position),
    comparedTo: (next) => next.comparedFrom(rows),
    serversOf: (source) => serversOf(rows, source),
  };
}

/** Copies the rows out of shared memory: cloning a part of a block would clone all of it. */
export function copyRows(rows: RememberedRows): PredecessorData {
  return {
    names: new Uint8Array(rows.names),
    nameOffsets: new Uint32Array(rows.nameOffsets),
    versions: new Uint8Array(rows.versions),
    versionOffsets: new Uint32Array(rows.versionOffsets),
    publishedAt: new Float64Array(rows.publishedAt),
    updatedAt: new Float64Array(rows.updatedAt),
    contentHashes: new Uint8Array(rows.contentHashes),
    flags: new Uint8Array(rows.flags),
    sources: new Uint8Array(rows.sources),
    sourceNames: rows.sourceNames,
  };
}

/** The record of a version; undefined if it is not among the rows. */
export function rowFactsOf(rows: RememberedRows, name: string, version: string): RowFacts | undefined {
  const position = findVersion(rows, name, version);
  return position < 0 ? undefined : rowFactsAt(rows, position);
}

/** See {@link Predecessor}. Most rows keep their position, and then nothing is allocated. */
export function remembers(rows: RememberedRows, other: RememberedRows, at: number): boolean {
  const own = isSameVersion(rows, at, other, at) ? at : findVersion(rows, nameAt(other, at), versionAt(other, at));
  const hashAt = own * CONTENT_HASH_BYTES;
  const otherHashAt = at * CONTENT_HASH_BYTES;
  return (
    own >= 0 &&
    rows.publishedAt[own] === other.publishedAt[at] &&
    rows.updatedAt[own] === other.updatedAt[at] &&
    other.contentHashes.compare(rows.contentHashes, hashAt, hashAt + CONTENT_HASH_BYTES, otherHashAt, otherHashAt + CONTENT_HASH_BYTES) ===
      0
  );
}

/** The record of a row. */
export function rowFactsAt(rows: RememberedRows, position: number): RowFacts {
  return {
    publishedAt: rows.publishedAt[position] ?? 0,
    updatedAt: rows.updatedAt[position] ?? 0,
    contentHash: rows.contentHashes.toString('hex', position * CONTENT_HASH_BYTES, (position + 1) * CONTENT_HASH_BYTES),
  };
}

/** Names of one source with a version that is not deleted. */
export function serversOf(rows: RememberedRows, source: string): string[] | undefined {
  const wanted = rows.sourceNames.indexOf(source);
  if (wanted < 0) return undefined;
  const names: string[] = [];
  for (const [row, flags] of rows.flags.entries()) {
    if (rows.sources[row] !== wanted || (flags & FLAG_DELETED) !== 0) continue;
    const name = nameAt(rows, row);
    if (!isServerKey(name)) break;
    if (names.at(-1) !== name) names.push(name);
  }
  return names;
}

function bufferOf(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
