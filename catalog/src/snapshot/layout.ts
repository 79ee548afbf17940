import type { CatalogInfo } from '../entry/entry.ts';
import type { FindingCounts } from '../entry/findings.ts';

/**
 * A snapshot is one block of bytes: the same on disk, between threads and in memory. Opening it costs no parsing of entries.
 *
 *     magic (8) · length of header (u32) · header (JSON) · sections, each starting at a multiple of 8
 *
 * Entries are sorted by the bytes of name, then version; what is no server has a name that comes behind those of servers (see rowKey). Every *Offsets section has one number more than there are entries.
 */
export const MAGIC = 'THVSNAP6';
/** Layouts that can be read. The previous one has no {@link FileSection}. */
export const READ_MAGICS: readonly string[] = ['THVSNAP5', MAGIC];
/** Where the header begins: after the magic and its length. */
export const HEADER_START = MAGIC.length + 4;

/** The sections in the order in which they are written. */
export const SECTIONS = [
  /** `{"server":…,"_meta":…}` of every server, and the document of every skill and plugin, with a comma after each. */
  'body',
  'bodyOffsets',
  /** Names and versions in UTF-8, without separators. */
  'names',
  'nameOffsets',
  'versions',
  'versionOffsets',
  /** The text that `search` looks at, in lower case, a line feed after each entry. */
  'search',
  'searchOffsets',
  /** The words of entries in the order of their bytes, a line feed before each and after the last one; where each begins, and where another one would. */
  'words',
  'wordOffsets',
  /** For each word the rows that have it, in order: the row times 256, plus the fields that contain it (search/fields.ts). */
  'postings',
  'postingOffsets',
  /** One byte each: how many distinct words a row has, at most 255. */
  'wordCounts',
  /** One byte each: how many words name (4 bits) and title (4 bits) have, at most 15. */
  'nameCounts',
  /** The labels that occur, without separators, and the indexes of each entry's labels. */
  'labels',
  'labelOffsets',
  'rowLabels',
  'rowLabelOffsets',
  /** Milliseconds since 1970, microseconds as the fraction, as 64-bit floats. */
  'publishedAt',
  'updatedAt',
  /** Bits of {@link FLAG_LATEST}, {@link FLAG_DELETED} and {@link FLAG_OFFICIAL}. */
  'flags',
  /** 16 bytes each: hash of the source's data for the entry, for detecting changes. */
  'contentHashes',
  /** One byte each: index of the entry's source in the header. */
  'sources',
  /** Paths of the files of entries, without separators; all three are empty if no source has several files. */
  'files',
  'fileOffsets',
  /** The 1-based index of each entry's file; 0: its source has only one file. */
  'rowFiles',
  /** JSON of findings, a comma after each; those about entries that are not served come first. */
  'findings',
  'findingOffsets',
  /** One byte each: index of the finding's source in the header. */
  'findingSources',
] as const;

/** The name of a section. */
export type SectionName = (typeof SECTIONS)[number];

/** Sections that blocks of the previous layout do not have. */
export type FileSection = 'files' | 'fileOffsets' | 'rowFiles';

/** The entry is the latest version of its name. */
export const FLAG_LATEST = 1;
/** The entry's status is `deleted`: a tombstone. */
export const FLAG_DELETED = 2;
/** The source itself provided the official metadata of the entry: its status, its times. */
export const FLAG_OFFICIAL = 4;
/** Value in the section `sources` for an entry that no source has any more. */
export const NO_SOURCE = 255;
/** Bytes of one content hash. */
export const CONTENT_HASH_BYTES = 16;

/** The record of one source in a snapshot. */
export interface SnapshotSource {
  readonly name: string;
  /** SHA-256 of the source's bytes, hexadecimal. */
  readonly hash: string;
  /** The source's revision of these bytes, such as a commit. Unchanged bytes keep the revision with which they first came. */
  readonly revision?: string;
  /** Whatever else its rows depend on, as named by the caller. */
  readonly rules: string;
  /** Number of servers (names) that are served from it. */
  readonly serverCount: number;
  readonly info: CatalogInfo;
  /** Findings about its entries, including those that are not kept in full. */
  readonly found: FindingCounts;
  /** Number of entries that filters left out. */
  readonly filtered: number;
}

/** The part of a snapshot that is read as JSON. */
export interface SnapshotHeader {
  readonly registry: { readonly name: string; readonly namespace: string };
  /** When it was created, RFC 3339. Not part of the hash. */
  readonly createdAt: string;
  /** SHA-256 over the sections, hexadecimal: equal hashes mean equal answers. */
  readonly hash: string;
  /** Rows: versions of servers, including tombstones, and of skills and plugins. */
  readonly entryCount: number;
  /** Number of names of servers with at least one version that is not deleted. */
  readonly serverCount: number;
  /** At most 255. */
  readonly sources: readonly SnapshotSource[];
  /** Findings that are kept in full, and how many of them are about entries that are not served. */
  readonly findings: { readonly count: number; readonly notServed: number };
  readonly sections: SectionPlaces;
}

/** Offset of each section from the first one. */
export type SectionPlaces = Readonly<Record<Exclude<SectionName, FileSection>, SectionPlace> & Partial<Record<FileSection, SectionPlace>>>;

interface SectionPlace {
  readonly offset: number;
  readonly length: number;
}

/** The next multiple of 8. */
export function align(offset: number): number {
  return (offset + 7) & ~7;
}
