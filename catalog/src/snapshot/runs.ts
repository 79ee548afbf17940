import { WordCollector } from '../search/entry-words.ts';
import type { RowWords } from '../search/vocabulary.ts';
import { CONTENT_HASH_BYTES, FLAG_DELETED, FLAG_LATEST, FLAG_OFFICIAL } from './layout.ts';

/** One row as stored. */
export interface SnapshotRow {
  readonly name: string;
  readonly version: string;
  /** The final JSON for answering requests. */
  readonly item: string;
  /** The text that `search` looks at, on one line. */
  readonly searchText: string;
  /** The labels by which lists can be filtered. */
  readonly labels: readonly string[];
  /** Milliseconds since 1970, microseconds as the fraction; so is `updatedAt`. */
  readonly publishedAt: number;
  readonly updatedAt: number;
  /** 32 hexadecimal digits. */
  readonly contentHash: string;
  readonly latest: boolean;
  readonly deleted: boolean;
  /** The source itself provided the official metadata of the entry. */
  readonly hasOfficial: boolean;
  /** The file that contains it, if its source has several. */
  readonly file?: string;
}

/** Values of neighboring rows, one after the other. */
export interface TextRun {
  readonly bytes: Buffer;
  /** Where each value begins, and where the last one ends, relative to the first one. */
  readonly offsets: Uint32Array;
}

/**
 * The same in pieces that are copied once, into the block: together they may be as large as all of it. They are created during iteration: views for all pieces
 * would take a sixth of it.
 */
export interface PieceRun {
  readonly pieces: Iterable<Buffer>;
  /** As in {@link TextRun}, for the concatenated pieces. */
  readonly offsets: Uint32Array;
}

/** Labels of neighboring rows. */
export interface LabelRun {
  /** The labels that may occur; one list for many runs of the same block. */
  readonly dictionary: readonly string[];
  /** Indexes in the dictionary, contiguous for each row. */
  readonly ids: Uint32Array;
  /** Where the ids of each row begin, and where the last ones end, relative to the first ones. */
  readonly offsets: Uint32Array;
}

/** Files of neighboring rows. */
export interface FileRun {
  /** The files that may occur; one list for many runs of the same block. */
  readonly dictionary: readonly string[];
  /** For each row the 1-based index of its file in the dictionary; 0: none. */
  readonly ids: Uint32Array;
}

/** Consecutive rows as bytes: one that was just created, or a part of another block. */
export interface RowRun {
  readonly names: TextRun;
  readonly versions: TextRun;
  /** The items' JSON, each including the comma after it. */
  readonly items: PieceRun;
  /** The search texts, each including the line feed after it. */
  readonly searchTexts: PieceRun;
  readonly labels: LabelRun;
  /** The words of the rows, for one or more rows at a time. */
  readonly words: readonly RowWords[];
  readonly publishedAt: Float64Array;
  readonly updatedAt: Float64Array;
  readonly contentHashes: Uint8Array;
  /** Bits of {@link FLAG_LATEST}, {@link FLAG_DELETED} and {@link FLAG_OFFICIAL}. */
  readonly flags: Uint8Array;
  /** Index of each row's source in the header. */
  readonly sources: Uint8Array;
  /** The files of the rows. Absent: no file is known. */
  readonly files?: FileRun | undefined;
}

/**
 * One row as bytes, for the header's source with that index. Only the words that `search` looks at are known, which suffices for a deleted one; callers that
 * create several runs pass one collector. Throws an Error for a content hash of another length.
 */
export function rowRun(row: SnapshotRow, source = 0, words = new WordCollector()): RowRun {
  return {
    names: textRun(row.name),
    versions: textRun(row.version),
    items: piecesOf(textRun(`${row.item},`)),
    searchTexts: piecesOf(textRun(`${row.searchText}\n`)),
    labels: labelRunOf([row.labels]),
    words: [words.ofSearchText(row.searchText)],
    publishedAt: Float64Array.of(row.publishedAt),
    updatedAt: Float64Array.of(row.updatedAt),
    contentHashes: hashBytes(row.contentHash),
    flags: Uint8Array.of((row.latest ? FLAG_LATEST : 0) | (row.deleted ? FLAG_DELETED : 0) | (row.hasOfficial ? FLAG_OFFICIAL : 0)),
    sources: Uint8Array.of(source),
    files: fileRunOf([row.file]),
  };
}

/** Values as one run. */
export function textRunOf(values: readonly string[]): TextRun {
  const bytes = values.map((value) => Buffer.from(value));
  const { offsets } = pieceRunOf(
    bytes,
    (value) => value.length,
    (value) => [value],
  );
  return { bytes: Buffer.concat(bytes), offsets };
}

/** The values of rows as one run: their lengths, and their pieces, which are created when they are copied. */
export function pieceRunOf<T>(rows: readonly T[], lengthOf: (row: T) => number, valueOf: (row: T) => readonly Buffer[]): PieceRun {
  const offsets = new Uint32Array(rows.length + 1);
  for (const [index, row] of rows.entries()) offsets[index + 1] = (offsets[index] ?? 0) + lengthOf(row);
  return {
    pieces: {
      *[Symbol.iterator]() {
        for (const row of rows) yield* valueOf(row);
      },
    },
    offsets,
  };
}

/** Labels of rows as one run. */
export function labelRunOf(rows: readonly (readonly string[])[]): LabelRun {
  const known = new Map<string, number>();
  const ids: number[] = [];
  const offsets = new Uint32Array(rows.length + 1);
  for (const [index, labels] of rows.entries()) {
    for (const label of labels) {
      const id = known.get(label) ?? known.size;
      if (id === known.size) known.set(label, id);
      ids.push(id);
    }
    offsets[index + 1] = ids.length;
  }
  return { dictionary: [...known.keys()], ids: Uint32Array.from(ids), offsets };
}

/** Files of rows as one run; undefined if no row has one. */
export function fileRunOf(rows: readonly (string | undefined)[]): FileRun | undefined {
  const known = new Map<string, number>();
  const ids = Uint32Array.from(rows, (file) => {
    if (file === undefined) return 0;
    const id = known.get(file) ?? known.size + 1;
    known.set(file, id);
    return id;
  });
  return known.size === 0 ? undefined : { dictionary: [...known.keys()], ids };
}

export function textRun(text: string): TextRun {
  const bytes = Buffer.from(text);
  return { bytes, offsets: Uint32Array.of(0, bytes.length) };
}

function hashBytes(digits: string): Buffer {
  const bytes = Buffer.from(digits, 'hex');
  if (bytes.length === CONTENT_HASH_BYTES) return bytes;
  throw new Error(`content hash "${digits}" has not ${CONTENT_HASH_BYTES * 2} hexadecimal digits`);
}

/** A run of one piece. */
export function piecesOf({ bytes, offsets }: TextRun): PieceRun {
  return { pieces: [bytes], offsets };
}
