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
import type { RowKeys } from './lookup.ts';
import type { RememberedRows } from './predecessor.ts';

/** The sections of a block as arrays over its memory. Row i of one belongs to row i of every other. */
export interface Columns extends RowKeys, RememberedRows {
  readonly header: SnapshotHeader;
  readonly block: Uint8Array<ArrayBuffer>;
  /** All items' JSON, a comma after each. */
  readonly body: Buffer;
  readonly bodyOffsets: Uint32Array;
  readonly search: Buffer;
  readonly searchOffsets: Uint32Array;
  /** JSON of findings, a comma after each. */
  readonly findings: Buffer;
  readonly findingOffsets: Uint32Array;
  readonly findingSources: Uint8Array;
  /** Positions that a list shows, in order: all versions that are not deleted; the latest of each name; everything. */
  readonly views: { readonly active: Uint32Array; readonly latest: Uint32Array; readonly all: Uint32Array };
}

/** A block that is not a whole, undamaged snapshot. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/** Finds the sections of a block; with `verify` their hash is checked. Throws {@link SnapshotError}. */
export function readColumns(source: Uint8Array<ArrayBuffer>, options: { readonly verify: boolean }): Columns {
  // Typed arrays want aligned memory of their own, a Buffer from a pool has neither.
  const block = source.byteOffset === 0 ? source : new Uint8Array(source);
  const bytes = Buffer.from(block.buffer, 0, block.byteLength);
  const { header, start } = headerAndStart(bytes);
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
  const rows = header.entryCount;
  const flags = sized(section('flags'), rows);
  let views: Columns['views'] | undefined;
  return {
    header,
    block,
    body: section('body'),
    bodyOffsets: numbers(section('bodyOffsets'), rows + 1),
    names: section('names'),
    nameOffsets: numbers(section('nameOffsets'), rows + 1),
    versions: section('versions'),
    versionOffsets: numbers(section('versionOffsets'), rows + 1),
    search: section('search'),
    searchOffsets: numbers(section('searchOffsets'), rows + 1),
    publishedAt: floats(section('publishedAt'), rows),
    updatedAt: floats(section('updatedAt'), rows),
    contentHashes: sized(section('contentHashes'), rows * CONTENT_HASH_BYTES),
    flags,
    sources: sized(section('sources'), rows),
    sourceNames: header.sources.map(({ name }) => name),
    findings: section('findings'),
    findingOffsets: numbers(section('findingOffsets'), header.findings.count + 1),
    findingSources: sized(section('findingSources'), header.findings.count),
    // Only what is served needs them; a build opens several snapshots.
    get views() {
      views ??= viewsOf(flags);
      return views;
    },
  };
}

/** The header of a block, of which the first bytes suffice. Throws {@link SnapshotError}. */
export function readHeader(bytes: Buffer): SnapshotHeader {
  return headerAndStart(bytes).header;
}

function headerAndStart(bytes: Buffer): { header: SnapshotHeader; start: number } {
  if (bytes.length < HEADER_START || bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) {
    throw new SnapshotError('not a snapshot of this version');
  }
  const end = HEADER_START + bytes.readUInt32LE(MAGIC.length);
  if (end > bytes.length) throw new SnapshotError('the snapshot is cut off in its header');
  try {
    return { header: JSON.parse(bytes.toString('utf8', HEADER_START, end)) as SnapshotHeader, start: align(end) };
  } catch (cause) {
    throw new SnapshotError("the snapshot's header is damaged", { cause });
  }
}

function sized(section: Buffer, length: number): Buffer {
  if (section.length !== length) throw new SnapshotError('the snapshot has sections of different lengths');
  return section;
}

function numbers(section: Buffer, count: number): Uint32Array {
  return new Uint32Array(section.buffer, sized(section, count * 4).byteOffset, count);
}

function floats(section: Buffer, count: number): Float64Array {
  return new Float64Array(section.buffer, sized(section, count * 8).byteOffset, count);
}

/** In one loop: it is done where requests are answered. */
function viewsOf(flags: Uint8Array): Columns['views'] {
  const all = new Uint32Array(flags.length);
  const active = new Uint32Array(flags.length);
  const latest = new Uint32Array(flags.length);
  let [activeCount, latestCount] = [0, 0];
  for (let position = 0; position < flags.length; position += 1) {
    const flag = flags[position] ?? 0;
    all[position] = position;
    if ((flag & FLAG_DELETED) !== 0) continue;
    active[activeCount] = position;
    activeCount += 1;
    if ((flag & FLAG_LATEST) === 0) continue;
    latest[latestCount] = position;
    latestCount += 1;
  }
  return { all, active: active.slice(0, activeCount), latest: latest.slice(0, latestCount) };
}
