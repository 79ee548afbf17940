/** Where a text has what is in its documents. */
export interface Places {
  /**
   * The offset of what keys lead to in a document, as far as they lead: of a member that of its key, of the whole that of its beginning. Documents are
   * counted from 0, without empty ones.
   */
  offsetOf(keys: readonly string[], document: number): number;
  /** The offset of the first thing that cannot be parsed, where that is known. */
  readonly syntaxError?: number | undefined;
}
