import { createHash } from 'node:crypto';
import { align, CONTENT_HASH_BYTES, FLAG_DELETED, FLAG_LATEST, MAGIC, SECTIONS, type SectionName, type SnapshotHeader } from './layout.ts';

/** A snapshot that can be asked. Immutable; see query.ts for the questions. */
export interface Snapshot {
  readonly header: SnapshotHeader;
  /** The block it was opened from, for the disk and for other replicas. */
  readonly block: Uint8Array<ArrayBuffer>;
  /** All items' JSON, a comma after each. */
  readonly body: Buffer;
  readonly bodyOffsets: Uint32Array;
  readonly search: Buffer;
  readonly searchOffsets: Uint32Array;
  readonly publishedAt: Float64Array;
  readonly updatedAt: Float64Array;
  readonly flags: Uint8Array;
  /** Positions that a list shows, in order: all versions that are not deleted; the latest of each name; everything. */
  readonly views: { readonly active: Uint32Array; readonly latest: Uint32Array; readonly all: Uint32Array };
  name(position: number): Buffer;
  version(position: number): Buffer;
  contentHash(position: number): Buffer;
}

/** A block that is not a whole, undamaged snapshot. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/**
 * Opens a block that {@link encodeSnapshot} made. With `verify` the sections are checked against the header's hash, as one does with
 * a block that comes from disk or from elsewhere. Throws {@link SnapshotError}.
 */
export function openSnapshot(source: Uint8Array<ArrayBuffer>, options: { readonly verify: boolean }): Snapshot {
  // Typed arrays want aligned memory of their own, a Buffer from a pool has neither.
  const block = source.byteOffset === 0 ? source : new Uint8Array(source);
  const bytes = Buffer.from(block.buffer, 0, block.byteLength);
  const { header, start } = readHeader(bytes);
  const section = (name: SectionName): Buffer => {
    const { offset, length } = header.sections[name];
    if (start + offset + length > bytes.length) throw new SnapshotError(`the snapshot is cut off in section ${name}`);
    return bytes.subarray(start + offset, start + offset + length);
  };
  if (options.verify) {
    const hash = createHash('sha256');
    for (const name of SECTIONS) hash.update(section(name));
    if (hash.digest('hex') !== header.hash) throw new SnapshotError('the snapshot does not match its hash: it is damaged');
  }
  const names = section('names');
  const nameOffsets = numbers(section('nameOffsets'), header.entryCount + 1);
  const versions = section('versions');
  const versionOffsets = numbers(section('versionOffsets'), header.entryCount + 1);
  const contentHashes = section('contentHashes');
  const flags = section('flags');
  return {
    header,
    block,
    body: section('body'),
    bodyOffsets: numbers(section('bodyOffsets'), header.entryCount + 1),
    search: section('search'),
    searchOffsets: numbers(section('searchOffsets'), header.entryCount + 1),
    publishedAt: floats(section('publishedAt'), header.entryCount),
    updatedAt: floats(section('updatedAt'), header.entryCount),
    flags,
    views: viewsOf(flags),
    name: (position) => names.subarray(nameOffsets[position], nameOffsets[position + 1]),
    version: (position) => versions.subarray(versionOffsets[position], versionOffsets[position + 1]),
    contentHash: (position) => contentHashes.subarray(position * CONTENT_HASH_BYTES, (position + 1) * CONTENT_HASH_BYTES),
  };
}

function readHeader(bytes: Buffer): { header: SnapshotHeader; start: number } {
  if (bytes.length < MAGIC.length + 4 || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new SnapshotError('not a snapshot of this version');
  }
  const length = bytes.readUInt32LE(MAGIC.length);
  const end = MAGIC.length + 4 + length;
  if (end > bytes.length) throw new SnapshotError('the snapshot is cut off in its header');
  try {
    return { header: JSON.parse(bytes.toString('utf8', MAGIC.length + 4, end)) as SnapshotHeader, start: align(end) };
  } catch (cause) {
    throw new SnapshotError("the snapshot's header is damaged", { cause });
  }
}

function numbers(section: Buffer, count: number): Uint32Array {
  if (section.length !== count * 4) throw new SnapshotError('the snapshot has sections of different lengths');
  return new Uint32Array(section.buffer, section.byteOffset, count);
}

function floats(section: Buffer, count: number): Float64Array {
  if (section.length !== count * 8) throw new SnapshotError('the snapshot has sections of different lengths');
  return new Float64Array(section.buffer, section.byteOffset, count);
}

function viewsOf(flags: Uint8Array): Snapshot['views'] {
  const all = Uint32Array.from(flags, (_, position) => position);
  const active = all.filter((position) => ((flags[position] ?? 0) & FLAG_DELETED) === 0);
  const latest = active.filter((position) => ((flags[position] ?? 0) & FLAG_LATEST) !== 0);
  return { all, active, latest };
}
