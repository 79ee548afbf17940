/** What is remembered about a source between syncs. */
export interface SourceMemory {
  /** SHA-256 of the last good data, hexadecimal. */
  readonly hash: string;
  /** Size of the data, unpacked. Absent: stored by an earlier version. */
  readonly bytes?: number;
  /** RFC 3339. */
  readonly lastSuccessTime: string;
  /** The source that they were stored for, if it was renamed. */
  readonly storedFor?: string;
  /** The validator of these data. Absent: they have to be read to be recognized. */
  readonly validator?: string;
  /** The revision of these data, such as a commit. Absent: the source has none, or an earlier version stored them. */
  readonly revision?: string;
  /** SHA-256 of the mounted files that they came from, hexadecimal, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Names last good data: data that replace others are stored beside them, so that neither a crash nor a new name of the source can mix them up. */
export interface GoodData {
  /** The source that they were stored for. */
  readonly source: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

/** The last good data that a source remembers. */
export function goodDataOf(source: string, { storedFor, hash }: SourceMemory): GoodData {
  return { source: storedFor ?? source, hash };
}
