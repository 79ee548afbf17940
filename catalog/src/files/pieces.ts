/** A file in pieces. Undefined stands between two of them where the writer may be left waiting. */
export type Pieces = Generator<Buffer | undefined, void, undefined>;

const COMMA = Buffer.from(',');

/** What rows are written as, with commas between them. */
export function* listed(rows: readonly number[], textOf: (row: number) => Buffer): Pieces {
  for (const [index, row] of rows.entries()) {
    if (index > 0) yield COMMA;
    yield textOf(row);
  }
}
