/** Rows of a block, read back and copied. */
import { WordsOfRow, type RowWords } from '../search/vocabulary.ts';
import type { Columns } from './columns.ts';
import { CONTENT_HASH_BYTES, FLAG_DELETED, FLAG_LATEST, FLAG_OFFICIAL } from './layout.ts';
import { nameAt, versionAt } from './lookup.ts';
import { rowFactsAt } from './predecessor.ts';
import type { PieceRun, RowRun, SnapshotRow, TextRun } from './runs.ts';

/** What identifies a row, and its flags. */
export type RowIdentity = Pick<SnapshotRow, 'name' | 'version' | 'latest' | 'deleted' | 'hasOfficial'>;

/** A row's name, version and flags. */
export function keyOf(columns: Columns, row: number): RowIdentity {
  const flags = columns.flags[row] ?? 0;
  return {
    name: nameAt(columns, row),
    version: versionAt(columns, row),
    latest: (flags & FLAG_LATEST) !== 0,
    deleted: (flags & FLAG_DELETED) !== 0,
    hasOfficial: (flags & FLAG_OFFICIAL) !== 0,
  };
}

/** The labels of a row. */
export function labelsOf({ labels, rowLabels, rowLabelOffsets }: Columns, row: number): string[] {
  return Array.from(rowLabels.subarray(rowLabelOffsets[row], rowLabelOffsets[row + 1]), (id) => labels[id] ?? '');
}

/** The file that contains a row, if its source has several. */
export function fileOf(columns: Columns, row: number): string | undefined {
  const place = columns.rowFiles[row] ?? 0;
  return place === 0 ? undefined : columns.files[place - 1];
}

/** A row with its texts. */
export function storedRow(columns: Columns, row: number): SnapshotRow {
  const file = fileOf(columns, row);
  // Without the trailing comma and line feed.
  const text = (texts: Buffer, offsets: Uint32Array): string => texts.toString('utf8', offsets[row], (offsets[row + 1] ?? 0) - 1);
  return {
    ...keyOf(columns, row),
    ...rowFactsAt(columns, row),
    item: text(columns.body, columns.bodyOffsets),
    searchText: text(columns.search, columns.searchOffsets),
    labels: labelsOf(columns, row),
    ...(file === undefined ? {} : { file }),
  };
}

/** A range of rows as slices of the block's memory. */
export function runOf(columns: Columns, from: number, to: number): RowRun {
  return {
    names: textsOf(columns.names, columns.nameOffsets, from, to),
    versions: textsOf(columns.versions, columns.versionOffsets, from, to),
    items: piecesOf(columns.body, columns.bodyOffsets, from, to),
    searchTexts: piecesOf(columns.search, columns.searchOffsets, from, to),
    labels: { dictionary: columns.labels, ids: columns.rowLabels, offsets: columns.rowLabelOffsets.subarray(from, to + 1) },
    words: [wordsOf(columns, from, to)],
    publishedAt: columns.publishedAt.subarray(from, to),
    updatedAt: columns.updatedAt.subarray(from, to),
    contentHashes: columns.contentHashes.subarray(from * CONTENT_HASH_BYTES, to * CONTENT_HASH_BYTES),
    flags: columns.flags.subarray(from, to),
    sources: columns.sources.subarray(from, to),
    ...(columns.rowFiles.length === 0 ? {} : { files: { dictionary: columns.files, ids: columns.rowFiles.subarray(from, to) } }),
  };
}

/** The words of rows. */
export function wordsOf({ rowWords }: Columns, from: number, to: number): RowWords {
  const { offsets } = rowWords;
  // For a single row, of which a build has thousands, without separate memory.
  if (to === from + 1) return new WordsOfRow(rowWords.dictionary, rowWords.entries, offsets[from] ?? 0, offsets[to] ?? 0);
  return { ...rowWords, offsets: offsets.subarray(from, to + 1) };
}

/** Values of rows, as pieces of their memory. */
export function textsOf(texts: Buffer, offsets: Uint32Array, from: number, to: number): TextRun {
  return { bytes: texts.subarray(offsets[from], offsets[to]), offsets: offsets.subarray(from, to + 1) };
}

function piecesOf(texts: Buffer, offsets: Uint32Array, from: number, to: number): PieceRun {
  const { bytes, offsets: own } = textsOf(texts, offsets, from, to);
  return { pieces: [bytes], offsets: own };
}
