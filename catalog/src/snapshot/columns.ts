import { createHash } from 'node:crypto';
import { keyPrefix, MARK_BYTE, type EntryKind } from '../entry/kind.ts';
import {
  align,
  CONTENT_HASH_BYTES,
  FLAG_DELETED,
  FLAG_LATEST,
  HEADER_START,
  MAGIC,
  READ_MAGICS,
  SECTIONS,
  type SectionName,
  type SnapshotHeader,
} from './layout.ts';
import { rowWords, type WordIndex } from '../search/word-index.ts';
import { Ranker } from '../search/rank.ts';
import type { RowWords } from '../search/vocabulary.ts';
import { partitionPoint, type RowKeys } from './lookup.ts';
import type { RememberedRows } from './predecessor.ts';

/** The sections of a block as arrays over its memory. Row i of one section belongs to row i of every other. */
export interface Columns extends RowKeys, RememberedRows {
  readonly header: SnapshotHeader;
  readonly block: Uint8Array<ArrayBuffer>;
  /** Whether it has the current layout. */
  readonly isOfThisLayout: boolean;
  /** All items' JSON, a comma after each. */
  readonly body: Buffer;
  readonly bodyOffsets: Uint32Array;
  readonly search: Buffer;
  readonly searchOffsets: Uint32Array;
  readonly index: WordIndex;
  /** 1 for the latest versions of servers, for {@link Columns.ranker}. */
  readonly latestServers: Uint8Array;
  /** Answers ranked questions; created on first use. */
  readonly ranker: Ranker;
  /** The words of all rows, derived from the index on first use: a build copies them. */
  readonly rowWords: RowWords & { readonly offsets: Uint32Array };
  /** The labels that occur, read on first use. */
  readonly labels: readonly string[];
  /** Indexes of labels by their text in lower case. */
  readonly labelIds: ReadonlyMap<string, readonly number[]>;
  /** Indexes of the labels of each row. */
  readonly rowLabels: Uint32Array;
  readonly rowLabelOffsets: Uint32Array;
  /** The files of entries, read on first use. */
  readonly files: readonly string[];
  /** For each row the 1-based index of its file; 0: none. Empty if no row has one. */
  readonly rowFiles: Uint32Array;
  /** JSON of findings, a comma after each. */
  readonly findings: Buffer;
  readonly findingOffsets: Uint32Array;
  readonly findingSources: Uint8Array;
  /** The list of a kind. */
  view(kind: EntryKind): View;
  /** Where the rows of servers end, and those of others begin. */
  readonly serverRows: number;
}

/** Positions of a kind in a list, in order: all versions that are not deleted; the latest of each name; everything. */
export interface View {
  readonly active: Uint32Array;
  readonly latest: Uint32Array;
  readonly all: Uint32Array;
}

/** Placeholder for a section that the previous layout does not have. */
const NO_SECTION = { offset: 0, length: 0 } as const;

/** A block that is not a complete, undamaged snapshot. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/** Locates the sections of a block; with `verify` their hash is checked. Throws {@link SnapshotError}. */
export function readColumns(source: Uint8Array<ArrayBuffer>, options: { readonly verify: boolean }): Columns {
  // Typed arrays need aligned, separate memory; a Buffer from a pool is neither.
  const block = source.byteOffset === 0 ? source : new Uint8Array(source);
  const bytes = Buffer.from(block.buffer, 0, block.byteLength);
  const { header, start, isOfThisLayout } = headerAndStart(bytes);
  const section = (name: SectionName): Buffer => {
    const { offset, length } = header.sections[name] ?? NO_SECTION;
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
  const names = section('names');
  const nameOffsets = numbers(section('nameOffsets'), rows + 1);
  const labelOffsets = section('labelOffsets');
  const rowLabelOffsets = numbers(section('rowLabelOffsets'), rows + 1);
  const fileOffsets = section('fileOffsets');
  const ranges = rangesOf({ names, nameOffsets }, rows);
  const views = new Map<EntryKind, View>();
  let labels: readonly string[] | undefined;
  let labelIds: Columns['labelIds'] | undefined;
  let files: readonly string[] | undefined;
  const index = indexOf(section, rows);
  let words: Columns['rowWords'] | undefined;
  let ranker: Ranker | undefined;
  let latestServers: Uint8Array | undefined;
  return {
    header,
    block,
    isOfThisLayout,
    body: section('body'),
    bodyOffsets: numbers(section('bodyOffsets'), rows + 1),
    names,
    nameOffsets,
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
    index,
    get latestServers() {
      latestServers ??= marked(this, this.view('server').latest);
      return latestServers;
    },
    get ranker() {
      ranker ??= new Ranker(index);
      return ranker;
    },
    get rowWords() {
      words ??= rowWords(index);
      return words;
    },
    // Only a served snapshot needs these; a build opens several snapshots.
    get labels() {
      labels ??= textsOf(section('labels'), numbers(labelOffsets, labelOffsets.length / 4));
      return labels;
    },
    get labelIds() {
      labelIds ??= Map.groupBy(this.labels.keys(), (id) => this.labels[id]?.toLowerCase() ?? '');
      return labelIds;
    },
    rowLabels: numbers(section('rowLabels'), rowLabelOffsets.at(-1) ?? 0),
    rowLabelOffsets,
    get files() {
      files ??= textsOf(section('files'), numbers(fileOffsets, fileOffsets.length / 4));
      return files;
    },
    rowFiles: numbers(section('rowFiles'), fileOffsets.length === 0 ? 0 : rows),
    view: (kind) => {
      const known = views.get(kind);
      if (known !== undefined) return known;
      const view = viewOf(flags, ranges[kind]);
      views.set(kind, view);
      return view;
    },
    serverRows: ranges.server[1],
  };
}

/** A number for each row: 1 for those at these positions. */
export function marked({ flags }: Pick<Columns, 'flags'>, positions: Iterable<number>): Uint8Array {
  const marks = new Uint8Array(flags.length);
  for (const position of positions) marks[position] = 1;
  return marks;
}

/** The header of a block, for which the first bytes suffice. Throws {@link SnapshotError}. */
export function readHeader(bytes: Buffer): SnapshotHeader {
  return headerAndStart(bytes).header;
}

function headerAndStart(bytes: Buffer): { header: SnapshotHeader; start: number; isOfThisLayout: boolean } {
  const magic = bytes.toString('latin1', 0, MAGIC.length);
  if (bytes.length < HEADER_START || !READ_MAGICS.includes(magic)) {
    throw new SnapshotError('not a snapshot of this version');
  }
  const end = HEADER_START + bytes.readUInt32LE(MAGIC.length);
  if (end > bytes.length) throw new SnapshotError('the snapshot is cut off in its header');
  try {
    const header = JSON.parse(bytes.toString('utf8', HEADER_START, end)) as SnapshotHeader;
    return { header, start: align(end), isOfThisLayout: magic === MAGIC };
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

/** The positions of a range with exclusive end. */
type Range = readonly [start: number, end: number];

/** Divides rows by kind: servers come first, the others by their keys. */
function rangesOf(keys: Pick<RowKeys, 'names' | 'nameOffsets'>, rows: number): Readonly<Record<EntryKind, Range>> {
  const startOf = (prefix: Buffer): number =>
    partitionPoint(rows, (row) => keys.names.compare(prefix, 0, prefix.length, keys.nameOffsets[row], keys.nameOffsets[row + 1]) < 0);
  const servers = startOf(Buffer.of(MARK_BYTE));
  const skills = startOf(Buffer.from(keyPrefix('skill')));
  return { server: [0, servers], plugin: [servers, skills], skill: [skills, rows] };
}

function indexOf(section: (name: SectionName) => Buffer, rows: number): WordIndex {
  const wordOffsets = section('wordOffsets');
  const postingOffsets = numbers(section('postingOffsets'), wordOffsets.length / 4);
  return {
    words: section('words'),
    wordOffsets: numbers(wordOffsets, wordOffsets.length / 4),
    postings: numbers(section('postings'), postingOffsets.at(-1) ?? 0),
    postingOffsets,
    wordCounts: sized(section('wordCounts'), rows),
    nameCounts: sized(section('nameCounts'), rows),
  };
}

/** In one loop, since it runs where requests are answered. */
function viewOf(flags: Uint8Array, [start, end]: Range): View {
  const all = new Uint32Array(end - start);
  const active = new Uint32Array(end - start);
  const latest = new Uint32Array(end - start);
  let [activeCount, latestCount] = [0, 0];
  for (let position = start; position < end; position += 1) {
    const flag = flags[position] ?? 0;
    all[position - start] = position;
    if ((flag & FLAG_DELETED) !== 0) continue;
    active[activeCount] = position;
    activeCount += 1;
    if ((flag & FLAG_LATEST) === 0) continue;
    latest[latestCount] = position;
    latestCount += 1;
  }
  return { all, active: active.slice(0, activeCount), latest: latest.slice(0, latestCount) };
}

function textsOf(texts: Buffer, offsets: Uint32Array): string[] {
  return Array.from({ length: offsets.length - 1 }, (_, index) => texts.toString('utf8', offsets[index], offsets[index + 1]));
}
