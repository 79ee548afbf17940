/** A place in a text, as editors count: the first line and the first column are 1; columns are UTF-16 code units; a byte order mark has none. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** A location in a source's data. */
export interface SourcePlace {
  /** The file, if the source has several. */
  readonly file?: string;
  /** Which of the file's YAML documents, from 0; empty ones do not count. Absent where the file is one document. */
  readonly document?: number;
  /** JSON pointer (RFC 6901) in the document, '' for the whole. */
  readonly pointer: string;
  /** For what could not be parsed: where the parser stopped, if it says so. */
  readonly position?: TextPosition;
}
